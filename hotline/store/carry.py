"""SQLite's log is carried into its file in small pieces beside those who write, and begun anew before a commit would find it full."""

from __future__ import annotations

import asyncio

from hotline.store.database import Database

_PAUSE, _IDLE = 0.05, 0.5
"""Seconds between two pieces. What half a second of a crowd wrote would take the processor for 30 ms from whoever is answered just then."""
_LONG = 12 * 1024 * 1024
"""Bytes: so long a log is begun anew. Half of SQLite's own limit, at which a commit must carry and sync all that is left."""


async def carrying(database: Database, *, long: int = _LONG) -> None:
    """Until cancelled. For the loop on whose thread SQLite's commits run (`hotline.writer`)."""
    carried, pause = database.commits, _IDLE
    while True:
        await asyncio.sleep(pause)
        fresh, carried = database.commits != carried, database.commits
        pause = _PAUSE if fresh else _IDLE
        if fresh and await asyncio.to_thread(database.carry) > long:
            # On this thread nobody commits meanwhile: nothing is left behind, and the next commit writes from the log's beginning.
            database.carry()
