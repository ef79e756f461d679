"""The whole program as a process of its own, with both fake providers beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.channels.fake_twilio import ACCOUNT
from tests.channels.fakes import FakeTelegram, FakeTwilio
from tests.channels.serving import PUBLIC_URL, TWILIO_TOKEN
from tests.support.program import Program


@contextmanager
def running(folder: Path, database_url: str, telegram: FakeTelegram, twilio: FakeTwilio, bot_token: str) -> Iterator[Program]:
    """Started, and stopped at the end."""
    environment = {
        "TEDUH_PUBLIC_URL": PUBLIC_URL,
        "TELEGRAM_BOT_TOKEN": bot_token,
        "TELEGRAM_API_BASE_URL": telegram.url,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TWILIO_TOKEN,
        "TWILIO_WHATSAPP_FROM": "whatsapp:+15550000000",
        "TWILIO_API_BASE_URL": twilio.url,
    }
    program = Program(folder, database_url, environment)
    twilio.hotline = program.url
    program.start()
    yield program
    program.stop()
