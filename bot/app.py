"""The processes: what each of web, worker and scheduler starts, and how all of it stops."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog

from bot.lean import give_back, take_large_pages
from bot.processes import beside, schedule
from bot.processes.parts import Parts, build
from bot.processes.watch import watching
from hotline.messages import SIMULATED_TELEGRAM, SIMULATED_WHATSAPP, TELEGRAM, WEB_PUSH, WHATSAPP
from hotline.push import PushKey
from hotline.settings import Settings
from hotline.store.carry import carrying
from hotline.store.database import Database
from hotline.store.operators import add_operator, any_operator
from hotline.times import now

if TYPE_CHECKING:
    from bot import telegram

# The providers' libraries are imported by the processes that use them: they take more memory than the rest of a process.
_log = structlog.get_logger(__name__)
# A batch of turns makes thousands of short-lived values and few circles: looking after every 700 of them is work for nothing.
_GC_THRESHOLDS = (20_000, 20, 20)
_WEBHOOK_RETRY_SECONDS, _BEGIN_ANEW_SECONDS = 60.0, 1.0
Work = Callable[[], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class FirstOperator:
    """The operator made for a first start, with a password that works once."""

    name: str
    password: str


Listens = Callable[[Database], None]
"""Called when connections are taken, before the first is answered."""


def first_operator(database: Database, region: str) -> FirstOperator | None:
    """Make one, if nobody could sign in yet."""
    with database.write() as conn:
        if any_operator(conn):
            return None
        name, role = "operator", "SUPERVISOR"
        return FirstOperator(name, add_operator(conn, region=region, name=name, display_name="Operator Pertama", role=role, now=now()))


async def serve(settings: Settings, *, web: bool, worker: bool, scheduler: bool, listens: Listens = lambda _: None) -> None:
    """Run these parts in this process until a stop signal. One call may run all of them; any number of processes may run some."""
    parts = build(settings)
    bot, courtesy = _telegram(settings)
    work = _work(parts, bot, courtesy) if worker else []
    if scheduler:
        work.append(lambda: schedule.lead(parts, "scheduler", lambda: schedule.scheduler(parts)))
    stand_in = None if worker else lambda: _send_in_their_stead(parts, courtesy)
    work.append(lambda: watching(parts, stand_in if web else None))
    if parts.database.dialect == "sqlite":
        work.append(lambda: carrying(parts.database))
    work += _waking(parts, worker=worker)
    tasks = [asyncio.create_task(_again_and_again(w)) for w in work]
    listening = _listening(parts, courtesy, listens) if web else _until_signal()
    gc.collect()
    gc.freeze()  # What is loaded now lives as long as the process: later collections need not look at it.
    gc.set_threshold(*_GC_THRESHOLDS)
    give_back()
    take_large_pages()
    try:
        await listening
    finally:
        await _stop(parts, tasks)
        if bot is not None:
            await bot.close_connections()


def _telegram(settings: Settings) -> tuple[telegram.Client | None, telegram.TelegramSender | None]:
    if not settings.telegram:
        return None, None
    from bot import telegram

    client = telegram.Client(settings.telegram_token, settings.telegram_api_base_url)
    return client, telegram.TelegramSender(client)


def _listening(parts: Parts, courtesy: telegram.TelegramSender | None, listens: Listens) -> Coroutine[Any, Any, None]:
    from bot.web.application import application
    from bot.web.server import serve_http

    return serve_http(parts, application(parts, courtesy.tapped if courtesy is not None else None), lambda: listens(parts.database))


def _waking(parts: Parts, *, worker: bool) -> list[Work]:
    """A worker hears from the others that something was queued; whoever sends nothing tells it, and hears who else does."""
    others = parts.others
    if others is None:
        return []
    return [lambda: others.hearing(parts.look)] if worker else [lambda: parts.tell_others(others)]


async def _again_and_again(work: Work) -> None:
    """A part that fails for a reason nobody foresaw begins anew: what it must do lives in rows, so nothing is lost."""
    while True:
        try:
            await work()
        except Exception as error:
            _log.error("a part failed and begins anew", error=type(error).__name__, part=getattr(work, "__qualname__", ""))
            await asyncio.sleep(_BEGIN_ANEW_SECONDS)


def _work(parts: Parts, bot: telegram.Client | None, courtesy: telegram.TelegramSender | None) -> list[Work]:
    settings, region = parts.settings, parts.settings.regions[0]
    work: list[Work] = [lambda: schedule.beat(parts, "worker")]
    if bot is not None and courtesy is not None:
        from bot import telegram

        poller = telegram.TelegramPoller(bot, region, parts.receiver.accept, courtesy.tapped, clock=parts.clock)
        listen = (lambda: _keep_webhook(bot, settings, region)) if settings.telegram_webhook_secret else poller.run
        work.append(lambda: schedule.lead(parts, "telegram", listen))
    _ways_out(parts, courtesy)
    return work + [deliverer.run for deliverer in parts.deliverers] + beside.work(parts, bot, courtesy)


def _ways_out(parts: Parts, courtesy: telegram.TelegramSender | None) -> None:
    """Every channel that is set up can be sent on from this process."""
    settings = parts.settings
    if courtesy is not None:
        parts.deliver(TELEGRAM, courtesy)
    if settings.whatsapp:
        from bot import whatsapp

        parts.deliver(WHATSAPP, whatsapp.TwilioSender.of(settings, settings.regions[0]))
    if settings.push_key:
        from bot.web_push import WebPushSender

        parts.deliver(WEB_PUSH, WebPushSender(PushKey(settings.push_key), settings.public_url, clock=parts.clock))
    if settings.simulator:
        from bot.simulator import SimulatorSender

        for channel in (SIMULATED_TELEGRAM, SIMULATED_WHATSAPP):
            parts.deliver(channel, SimulatorSender())


async def _send_in_their_stead(parts: Parts, courtesy: telegram.TelegramSender | None) -> None:
    """What a worker sends, sent by this process; until cancelled."""
    if not parts.deliverers:
        _ways_out(parts, courtesy)
    await asyncio.gather(*(_again_and_again(deliverer.run) for deliverer in parts.deliverers))


async def _keep_webhook(bot: telegram.Client, settings: Settings, region: str) -> None:
    """Tell Telegram where we are; until it has understood, once a minute."""
    from telegram.error import TelegramError

    from bot import telegram

    while True:
        try:
            await telegram.use_webhook(bot, settings, region)
            await asyncio.Event().wait()
        except TelegramError as error:
            _log.warning("webhook not set, will be tried again", error=type(error).__name__)
            await asyncio.sleep(_WEBHOOK_RETRY_SECONDS)


async def _until_signal() -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(name, stop.set)
    await stop.wait()


async def _stop(parts: Parts, tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await parts.close()
