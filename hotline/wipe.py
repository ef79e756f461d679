"""Quick exit: the last 48 hours of a chat disappear from the messenger, both sides, as soon as the person asks."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from hotline.loops import forever
from hotline.seal import Seal
from hotline.store import wipes
from hotline.store.wipes import DONE, FAILED, TO_DO, Claimed
from hotline.times import Clock, now
from hotline.writer import Writer

_log = structlog.get_logger(__name__)
YOUNGER_THAN = timedelta(hours=48) - timedelta(minutes=2)
"""A bot may delete a message within 48 hours; what is at the edge would be refused while it is asked for."""
A_CALL = 100
"""Message numbers in one deleteMessages call."""
LEASE, STEP_SECONDS = timedelta(seconds=40), 35.0
IDLE_SECONDS, UNDER_WAY_SECONDS = 0.5, 2.0
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 300.0
GIVE_UP_AFTER = timedelta(hours=24)


class NotWiped(Exception):
    """The messenger did not delete. `retry`: it may later; `alone`: one of these numbers spoils the call; `retry_after` in seconds."""

    def __init__(self, reason: str, *, retry: bool = True, alone: bool = False, retry_after: float | None = None) -> None:
        super().__init__(NotWiped.__doc__)
        self.reason, self.retry, self.alone, self.retry_after = reason, retry, alone, retry_after


class Eraser(Protocol):
    """One channel's way to take messages away."""

    async def erase(self, address: str, numbers: Sequence[int]) -> None:
        """Delete up to 100 messages of one chat; those that are gone already are deleted. Raises NotWiped."""
        ...


@dataclass
class _Count:
    deleted: int = 0
    remaining: int = 0


class Wiper:
    """The loop that empties chats. Any number may run, in any number of processes; emptying twice does no harm."""

    def __init__(
        self, erasers: Mapping[str, Eraser], writer: Writer, seal: Seal, *, clock: Clock = now, chance: random.Random | None = None
    ) -> None:
        self._erasers, self._writer, self._seal = erasers, writer, seal
        self._clock, self._chance = clock, chance or random.Random()

    async def run(self) -> None:
        """For ever, or until cancelled."""
        await forever(self.once, IDLE_SECONDS)

    async def once(self) -> int:
        """Empty the chats that are due; gives how many were worked. Raises DatabaseUnavailable."""
        claimed = await self._writer.do(lambda conn: wipes.claim(conn, self._seal, self._erasers, most=5, lease=LEASE, now=self._clock()))
        for wipe in claimed:
            await self._work(wipe)
        return len(claimed)

    async def _work(self, wipe: Claimed) -> None:
        count = _Count()
        try:
            async with asyncio.timeout(STEP_SECONDS):
                # What is being sent at this very moment gets its number in a moment: it is taken away by a second look.
                under_way = await self._writer.do(lambda conn: wipes.hold_back(conn, wipe))
                since = self._clock() - YOUNGER_THAN
                numbers = await self._writer.do(lambda conn: wipes.numbers(conn, self._seal, wipe, since))
                for start in range(0, len(numbers), A_CALL):
                    await self._erase(wipe, numbers[start : start + A_CALL], count)
        except (NotWiped, TimeoutError) as error:
            refusal = error if isinstance(error, NotWiped) else NotWiped("slow")
            await self._put_off(wipe, refusal, count)
            return
        if under_way and self._clock() - wipe.at < GIVE_UP_AFTER:
            await self._settle(wipe, TO_DO, count, due=self._clock() + timedelta(seconds=UNDER_WAY_SECONDS))
            return
        await self._settle(wipe, DONE, count)
        _log.info("chat emptied", wipe=wipe.id, deleted=count.deleted, remaining=count.remaining)

    async def _erase(self, wipe: Claimed, numbers: Sequence[int], count: _Count) -> None:
        """All at once; if one of them spoils it, half by half, so that the others go all the same."""
        try:
            await self._erasers[wipe.channel].erase(wipe.address, numbers)
            count.deleted += len(numbers)
        except NotWiped as refusal:
            if not refusal.alone:
                raise
            if len(numbers) == 1:
                count.remaining += 1
                return
            half = len(numbers) // 2
            await self._erase(wipe, numbers[:half], count)
            await self._erase(wipe, numbers[half:], count)

    async def _put_off(self, wipe: Claimed, refusal: NotWiped, count: _Count) -> None:
        at = self._clock()
        _log.warning("chat not emptied", wipe=wipe.id, reason=refusal.reason, tries=wipe.tries + 1)
        if not refusal.retry or at - wipe.at > GIVE_UP_AFTER:
            await self._settle(wipe, FAILED, count, reason=refusal.reason)
            return
        pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(wipe.tries, 12)) * self._chance.uniform(0.5, 1.0)
        await self._settle(wipe, TO_DO, count, due=at + timedelta(seconds=max(pause, refusal.retry_after or 0.0)), reason=refusal.reason)

    async def _settle(self, wipe: Claimed, state: str, count: _Count, *, due: datetime | None = None, reason: str = "") -> None:
        when = due or self._clock()
        await self._writer.do(
            lambda conn: wipes.settle(conn, wipe.id, state=state, due=when, reason=reason, deleted=count.deleted, remaining=count.remaining)
        )
