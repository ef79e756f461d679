"""What time brings about, done by one process at a time: whoever holds the lease runs the clock, the others stand by."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection

from bot.processes.parts import Parts
from hotline.escalate import Escalator
from hotline.remember import Rememberer
from hotline.remind import Reminder, keep_hashes
from hotline.store import leases
from hotline.store.database import DatabaseUnavailable
from hotline.talk import TalkKeeper

_log = structlog.get_logger(__name__)
TTL = timedelta(seconds=6)
"""A leader that died is followed after this."""
_RENEW_SECONDS = 2.0
BEAT_SECONDS = 10.0
LOOKED_WITHIN_SECONDS = 30.0
FORGET_BEATS_AFTER = timedelta(hours=1)


async def lead(parts: Parts, name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Run `work` while this process holds the lease `name`; for ever, or until cancelled."""
    running: asyncio.Task[None] | None = None
    try:
        while True:
            leader = await _renew(parts, name)
            if leader and (running is None or running.done()):
                running = asyncio.ensure_future(work())
            elif not leader and running is not None:
                running = await _stop(running)
            await asyncio.sleep(_RENEW_SECONDS)
    finally:
        await _stop(running)
        await asyncio.shield(_give_up(parts, name))


async def _renew(parts: Parts, name: str) -> bool:
    try:
        return await parts.writer.do(lambda conn: leases.take(conn, name, parts.process, TTL, parts.clock()))
    except DatabaseUnavailable:
        return False


async def _give_up(parts: Parts, name: str) -> None:
    try:
        await parts.writer.do(lambda conn: leases.give_up(conn, name, parts.process))
    except DatabaseUnavailable:
        _log.warning("lease not given back, it ends by itself", lease=name)


async def _stop(running: asyncio.Task[None] | None) -> None:
    if running is not None:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def scheduler(parts: Parts) -> None:
    """The clock itself: APScheduler only says when to look; what is due is read from rows each time."""
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    reminder = Reminder(parts.desks, parts.seal, parts.clock)
    escalator = Escalator(parts.desks, parts.seal, parts.clock)
    clock = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})
    looked = Looked(parts)
    clock.add_job(_job(parts, escalator.look, looked.now), "interval", seconds=1)
    clock.add_job(_job(parts, escalator.sweep), "interval", seconds=60)
    clock.add_job(_job(parts, escalator.end_abandoned), "interval", seconds=5)
    clock.add_job(_job(parts, escalator.forget), "interval", minutes=10)
    clock.add_job(_hash_pins(parts, reminder), "interval", seconds=1)
    clock.add_job(_job(parts, reminder.keep_silent_stories), "interval", seconds=5)
    remember = Rememberer(parts.desks, parts.seal, parts.clock)
    for work, seconds in ((remember.wind, 1), (remember.tell, 5), (remember.sweep, 60)):
        clock.add_job(_job(parts, work), "interval", seconds=seconds)
    clock.add_job(_job(parts, TalkKeeper(parts.desks, parts.seal, parts.clock).end_forgotten), "interval", seconds=5)
    clock.add_job(_job(parts, lambda conn: leases.forget_beats(conn, parts.clock() - FORGET_BEATS_AFTER)), "interval", minutes=10)
    # The clock itself says that it lives, not the process beside it: one whose jobs no longer run, or whose look at the alarms fails
    # again and again, is silent, and is missed.
    clock.add_job(_job(parts, looked.beat), "interval", seconds=BEAT_SECONDS, next_run_time=datetime.now(UTC))
    clock.start()
    try:
        await asyncio.Event().wait()
    finally:
        clock.shutdown(wait=False)


class Looked:
    """When the alarms were last looked at and nothing failed: the scheduler lives only while that is not long ago."""

    def __init__(self, parts: Parts, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._parts, self._monotonic, self._at = parts, monotonic, monotonic()

    def now(self) -> None:
        """It was done."""
        self._at = self._monotonic()

    def beat(self, conn: Connection) -> None:
        """Say so in the scheduler's heartbeat, or leave it out."""
        if self._monotonic() - self._at < LOOKED_WITHIN_SECONDS:
            _beat(conn, self._parts, "scheduler")


def _job(parts: Parts, work: Callable[[Connection], object], done: Callable[[], None] = lambda: None) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        async with _tried_again():
            await parts.writer.do(work)
            done()

    return run


def _hash_pins(parts: Parts, reminder: Reminder) -> Callable[[], Awaitable[None]]:
    """The slow hashes are made in a thread, before the transaction that others share."""

    def hashed() -> list[dict[str, Any]]:
        with parts.database.read() as conn:
            return reminder.hashed_pins(conn)

    async def run() -> None:
        async with _tried_again():
            if found := await asyncio.to_thread(hashed):
                await parts.writer.do(lambda conn: keep_hashes(conn, found))

    return run


@asynccontextmanager
async def _tried_again() -> AsyncIterator[None]:
    try:
        yield
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is None or not task.cancelling():
            raise
        # This process stops, or leads no more. APScheduler, which began the work, would call it an error.
    except DatabaseUnavailable:
        _log.warning("database unavailable, will look again")
    except Exception as error:
        _log.error("scheduled work failed, will be tried again", error=type(error).__name__)


async def beat(parts: Parts, kind: str) -> None:
    """Say every few seconds that this process lives; the others read it."""
    while True:
        try:
            await parts.writer.do(lambda conn: _beat(conn, parts, kind))
        except DatabaseUnavailable:
            _log.warning("database unavailable, heartbeat not written")
        await asyncio.sleep(BEAT_SECONDS)


def _beat(conn: Connection, parts: Parts, kind: str) -> None:
    leases.beat(conn, f"{kind}/{parts.process}", parts.clock())
