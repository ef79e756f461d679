"""Telegram's calls at its door: updates as a table, the secret, taps, and everything that must be refused or ignored."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.routing import BaseRoute

from hotline.messages import Incoming, Media
from hotline.store.database import DatabaseUnavailable
from tests.channels import telegram_calls as telegram
from tests.channels.serving import Hotline, House, Reply, served, settings
from tests.channels.telegram_calls import CHAT, PATH
from tests.channels.telegram_payloads import SAID, UNSAID
from tests.support.clock import Clock
from webhooks import telegram as door
from webhooks.counts import Counts
from webhooks.update import Tap
from webhooks.wire import BODY_LIMIT

EXPECTED = Incoming(
    region="kendal",
    channel="telegram",
    sender="6281234567",
    message_id="kendal/100",
    received_at=Clock()(),
    text="Saya mau lapor",
    chat_message="7",
)


def _routes(hotline: Hotline, taps: list[Tap] | None = None, counts: Counts | None = None, **changed: object) -> list[BaseRoute]:
    noted = taps if taps is not None else []
    return door.routes(accept=hotline.accept, settings=settings(**changed), tapped=noted.append, counts=counts, clock=Clock())


@pytest.fixture(scope="module")
def open_house() -> Iterator[tuple[House, Hotline, list[Tap]]]:
    hotline, taps = Hotline(), list[Tap]()
    with served(_routes(hotline, taps)) as house:
        yield house, hotline, taps


@pytest.fixture
def house(open_house: tuple[House, Hotline, list[Tap]]) -> House:
    return open_house[0]


@pytest.fixture
def hotline(open_house: tuple[House, Hotline, list[Tap]]) -> Hotline:
    open_house[1].forget()
    return open_house[1]


@pytest.fixture
def taps(open_house: tuple[House, Hotline, list[Tap]]) -> list[Tap]:
    open_house[2].clear()
    return open_house[2]


def call(house: House, update: Any, path: str = PATH) -> Reply:
    return house.send(path, telegram.body(update), telegram.headers())


@pytest.mark.parametrize(("label", "update", "expected"), SAID, ids=[row[0] for row in SAID])
def test_an_update_becomes_a_message(
    house: House,
    hotline: Hotline,
    label: str,
    update: dict[str, Any],
    expected: dict[str, Any],
) -> None:
    assert call(house, update).status == 200
    number = {"chat_message": ""} if "tapped_message" in expected else {}
    assert hotline.taken == [replace(EXPECTED, **number | expected)]


@pytest.mark.parametrize(("label", "update", "expected"), UNSAID, ids=[row[0] for row in UNSAID])
def test_what_nobody_said_to_us_is_ignored(house: House, hotline: Hotline, label: str, update: dict[str, Any], expected: None) -> None:
    assert call(house, update).status == 200
    assert hotline.calls == 0


def test_an_edit_and_another_region_are_messages_of_their_own(house: House, hotline: Hotline) -> None:
    call(house, telegram.message(100))
    call(house, telegram.message(101, kind="edited_message", text="Saya mau lapor!"))
    call(house, telegram.message(100), "/webhooks/telegram/luwu-timur")
    assert [i.message_id for i in hotline.taken] == ["kendal/100", "kendal/101", "luwu-timur/100"]


def test_a_tap_is_told_once_it_is_durable(house: House, hotline: Hotline, taps: list[Tap]) -> None:
    hotline.away = DatabaseUnavailable()
    assert call(house, telegram.tap()).status == 503
    assert taps == []
    hotline.away = None
    assert [call(house, telegram.tap()).status for _ in range(3)] == [200] * 3
    assert len(hotline.taken) == 1
    assert taps[0] == Tap("4382bfdwdsb323b2d9", CHAT["id"], 42, "Apakah sedang dalam bahaya?", "Ya")  # type: ignore[arg-type]


def test_a_redelivery_is_answered_like_the_first(hotline: Hotline) -> None:
    counts = Counts()
    with served(_routes(hotline, counts=counts)) as house:
        assert [call(house, telegram.message()).status for _ in range(3)] == [200] * 3
        call(house, {"update_id": 5})
    assert len(hotline.taken) == 1
    assert [counts["telegram", o] for o in ("taken", "again", "ignored")] == [1, 2, 1]


@pytest.mark.parametrize("secret", ["", "salah", "é", "rahasia-telegram_0"])
def test_a_wrong_secret_is_refused_and_nothing_is_handed_on(house: House, hotline: Hotline, secret: str) -> None:
    assert house.send(PATH, telegram.body(telegram.message()), telegram.headers(secret)).status == 403
    assert house.send(PATH, telegram.body(telegram.message())).status == 403
    assert hotline.calls == 0


MALFORMED = {
    "no JSON": b"<update/>",
    "empty": b"",
    "cut short": b'{"update_id": 1, "message": {',
    "a list": b"[]",
    "a word": b'"halo"',
    "null": b"null",
    "no number": b'{"message": {}}',
    "a number as text": b'{"update_id": "1"}',
    "true as number": b'{"update_id": true}',
    "not UTF-8": b'{"update_id": 1, "x": "\xff"}',
    "nested without end": b"[" * 100_000,
    "a number without end": b'{"update_id": ' + b"9" * 9999 + b"}",
}


@pytest.mark.parametrize("label", MALFORMED)
def test_a_body_that_is_no_update_is_malformed(house: House, hotline: Hotline, label: str) -> None:
    assert house.send(PATH, MALFORMED[label], telegram.headers()).status == 400
    assert hotline.calls == 0


WRONG_SHAPES = [
    {"update_id": 1, "message": "halo"},
    {"update_id": 1, "callback_query": [1]},
    {"update_id": 1, "edited_message": 3},
    {"update_id": 1, "message": {"chat": "x", "text": "halo"}},
    {"update_id": 1, "message": {"chat": {"type": "private"}, "text": "halo"}},
    {"update_id": 1, "message": {"chat": {"id": "satu", "type": "private"}, "text": "halo"}},
    {"update_id": 1, "message": {"chat": CHAT, "text": {"a": 1}}},
    {"update_id": 1, "message": {"chat": CHAT, "photo": [{}]}},
    {"update_id": 1, "message": {"chat": CHAT, "photo": [{"file_id": 7}]}},
    {"update_id": 1, "message": {"chat": CHAT, "voice": {"file_id": "a", "mime_type": ["x"]}}},
    {"update_id": 1, "message": {"chat": CHAT, "location": {"latitude": 10**400, "longitude": 1}}},
    {"update_id": 1, "callback_query": {"id": "1", "message": {"chat": CHAT, "message_id": 1}, "data": 5}},
]


@pytest.mark.parametrize("number", range(len(WRONG_SHAPES)))
def test_an_update_of_another_shape_is_ignored_not_repeated_for_a_day(house: House, hotline: Hotline, number: int) -> None:
    assert call(house, WRONG_SHAPES[number]).status == 200
    assert hotline.calls == 0


def test_numbers_that_no_row_can_hold_are_not_known(house: House, hotline: Hotline) -> None:
    photo = {"file_id": "a\ud83d", "file_size": 1 << 70}
    assert call(house, {"update_id": 1, "message": {"chat": CHAT, "message_id": "1\x00", "photo": [photo]}}).status == 200
    assert hotline.taken[0].media == (Media(reference="a\ufffd", content_type="image/jpeg", size=None),)
    assert hotline.taken[0].chat_message == ""


def test_half_a_surrogate_pair_is_replaced_so_that_it_can_be_kept(house: House, hotline: Hotline) -> None:
    assert house.send(PATH, telegram.body(telegram.message(text="aduh \ud83d tolong")), telegram.headers()).status == 200
    assert hotline.taken[0].text == "aduh \ufffd tolong"


def test_a_body_over_the_limit_is_refused_announced_or_not(house: House, hotline: Hotline) -> None:
    assert house.send(PATH, b" " * (BODY_LIMIT + 1), telegram.headers()).status == 413
    chunk = b" " * 65_536
    assert house.send(PATH, (chunk for _ in range(BODY_LIMIT // len(chunk) + 1)), telegram.headers()).status == 413
    assert hotline.calls == 0


def test_a_call_without_a_route_of_its_own(house: House, hotline: Hotline) -> None:
    assert call(house, telegram.message(), "/webhooks/telegram/tidak-ada").status == 404
    assert house.send(PATH, method="GET").status == 405
    assert hotline.calls == 0


def test_without_a_secret_the_route_does_not_exist(hotline: Hotline) -> None:
    assert _routes(hotline, telegram_webhook_secret="") == []


def test_nothing_of_a_call_is_logged(house: House, hotline: Hotline, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    call(house, telegram.message(text="rahasia-sekali"))
    house.send(PATH, telegram.body(telegram.message(text="rahasia-sekali")), telegram.headers("salah"))
    house.send(PATH, b'{"update_id": 1, "message": "rahasia-sekali"', telegram.headers())
    assert hotline.calls == 1
    for word in ("rahasia-sekali", "6281234567", "Siti", "rahasia-telegram"):
        assert word not in caplog.text
