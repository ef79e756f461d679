"""One process tells the others that something was queued, over PostgreSQL's LISTEN and NOTIFY. Nothing depends on it but speed.

Whoever sends looks at the outbox several times a second in any case: what is not heard (a cut connection, a pooler in between) is found
a moment later.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import make_url

if TYPE_CHECKING:
    from psycopg import AsyncConnection

CHANNEL = "teduh_outbox"
AGAIN_SECONDS = 5.0
"""After a lost connection."""
PAUSE_SECONDS = 0.02
"""Between two words: each is a transaction of its own, and whoever hears it takes many messages at once."""
READ_SECONDS = 60.0
"""At least so often a process that tells nothing reads what the others told: unread, their words would fill its connection and wait in the
server for it."""
_log = structlog.get_logger(__name__)


class Wake:
    """Both ends, each over a connection of its own.

    The word follows the commit: a NOTIFY within it would make the commits of all processes wait for each other.
    """

    def __init__(self, url: str, *, again_seconds: float = AGAIN_SECONDS, read_seconds: float = READ_SECONDS) -> None:
        self._address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._queued, self._again_seconds, self._read_seconds = asyncio.Event(), again_seconds, read_seconds
        # Not the session's number: behind a pooler that is not the one we were told.
        self._name = secrets.token_hex(8)

    def tell(self) -> None:
        """Something was committed that others are to send. Many at once are one word."""
        self._queued.set()

    async def telling(self, others: Callable[[], None] = lambda: None) -> None:
        """Pass on what `tell` was told, until cancelled. `others` is called when another process told something too.

        That is noticed with the next word of our own, or within a minute: while nothing is told here, nobody here needs to know.
        """

        async def pass_on(connection: AsyncConnection) -> None:
            connection.add_notify_handler(lambda word: None if word.payload == self._name else others())
            await connection.execute(f"LISTEN {CHANNEL}")
            while True:
                if not await self._told_something():
                    await connection.execute("SELECT 1")
                    continue
                self._queued.clear()
                try:
                    await connection.execute(f"NOTIFY {CHANNEL}, '{self._name}'")
                except BaseException:
                    self._queued.set()
                    raise
                await asyncio.sleep(PAUSE_SECONDS)

        await self._connected(pass_on)

    async def _told_something(self) -> bool:
        try:
            async with asyncio.timeout(self._read_seconds):
                return await self._queued.wait()
        except TimeoutError:
            return False

    async def hearing(self, heard: Callable[[], None]) -> None:
        """Call `heard` whenever another process tells, until cancelled."""

        async def listen(connection: AsyncConnection) -> None:
            await connection.execute(f"LISTEN {CHANNEL}")
            heard()  # of what was told while nobody listened
            async for _ in connection.notifies():
                heard()

        await self._connected(listen)

    async def _connected(self, work: Callable[[AsyncConnection], Awaitable[None]]) -> None:
        from psycopg import AsyncConnection, Error

        while True:
            try:
                async with await AsyncConnection.connect(self._address, autocommit=True, application_name="teduh wake") as connection:
                    await work(connection)
            except (Error, OSError) as error:
                _log.warning("nobody is woken for a moment", error=type(error).__name__)
            await asyncio.sleep(self._again_seconds)
