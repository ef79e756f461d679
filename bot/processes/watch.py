"""Each process's look at the others' heartbeats; and a web process that sends in the workers' stead while none of them lives."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.processes.parts import Parts
from hotline import watch
from hotline.store import outages
from hotline.store.database import DatabaseUnavailable

_log = structlog.get_logger(__name__)
LOOK_SECONDS = 10.0
HELD_UP = timedelta(seconds=3 * LOOK_SECONDS)


async def watching(parts: Parts, stand_in: Callable[[], Awaitable[None]] | None = None, every: float = LOOK_SECONDS) -> None:
    """Look for ever. `stand_in` sends while all workers are silent: else nobody would carry the word that they are."""
    since = last = parts.clock()
    standing: asyncio.Task[None] | None = None
    try:
        while True:
            now = parts.clock()
            # Whoever was held up itself (a suspended machine, a clock set forward) has missed the others' heartbeats: it begins anew.
            since, last = (now if abs(now - last) > HELD_UP else since), now
            try:
                silent = await _look(parts, since)
            except DatabaseUnavailable:
                since, silent = parts.clock(), None  # Nobody could write a heartbeat, so none may be missed.
            if silent is not None:
                standing = await _stand_in(standing, stand_in, wanted=outages.WORKER in silent)
            await asyncio.sleep(every)
    finally:
        await _stand_in(standing, None, wanted=False)


async def _look(parts: Parts, since: datetime) -> list[str] | None:
    """What is silent; None while this process is too young to judge. Raises DatabaseUnavailable."""
    now = parts.clock()
    if now - since < watch.GRACE:
        return None
    silent = await parts.writer.do(lambda conn: watch.look(conn, parts.seal, parts.desks, parts.process, now))
    if silent:
        _log.error("a part of the program is silent", parts=",".join(silent))
        parts.wake()
    return silent


async def _stand_in(
    standing: asyncio.Task[None] | None, stand_in: Callable[[], Awaitable[None]] | None, *, wanted: bool
) -> asyncio.Task[None] | None:
    if wanted and stand_in is not None and (standing is None or standing.done()):
        _log.warning("sending in the workers' stead")
        return asyncio.ensure_future(stand_in())
    if not wanted and standing is not None:
        standing.cancel()
        await asyncio.gather(standing, return_exceptions=True)
        return None
    return standing
