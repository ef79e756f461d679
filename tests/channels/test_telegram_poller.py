"""Polling Telegram: nothing is confirmed before it is durable, each chat in order, and no trouble ends it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator

import pytest

from bot.telegram import Client, TelegramPoller
from hotline.messages import Incoming
from hotline.store.database import DatabaseUnavailable
from tests.channels import telegram_calls
from tests.channels.fake_telegram import TOKEN, busy
from tests.channels.fakes import DROPPED, NO_JSON, FakeTelegram, Fault, down
from tests.channels.serving import Hotline
from webhooks.update import Tap


@pytest.fixture
def api() -> Iterator[FakeTelegram]:
    with FakeTelegram() as api:
        yield api


Accept = Callable[[Incoming], Awaitable[bool]]


def polled(api: FakeTelegram, accept: Accept, enough: Callable[[], object], taps: list[Tap] | None = None, wait: int = 1) -> None:
    """Poll until it is enough; fails the test after ten seconds."""

    async def poll() -> None:
        client = Client(TOKEN, api.url)
        noted = taps if taps is not None else []
        poller = TelegramPoller(client, "kendal", accept, noted.append, wait=wait, first_pause=0.01)
        task = asyncio.create_task(poller.run())
        async with asyncio.timeout(10):
            while not enough() and not task.done():
                await asyncio.sleep(0.01)
        task.cancel()
        outcome = await asyncio.gather(task, return_exceptions=True)
        await client.close_connections()
        assert isinstance(outcome[0], asyncio.CancelledError), outcome

    asyncio.run(poll())


def test_what_people_say_arrives_once_in_order_and_is_confirmed(api: FakeTelegram) -> None:
    hotline, taps = Hotline(), list[Tap]()
    said = [(chat, f"{n}") for n in range(30) for chat in (1, 2, 3)]
    for chat, text in said:
        api.say(chat, text)
    polled(api, hotline.accept, lambda: not api.pending, taps)
    for sender in ("1", "2", "3"):
        assert [i.text for i in hotline.taken if i.sender == sender] == [str(n) for n in range(30)]
    assert hotline.calls == len(said)


def test_chats_do_not_wait_for_each_other(api: FakeTelegram) -> None:
    hotline, waiting = Hotline(), list[str]()

    async def accept(incoming: Incoming) -> bool:
        waiting.append(incoming.sender)
        while len(set(waiting)) < 5:
            await asyncio.sleep(0.005)
        return await hotline.accept(incoming)

    for chat in range(5):
        api.say(chat, "halo")
        api.say(chat, "lagi")
    polled(api, accept, lambda: len(hotline.taken) == 10)


def test_nothing_is_confirmed_while_the_database_is_away(api: FakeTelegram) -> None:
    hotline = Hotline(away=DatabaseUnavailable())
    api.say(1, "tolong")
    api.say(2, "tolong juga")
    polled(api, hotline.accept, lambda: hotline.calls > 6)
    assert len(api.pending) == 2
    hotline.away = None
    polled(api, hotline.accept, lambda: not api.pending)
    assert sorted(i.text for i in hotline.taken) == ["tolong", "tolong juga"]


def test_a_process_that_dies_before_confirming_is_told_again_and_the_hotline_knows_it(api: FakeTelegram) -> None:
    hotline = Hotline()

    async def accept_and_hang(incoming: Incoming) -> bool:
        await hotline.accept(incoming)
        await asyncio.sleep(60)
        return True

    api.say(1, "tolong")
    polled(api, accept_and_hang, lambda: hotline.taken)
    assert len(api.pending) == 1
    polled(api, hotline.accept, lambda: not api.pending)
    assert (hotline.calls, [i.text for i in hotline.taken]) == (2, ["tolong"])


def test_an_update_that_always_fails_does_not_silence_the_others(api: FakeTelegram, caplog: pytest.LogCaptureFixture) -> None:
    hotline = Hotline()

    async def accept(incoming: Incoming) -> bool:
        if incoming.text == "racun-rahasia":
            raise RuntimeError(incoming.text)
        return await hotline.accept(incoming)

    api.say(1, "racun-rahasia")
    api.say(1, "sesudahnya")
    api.say(2, "orang lain")
    polled(api, accept, lambda: not api.pending)
    assert sorted(i.text for i in hotline.taken) == ["orang lain", "sesudahnya"]
    assert "racun-rahasia" not in caplog.text and "RuntimeError" in caplog.text


def test_telegram_numbering_anew_after_a_quiet_week_loses_nothing(api: FakeTelegram) -> None:
    hotline = Hotline()
    api.say(1, "sebelum")
    asked_when_quiet = list[int]()

    def quiet_then_renumbered() -> bool:
        if len(hotline.taken) == 1 and not api.pending:
            asked_when_quiet.append(api.asked)
            if api.asked >= asked_when_quiet[0] + 3:
                api.pending.append(telegram_calls.message(3, text="sesudah"))
        return len(hotline.taken) == 2

    polled(api, hotline.accept, quiet_then_renumbered, wait=0)
    assert [i.message_id for i in hotline.taken] == ["kendal/1001", "kendal/3"]


@pytest.mark.parametrize("fault", [down(), DROPPED, NO_JSON, busy(0)], ids=["down", "cut", "no JSON", "busy"])
def test_a_provider_that_fails_is_asked_again(api: FakeTelegram, fault: Fault) -> None:
    hotline = Hotline()
    api.say(1, "tolong")
    api.always(fault)
    polled(api, hotline.accept, lambda: api.asked >= 3)
    assert hotline.taken == []
    api.always(None)
    polled(api, hotline.accept, lambda: not api.pending)
    assert [i.text for i in hotline.taken] == ["tolong"]


def test_a_webhook_left_from_before_is_taken_away(api: FakeTelegram) -> None:
    hotline = Hotline()
    api.say(1, "tolong")
    api.webhook = {"url": "https://lama.example"}
    polled(api, hotline.accept, lambda: not api.pending)
    assert api.webhook is None and len(hotline.taken) == 1


def test_a_tap_is_told_after_it_is_durable(api: FakeTelegram) -> None:
    hotline, taps = Hotline(), list[Tap]()
    api.say(1, "mulai")
    keyboard = {"inline_keyboard": [[{"text": "Ya", "callback_data": "b:ya"}]]}
    asyncio.run(_send(api, {"chat_id": 1, "text": "Bahaya?", "reply_markup": keyboard}))
    api.tap(1, "Ya")
    polled(api, hotline.accept, lambda: not api.pending, taps)
    assert [(i.text, i.choice) for i in hotline.taken] == [("mulai", ""), ("Ya", "b:ya")]
    assert [(t.chat_id, t.text, t.label) for t in taps] == [(1, "Bahaya?", "Ya")]


async def _send(api: FakeTelegram, fields: dict[str, object]) -> None:
    client = Client(TOKEN, api.url)
    await client.call("sendMessage", **fields)
    await client.close_connections()


def test_neither_token_nor_words_are_logged(api: FakeTelegram, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    hotline = Hotline()
    api.say(6281234567, "rahasia-sekali")
    api.play(down(), DROPPED, busy(0))
    polled(api, hotline.accept, lambda: not api.pending)
    for word in ("rahasia-sekali", TOKEN, "6281234567"):
        assert word not in caplog.text
