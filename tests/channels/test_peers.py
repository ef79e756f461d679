"""Against programs nobody here wrote: a Bot API from npm, and Twilio's own OpenAPI behind Prism."""

from __future__ import annotations

import asyncio
import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from bot.telegram import Client, TelegramPoller, TelegramSender, use_webhook
from bot.whatsapp import TwilioSender
from hotline.deliver import Failure, NotSent
from hotline.messages import Option, Outgoing
from tests.channels.serving import PUBLIC_URL, TWILIO_TOKEN, Hotline, served, settings
from tests.peers.install import bot_api, twilio_api
from webhooks import telegram as door

TOKEN, CHAT = "123456:test", 77
DANGER = Outgoing(text="Apakah sedang dalam bahaya? 😟", options=(Option("b:ya", "Ya"), Option("b:tidak", "Tidak")))
BUTTONS = [{"text": o.label, "callback_data": o.token} for o in DANGER.options]


@pytest.fixture(scope="module")
def telegram_url() -> Iterator[str]:
    with bot_api() as url:
        yield url


@pytest.fixture(scope="module")
def twilio_url() -> Iterator[str]:
    with twilio_api() as url:
        yield url


class Person:
    """Somebody with a phone, at the peer's own doors for people."""

    def __init__(self, url: str, chat: int = CHAT) -> None:
        self.url, self.chat = url, chat
        name = {"id": chat, "first_name": "Siti"}
        self._who = {"from": name | {"is_bot": False}, "chat": name | {"type": "private"}}

    def _post(self, path: str, fields: dict[str, Any]) -> Any:
        request = urllib.request.Request(self.url + path, json.dumps(fields).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)["result"]

    def say(self, text: str) -> None:
        self._post("/sendMessage", {**self._who, "botToken": TOKEN, "date": 1_795_305_600, "text": text})

    def received(self) -> list[dict[str, Any]]:
        return list(self._post("/getUpdates", {"token": TOKEN, "chatId": self.chat}))

    def tap(self, seen: dict[str, Any], data: str) -> None:
        message = {
            **self._who,
            "message_id": seen["messageId"],
            "date": 1_795_305_600,
            "text": seen["message"]["text"],
            "reply_markup": seen["message"]["reply_markup"],
        }
        self._post("/sendCallback", {"botToken": TOKEN, "from": self._who["from"], "message": message, "data": data})

    def history(self) -> list[str]:
        seen = self._post("/getUpdatesHistory", {"token": TOKEN})
        return [str(u["message"]["text"]) for u in seen if "message" in u and str(u["message"].get("chat_id")) == str(self.chat)]


async def until(true: Any) -> None:
    async with asyncio.timeout(10):
        while not await asyncio.to_thread(true):
            await asyncio.sleep(0.02)


def test_a_conversation_with_buttons_by_polling(telegram_url: str) -> None:
    hotline, person = Hotline(), Person(telegram_url)

    async def converse() -> None:
        client = Client(TOKEN, telegram_url)
        sender = TelegramSender(client)
        polling = asyncio.create_task(TelegramPoller(client, "kendal", hotline.accept, sender.tapped, wait=2).run())
        await asyncio.to_thread(person.say, "/start")
        await until(lambda: hotline.taken)
        assert await sender.send(str(CHAT), DANGER, window_open=True)
        seen = (await asyncio.to_thread(person.received))[0]
        assert seen["message"]["reply_markup"] == {"inline_keyboard": [BUTTONS]}
        await asyncio.to_thread(person.tap, seen, "b:tidak")
        await until(lambda: person.history() == [DANGER.text + "\n\n☑ Tidak"])
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        await sender.close()

    asyncio.run(converse())
    said = [(i.sender, i.kind, i.text, i.choice) for i in hotline.taken]
    assert said == [("77", "text", "/start", ""), ("77", "choice", "Tidak", "b:tidak")]


def test_the_webhook_that_is_set_is_the_door_that_opens(telegram_url: str) -> None:
    hotline, person = Hotline(), Person(telegram_url, chat=78)
    with served(door.routes(accept=hotline.accept, settings=settings())) as house:

        async def set_and_say() -> None:
            client = Client(TOKEN, telegram_url)
            await use_webhook(client, settings(public_url=house.url), "kendal")
            await asyncio.to_thread(person.say, "Saya mau lapor")
            await until(lambda: hotline.taken)
            await client.delete_webhook()
            await client.close_connections()

        asyncio.run(set_and_say())
    assert [(i.sender, i.text) for i in hotline.taken] == [("78", "Saya mau lapor")]


def test_the_librarys_own_calls_work_over_our_transport(telegram_url: str) -> None:
    async def ask() -> bool:
        client = Client(TOKEN, telegram_url)
        me = await client.get_me()
        sent = await client.send_message(79, "halo")
        await client.close_connections()
        return me.is_bot and sent.text == "halo"

    assert asyncio.run(ask())


def twilio_sent(url: str, message: Outgoing, *, address: str = "whatsapp:+6281234567890", window_open: bool = True, **changed: str) -> str:
    async def send() -> str:
        given = {"status_callback": PUBLIC_URL + "/webhooks/whatsapp/kendal/status", "template": "HX" + "1" * 32} | changed
        sender = TwilioSender("AC" + "0" * 32, TWILIO_TOKEN, "whatsapp:+15550000000", base_url=url, **given)
        try:
            return await sender.send(address, message, window_open=window_open)
        finally:
            await sender.close()

    return asyncio.run(send())


@pytest.mark.parametrize("window_open", [True, False])
def test_twilios_openapi_allows_what_we_send(twilio_url: str, window_open: bool) -> None:
    assert re.fullmatch(r"(SM|MM)[0-9a-f]{32}", twilio_sent(twilio_url, DANGER, window_open=window_open), re.I)


@pytest.mark.parametrize("wrong", [{"template": "HX1"}, {"status_callback": "bukan alamat"}], ids=["ContentSid", "StatusCallback"])
def test_twilios_openapi_refuses_what_is_malformed_and_it_is_not_tried_again(twilio_url: str, wrong: dict[str, str]) -> None:
    with pytest.raises(NotSent) as caught:
        twilio_sent(twilio_url, DANGER, window_open=False, **wrong)
    assert caught.value.failure is Failure.REFUSED and not caught.value.failure.retry
