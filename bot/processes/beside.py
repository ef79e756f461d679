"""What a worker does beside sending: files are fetched and kept, and chats emptied where a messenger can."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from bot.processes import schedule
from bot.processes.later import Later
from bot.processes.parts import Parts
from hotline.media.keeper import Keeper
from hotline.media.scan import Clamd
from hotline.media.source import Source
from hotline.messages import SIMULATED_TELEGRAM, SIMULATED_WHATSAPP, TELEGRAM, WHATSAPP
from hotline.wipe import Wiper

if TYPE_CHECKING:
    from bot import telegram
    from hotline.settings import Settings


def work(
    parts: Parts, bot: telegram.Client | None, courtesy: telegram.TelegramSender | None
) -> list[Callable[[], Coroutine[Any, Any, None]]]:
    """The loops of the channels that are set up."""
    sources = _sources(parts, bot)
    parts.files += sources.values()
    loops: list[Callable[[], Coroutine[Any, Any, None]]] = []
    if sources:
        scanner = Clamd(parts.settings.clamd) if parts.settings.clamd else None
        loops.append(Keeper(sources, parts.writer, parts.seal, parts.desks, clock=parts.clock, scanner=scanner).run)
    if parts.settings.whatsapp:
        from bot.whatsapp.missed import MissedMessages

        missed = MissedMessages(parts.settings, parts.database, parts.receiver.accept, parts.clock)
        loops.append(lambda: schedule.lead(parts, "whatsapp-missed", missed.run))
    if courtesy is not None:
        loops.append(Wiper({TELEGRAM: courtesy}, parts.writer, parts.seal, clock=parts.clock).run)
    return loops


def _sources(parts: Parts, bot: telegram.Client | None) -> dict[str, Source]:
    settings, found = parts.settings, dict[str, Source]()
    if bot is not None:
        from bot.telegram.files import TelegramFiles

        found[TELEGRAM] = TelegramFiles(bot, settings.telegram_token, settings.telegram_api_base_url)
    if settings.whatsapp:
        found[WHATSAPP] = Later(lambda: _twilio_files(settings), keeps_copies=True)
    if settings.simulator:
        from bot.simulator.files import SimulatorFiles

        found |= dict.fromkeys((SIMULATED_TELEGRAM, SIMULATED_WHATSAPP), SimulatorFiles())
    return found


def _twilio_files(settings: Settings) -> Source:
    from bot.whatsapp.files import TwilioFiles

    return TwilioFiles(settings.twilio_account_sid, settings.twilio_auth_token, settings.twilio_api_base_url)
