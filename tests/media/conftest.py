"""A house whose files come from pretended providers over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select

from bot.telegram import Client
from bot.telegram.files import TelegramFiles
from bot.whatsapp.files import TwilioFiles
from hotline.media.keeper import Keeper
from hotline.media.scan import Clamd
from hotline.media.source import Source
from hotline.messages import TELEGRAM, WHATSAPP, Kind, Media
from hotline.seal import Seal
from hotline.store import attachments, pieces
from hotline.store.database import Database
from hotline.store.tables.media import Attachment
from hotline.writer import Writer
from tests.channels.fake_telegram import TOKEN, FakeTelegram
from tests.channels.fake_twilio import ACCOUNT, FakeTwilio
from tests.channels.serving import TWILIO_TOKEN
from tests.support.clock import Clock
from tests.support.house import House, desk

_file = Attachment.__table__  # type: ignore[attr-defined]
CHAT, PHONE = "77", "whatsapp:+6281234567890"
SECONDS = {"sock_connect": 1.0, "sock_read": 0.4, "total": 5.0}


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as fake:
        yield fake


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as fake:
        yield fake


@dataclass
class FileHouse:
    """A house, and the worker that keeps its files."""

    house: House
    telegram: FakeTelegram
    twilio: FakeTwilio
    scanner: str = ""
    sources: dict[str, Source] = field(default_factory=dict)
    """In place of the providers'."""

    def send(self, *files: bytes, caption: str = "", channel: str = WHATSAPP, content_type: str = "image/jpeg") -> list[str]:
        """A person sends files; gives their references."""
        if channel == TELEGRAM:
            self.telegram.files |= {f"f{i}": data for i, data in enumerate(files)}
            references = [f"f{i}" for i in range(len(files))]
        else:
            references = [self.twilio.keep_media(data) for data in files]
        self.refer(*references, caption=caption, channel=channel, content_type=content_type)
        return references

    def refer(self, *references: str, caption: str = "", channel: str = WHATSAPP, content_type: str = "image/jpeg") -> None:
        """A message that names these files, wherever they are."""
        base = self.house.incoming(CHAT if channel == TELEGRAM else PHONE, caption, channel=channel)
        media = tuple(Media(reference=r, content_type=content_type) for r in references)
        self.house.take(type(base)(**{f: getattr(base, f) for f in base.__dataclass_fields__} | {"kind": Kind.MEDIA, "media": media}))

    def work(self, times: int = 1) -> None:
        """Let the worker look so many times."""

        async def looks() -> None:
            client = Client(TOKEN, self.telegram.url)
            sources: dict[str, Source] = {
                TELEGRAM: TelegramFiles(client, TOKEN, self.telegram.url, **SECONDS),
                WHATSAPP: TwilioFiles(ACCOUNT, TWILIO_TOKEN, self.twilio.url, **SECONDS),
            } | self.sources
            house = self.house
            writer = Writer(house.database, house.reception, inline=house.database.dialect == "sqlite")
            scanner = Clamd(self.scanner, seconds=2.0) if self.scanner else None
            keeper = Keeper(sources, writer, house.seal, house.desks, clock=house.clock, scanner=scanner)
            for _ in range(times):
                await keeper.once()
            for source in sources.values():
                await source.close()
            await client.close_connections()

        asyncio.run(looks())

    def rows(self) -> list[Any]:
        """The files' rows, oldest first."""
        with self.house.database.read() as conn:
            return list(conn.execute(select(_file).order_by(_file.c.created_at, _file.c.position, _file.c.id)))

    def states(self) -> list[tuple[str, str, str]]:
        """(state, reason, provider) of every file."""
        return [(r.state, r.reason, r.provider) for r in self.rows()]

    def opened(self, row: Any, version: str) -> bytes:
        """What is kept of a file."""
        with self.house.database.read() as conn:
            shown = attachments.one(conn, self.house.seal, row.case_id, row.id)
            return b"".join(pieces.body(conn, self.house.seal, row.id, version, shown.copies[version].pieces))

    def heard(self, channel: str = WHATSAPP) -> list[str]:
        """What the person was answered."""
        return [m.text for m in self.house.heard(CHAT if channel == TELEGRAM else PHONE, channel)]


@pytest.fixture
def file_house(database: Database, seal: Seal, clock: Clock, telegram: FakeTelegram, twilio: FakeTwilio) -> FileHouse:
    return FileHouse(House(database, seal, clock, {"kendal": desk("kendal")}), telegram, twilio)
