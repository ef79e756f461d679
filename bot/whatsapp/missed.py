"""Messages whose webhook never reached us: Twilio gives each one chance, so what it keeps is looked through and taken in afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from twilio.base import deserialize, serialize
from twilio.base.domain import Domain
from twilio.base.exceptions import TwilioException
from twilio.base.version import Version
from twilio.rest import Client

from bot.whatsapp.failures import not_sent
from bot.whatsapp.http import Transport
from hotline.messages import WHATSAPP, Incoming, Kind, Media
from hotline.settings import Settings
from hotline.store import conversations
from hotline.store.database import Database, DatabaseUnavailable
from hotline.times import Clock, now

_log = structlog.get_logger(__name__)
EVERY_SECONDS = 300.0
BACK, GRACE = timedelta(hours=12), timedelta(minutes=2)
"""How far back is looked, and how long the webhook and its repetitions have before."""
_MOST = 1000
_API = "https://api.twilio.com"


class MissedMessages:
    """Looks every five minutes; only one process needs to (`bot.processes.schedule.lead`). What came by webhook is known by its SID."""

    def __init__(self, settings: Settings, database: Database, accept: Callable[[Incoming], Awaitable[bool]], clock: Clock = now) -> None:
        self._settings, self._database, self._accept, self._clock = settings, database, accept, clock
        self._transport = Transport(settings.twilio_api_base_url)
        # Without the classes of Twilio's resources: those of an account's take seven MiB.
        client = Client(settings.twilio_account_sid, settings.twilio_auth_token, http_client=self._transport)
        self._version = Version(Domain(client, _API), "2010-04-01")
        self._messages = f"/Accounts/{settings.twilio_account_sid}/Messages"

    async def run(self) -> None:
        """For ever, or until cancelled."""
        try:
            while True:
                try:
                    await self.once()
                except (TwilioException, OSError, ValueError, LookupError, TypeError) as error:
                    _log.warning("missed messages not looked for", failure=not_sent(error).failure.value)
                except DatabaseUnavailable:
                    _log.warning("database unavailable, missed messages not looked for")
                await asyncio.sleep(EVERY_SECONDS)
        finally:
            await self.close()

    async def close(self) -> None:
        """Let connections go; a later look opens new ones."""
        await self._transport.close()

    async def once(self) -> int:
        """Take in what is missing, oldest first; gives how many. Raises twilio's errors, OSError, DatabaseUnavailable."""
        return sum([await self._look(region, sender) for region, sender in self._settings.senders.items()])

    async def _look(self, region: str, sender: str) -> int:
        """What was written to one number, which belongs to one region."""
        at = self._clock()
        asked = {"To": sender, "DateSent>": serialize.iso8601_datetime(at - BACK), "PageSize": _MOST}
        listed = (await self._version.fetch_async("GET", f"{self._messages}.json", params=asked))["messages"]
        came = [m for m in listed if m["direction"] == "inbound" and m["sid"] and m["from"] and at - _sent(m, at) >= GRACE]
        missing = await self._missing([_incoming(m, region, at) for m in came])
        wanted = {i.message_id for i in missing}
        with_files = {m["sid"] for m in came if m["sid"] in wanted and str(m["num_media"] or "0") != "0"}
        for incoming in sorted(missing, key=lambda i: i.received_at):
            await self._accept(await self._with_files(incoming) if incoming.message_id in with_files else incoming)
        if missing:
            _log.warning("messages were missed by the webhook and taken in now", count=len(missing))
        return len(missing)

    async def _missing(self, found: list[Incoming]) -> list[Incoming]:
        def look() -> set[tuple[str, str]]:
            with self._database.read() as conn:
                return conversations.seen(conn, found)

        known = await asyncio.to_thread(look) if found else set()
        return [i for i in found if (i.channel, i.message_id) not in known]

    async def _with_files(self, incoming: Incoming) -> Incoming:
        listed = await self._version.fetch_async("GET", f"{self._messages}/{incoming.message_id}/Media.json", params={"PageSize": 10})
        files = [(f["uri"], f["content_type"] or "") for f in listed["media_list"][:10] if f["uri"]]
        media = tuple(Media(reference=_API + uri.removesuffix(".json"), content_type=kind) for uri, kind in files)
        return replace(incoming, kind=Kind.MEDIA, media=media) if media else incoming


def _incoming(message: Any, region: str, at: datetime) -> Incoming:
    return Incoming(
        region=region,
        channel=WHATSAPP,
        sender=message["from"],
        message_id=message["sid"],
        received_at=_sent(message, at),
        kind=Kind.TEXT if message["body"] else Kind.OTHER,
        text=message["body"] or "",
        late=True,
    )


def _sent(message: Any, at: datetime) -> datetime:
    sent: datetime = deserialize.rfc2822_datetime(message["date_sent"] or message["date_created"]) or at
    return sent if sent.tzinfo is not None else sent.replace(tzinfo=UTC)
