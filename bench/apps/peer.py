"""The peer: an aiogram 3 bot of five questions, its state in Redis, its 200 after the handler.

With the append-only file synced on every write this is the most durable arrangement aiogram offers.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable

import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

_QUESTIONS = ("nama", "tempat", "apa", "kapan", "kontak")


class Report(StatesGroup):
    """Where a person stands."""

    nama = State()
    tempat = State()
    apa = State()
    kapan = State()
    kontak = State()


_STATES = (Report.nama, Report.tempat, Report.apa, Report.kapan, Report.kontak)


def question(number: int) -> Callable[[Message, FSMContext], Awaitable[None]]:
    """The handler of an answer to one question: keep it, ask the next."""

    async def handle(message: Message, state: FSMContext) -> None:
        await state.update_data({_QUESTIONS[number]: message.text})
        last = number + 1 == len(_QUESTIONS)
        await state.set_state(None if last else _STATES[number + 1])
        following = "Terima kasih, laporan sudah kami terima." if last else f"{number + 2}. Mohon jawab: {_QUESTIONS[number + 1]}?"
        await message.answer(following)

    return handle


async def begin(message: Message, state: FSMContext) -> None:
    """Whatever is said outside a story begins one."""
    await state.set_state(_STATES[0])
    await message.answer(f"1. Mohon jawab: {_QUESTIONS[0]}?")


def main() -> None:
    """Serve the webhook until ended."""
    uvloop.install()
    dispatcher = Dispatcher(storage=RedisStorage.from_url(os.environ["BENCH_REDIS"]))
    for i, state in enumerate(_STATES):
        dispatcher.message.register(question(i), state)
    dispatcher.message.register(begin)
    api = TelegramAPIServer.from_base(os.environ["BENCH_API"])
    bot = Bot(os.environ["BENCH_TELEGRAM_TOKEN"], session=AiohttpSession(api=api))
    app = web.Application()
    handler = SimpleRequestHandler(dispatcher, bot, secret_token=os.environ["BENCH_TELEGRAM_SECRET"], handle_in_background=False)
    handler.register(app, path=os.environ["BENCH_PATH"])
    setup_application(app, dispatcher, bot=bot)
    web.run_app(app, host="127.0.0.1", port=int(os.environ["BENCH_PORT"]), access_log=None, print=None)


if __name__ == "__main__":
    main()
