"""What goes out to Telegram, against a Bot API that checks it and goes wrong: text, buttons, pieces, taps and every failure."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import pytest

from bot.telegram import Client, TelegramSender, use_webhook
from bot.telegram.request import AiohttpRequest
from hotline.deliver import Failure, NotSent
from hotline.messages import Option, Outgoing
from tests.channels.fake_telegram import TOKEN, busy, refused
from tests.channels.fakes import DROPPED, NO_JSON, SLOW, TAKEN_THEN_DROPPED, FakeTelegram, Fault, down
from tests.channels.serving import TELEGRAM_SECRET, settings
from webhooks.update import Tap

CHAT = 6281234567
HELLO = Outgoing(text="Halo. Ada yang bisa dibantu?")
ANSWERS = (Option("b:ya", "Ya"), Option("b:tidak", "Tidak"), Option("b:tt", "Tidak tahu"))
DANGER = Outgoing(text="Apakah sedang dalam bahaya?", options=ANSWERS)


@pytest.fixture
def api() -> Iterator[FakeTelegram]:
    with FakeTelegram() as api:
        yield api


def sent(api: FakeTelegram, *messages: Outgoing, address: str = str(CHAT), token: str = TOKEN, base: str = "") -> list[str]:
    """Send these one after the other; gives their ids."""

    async def send_all() -> list[str]:
        sender = TelegramSender(Client(token, base or api.url))
        try:
            return [await sender.send(address, message, window_open=True) for message in messages]
        finally:
            await sender.close()

    return asyncio.run(send_all())


def failure(api: FakeTelegram, **where: str) -> NotSent:
    with pytest.raises(NotSent) as caught:
        sent(api, HELLO, **where)
    return caught.value


def tapped(api: FakeTelegram, *taps: Tap) -> None:
    async def nod() -> None:
        sender = TelegramSender(Client(TOKEN, api.url))
        for tap in taps:
            sender.tapped(tap)
        await sender.close()

    asyncio.run(nod())


def test_a_text_goes_out_plain_without_parse_mode_or_preview(api: FakeTelegram) -> None:
    text = "Baca *ini* _dulu_ <b>ya</b>: https://contoh.id 😊"
    ids = sent(api, Outgoing(text=text), HELLO)
    assert api.shown_to(CHAT) == [text, HELLO.text]
    assert ids == [str(m.id) for m in api.sent]
    assert api.sent[0].fields == {"chat_id": CHAT, "text": text, "link_preview_options": {"is_disabled": True}}


def test_choices_are_buttons_that_carry_their_token(api: FakeTelegram) -> None:
    sent(api, DANGER)
    assert api.sent[0].buttons == [[{"text": o.label, "callback_data": o.token} for o in DANGER.options]]


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["Ya", "Tidak"], [2]),
        (["Ya", "Tidak", "Tidak tahu", "Lewati"], [3, 1]),
        (["Anak sendiri", "Anak tetangga", "Murid"], [2, 1]),
        (["Saya sendiri yang mengalami", "Ya"], [1, 1]),
        (["Satu pilihan yang " + "amat " * 20 + "panjang"], [1]),
    ],
)
def test_long_labels_get_a_row_each_and_are_cut_by_us(api: FakeTelegram, labels: list[str], rows: list[int]) -> None:
    sent(api, Outgoing(text="Siapa?", options=tuple(Option(f"s:{i}", label) for i, label in enumerate(labels))))
    assert [len(row) for row in api.sent[0].buttons] == rows
    assert all(len(b["text"]) <= 64 for row in api.sent[0].buttons for b in row)


def test_a_token_too_long_for_a_button_becomes_a_numbered_line(api: FakeTelegram) -> None:
    sent(api, Outgoing(text="Kapan?", options=(Option("é" * 33, "Pagi"), Option("m", "Malam"))))
    assert api.shown_to(CHAT) == ["Kapan?\n\n1. Pagi\n2. Malam"]
    assert api.sent[0].buttons == []


def test_a_long_text_goes_in_pieces_with_the_buttons_under_the_last(api: FakeTelegram) -> None:
    long = Outgoing(text="Baris yang cukup panjang. 😀\n" * 400 + "Selesai.", options=DANGER.options)
    ids = sent(api, long)
    assert "\n".join(api.shown_to(CHAT)) == long.text
    assert [bool(m.buttons) for m in api.sent] == [False] * (len(api.sent) - 1) + [True]
    assert ids == [" ".join(str(m.id) for m in api.sent[-6:])]


FAULTS = [
    ("flood control", busy(17), Failure.BUSY, 17.0, "429"),
    ("429 without its seconds", refused(429, "Too Many Requests"), Failure.BUSY, 1.0, "429"),
    ("bad gateway", down(502), Failure.PROVIDER_DOWN, None, "502"),
    ("internal error in JSON", refused(500, "Internal Server Error"), Failure.PROVIDER_DOWN, None, "500"),
    ("deactivated", refused(403, "Forbidden: user is deactivated"), Failure.BLOCKED, None, "403"),
    ("never started the bot", refused(403, "Forbidden: bot can't initiate conversation with a user"), Failure.BLOCKED, None, "403"),
    (
        "a chat that moved",
        Fault(status=400, body={"ok": False, "description": "x", "parameters": {"migrate_to_chat_id": -1}}),
        Failure.NO_SUCH_CONTACT,
        None,
        "400",
    ),
    ("too long for Telegram", refused(400, "Bad Request: message is too long"), Failure.REFUSED, None, "400"),
    ("connection cut", DROPPED, Failure.UNREACHABLE, None, ""),
    ("no JSON", NO_JSON, Failure.UNKNOWN, None, ""),
    ("not ok without a reason", refused(418, ""), Failure.UNREACHABLE, None, ""),
]


@pytest.mark.parametrize(("label", "fault", "reason", "wait", "detail"), FAULTS, ids=[row[0] for row in FAULTS])
def test_a_failure_has_its_reason(
    api: FakeTelegram,
    label: str,
    fault: Fault,
    reason: Failure,
    wait: float | None,
    detail: str,
) -> None:
    api.play(fault)
    error = failure(api)
    assert (error.failure, error.retry_after, error.detail) == (reason, wait, detail)
    assert api.sent == []
    sent(api, HELLO)
    assert api.shown_to(CHAT) == [HELLO.text]


def test_people_who_are_gone_and_credentials_that_are_wrong(api: FakeTelegram) -> None:
    api.blocked.add(CHAT)
    assert failure(api).failure is Failure.BLOCKED
    api.unknown.add(5)
    assert failure(api, address="5").failure is Failure.NO_SUCH_CONTACT
    assert failure(api, address="whatsapp:+62").failure is Failure.NO_SUCH_CONTACT
    assert failure(api, token="123456:salah").failure is Failure.NOT_ALLOWED
    assert failure(api, base=api.url + "/salah").failure is Failure.NOT_ALLOWED
    assert failure(api, base="http://127.0.0.1:1").failure is Failure.UNREACHABLE


def test_an_answer_that_comes_too_late_is_unreachable(api: FakeTelegram) -> None:
    client = Client(TOKEN, api.url)
    client._request = (AiohttpRequest(), AiohttpRequest(read_seconds=0.1))
    api.play(SLOW)

    async def send() -> None:
        try:
            await TelegramSender(client).send(str(CHAT), HELLO, window_open=True)
        finally:
            await client.close_connections()

    with pytest.raises(NotSent) as caught:
        asyncio.run(send())
    assert caught.value.failure is Failure.UNREACHABLE


def test_a_cut_after_telegram_took_the_message_is_a_retry_so_nothing_is_lost(api: FakeTelegram) -> None:
    api.play(TAKEN_THEN_DROPPED)
    assert failure(api).failure.retry
    assert api.shown_to(CHAT) == [HELLO.text]


def test_an_echo_the_library_cannot_parse_is_no_reason_to_send_twice(api: FakeTelegram) -> None:
    api.play(Fault(status=200, body={"ok": True, "result": {"message_id": 9, "date": 1_795_305_600_000, "baru": [1]}}))
    assert sent(api, HELLO) == ["9"]


def test_a_tap_is_answered_and_its_question_shows_the_choice(api: FakeTelegram) -> None:
    sent(api, DANGER)
    question = api.sent[0]
    tapped(api, Tap("cb1", CHAT, question.id, question.text, "Tidak"))
    assert api.answered == ["cb1"]
    assert (question.text, question.buttons) == ("Apakah sedang dalam bahaya?\n\n☑ Tidak", [])


def test_a_question_without_text_or_label_only_loses_its_buttons(api: FakeTelegram) -> None:
    sent(api, DANGER, DANGER)
    first, second = api.sent
    too_long = Tap("cb2", CHAT, second.id, "x" * 4090, "Tidak tahu")
    tapped(api, Tap("cb1", CHAT, first.id, "", "Ya"), too_long, Tap("cb3", CHAT, None, "x", "Ya"))
    assert (first.text, first.buttons, second.text, second.buttons) == (DANGER.text, [], DANGER.text, [])
    assert sorted(api.answered) == ["cb1", "cb2", "cb3"]


def test_a_tap_answered_before_too_late_or_while_telegram_is_down_harms_nobody(api: FakeTelegram) -> None:
    sent(api, DANGER)
    tap = Tap("cb1", CHAT, api.sent[0].id, api.sent[0].text, "Ya")
    tapped(api, tap)
    tapped(api, tap)
    api.play(down(), DROPPED)
    tapped(api, tap)
    tapped(api, Tap("cb9", CHAT, 777, "x", "Ya"))
    assert sent(api, HELLO)


def test_the_webhook_is_set_with_our_secret_and_only_the_updates_we_read(api: FakeTelegram) -> None:
    async def set_it() -> None:
        client = Client(TOKEN, api.url)
        await use_webhook(client, settings(), "kendal")
        await client.close_connections()

    asyncio.run(set_it())
    assert api.webhook is not None
    assert api.webhook["url"] == "https://hotline.example.org/webhooks/telegram/kendal"
    assert api.webhook["secret_token"] == TELEGRAM_SECRET
    assert api.webhook["allowed_updates"] == ["message", "edited_message", "callback_query"]
    assert api.webhook["drop_pending_updates"] is False


def test_neither_token_nor_text_nor_address_is_logged_or_raised(api: FakeTelegram, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = Outgoing(text="rahasia-sekali")
    sent(api, secret)
    for fault in (row[1] for row in FAULTS):
        api.play(fault)
        with pytest.raises(NotSent) as caught:
            sent(api, secret)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
    for word in ("rahasia-sekali", TOKEN, str(CHAT)):
        assert word not in caplog.text
