"""What is new on some phones, looked up in the database: what a page shows is what was committed and sent, by whichever process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

from bot.simulator.entries import entries
from bot.simulator.phone import Phone
from hotline.seal import Seal
from hotline.store import transcript
from hotline.store.database import Database, DatabaseUnavailable

LOOK_SECONDS = 0.25
ALIVE_SECONDS = 15.0
MOST_LINES = 300
"""Lines of either side that a phone remembers."""


class Look:
    """One page's view of some phones. Each call gives the entries it has not given before."""

    def __init__(self, database: Database, seal: Seal, phones: Sequence[Phone]) -> None:
        self._database, self._seal, self._phones = database, seal, phones
        self._contacts: dict[Phone, int] = {}
        self._given: dict[Phone, set[int]] = {phone: set() for phone in phones}
        self._labels: dict[Phone, dict[str, str]] = {phone: {} for phone in phones}

    def __call__(self) -> list[dict[str, Any]]:
        """New entries, phone by phone, oldest first; raises DatabaseUnavailable."""
        with self._database.read() as conn:
            return [entry for phone in self._phones for entry in self._new(conn, phone)]

    def _new(self, conn: Any, phone: Phone) -> list[dict[str, Any]]:
        if phone not in self._contacts:
            contact = transcript.contact_id(conn, self._seal, phone.region, phone.channel, phone.sender)
            if contact is None:
                return []
            self._contacts[phone] = contact
        found = transcript.lines(conn, self._seal, self._contacts[phone], MOST_LINES, without=self._given[phone])
        self._given[phone].update(line.id for line in found)
        return entries(phone, found, self._labels[phone])


async def events(look: Callable[[], list[dict[str, Any]]], gone: Callable[[], Awaitable[bool]]) -> AsyncIterator[str]:
    """Server-sent events until the page is gone: one for each entry, `ready` when the past is told, `away` while the database is."""
    idle, ready = 0.0, False
    while not await gone():
        try:
            new = await asyncio.to_thread(look)
        except DatabaseUnavailable:
            yield "event: away\ndata: {}\n\n"
            await asyncio.sleep(LOOK_SECONDS * 4)
            continue
        for entry in new:
            yield f"data: {json.dumps(entry, ensure_ascii=False)}\n\n"
        if not ready:
            ready = True
            yield "event: ready\ndata: {}\n\n"
        idle = 0.0 if new else idle + LOOK_SECONDS
        if idle >= ALIVE_SECONDS:
            idle = 0.0
            yield ": still here\n\n"
        await asyncio.sleep(LOOK_SECONDS)
