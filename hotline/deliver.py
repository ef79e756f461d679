"""What waits in the outbox goes out: claimed, passed through the safe-contact gate, sent, and every try written down."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Connection

from hotline.gate import verdict
from hotline.messages import CHANNELS
from hotline.seal import Seal
from hotline.sending import Failure, NotSent, Sender
from hotline.store import outbox, receipts
from hotline.store.claims import Claims, claim
from hotline.store.database import DatabaseUnavailable
from hotline.store.handover import Handover, Lane
from hotline.store.outbox import Claimed, Outcome
from hotline.store.sql.bulk import together
from hotline.times import Clock, from_us, now
from hotline.writer import Writer

__all__ = ["LEASE", "Deliverer", "Failure", "NotSent", "Sender", "pause_before_retry"]

_log = structlog.get_logger(__name__)


LEASE = timedelta(seconds=45)
"""A claimed message whose worker died may be claimed again after this."""
SEND_SECONDS = 35.0
FEWEST_IN_FLIGHT, MOST_IN_FLIGHT = 10, 64
"""Messages of one channel under way at once in one worker: a second's worth of its rate, within these."""
ALERTS_IN_FLIGHT = 10
"""Beside them, so that no slow answer to others delays an alert."""
SETTLE_SECONDS = 0.01
"""How long outcomes wait for a transaction of somebody else, or for each other, so that many share one."""
STOP_SECONDS = 15.0
"""How long a stopping process waits for what is under way; what has not ended then counts as a try of unknown outcome."""
IDLE_SECONDS, _ASK_AGAIN_SECONDS = 0.25, 0.25
GIVE_UP_AFTER = timedelta(hours=48)
_FIRST_PAUSE, LONGEST_PAUSE, _LONGEST_WORD = 2.0, 900.0, 3600.0
LONGEST_PAUSE_OF_ALERTS = 15.0
"""Somebody may be in danger now: a provider that comes back is to be noticed at once."""


def in_flight(per_second: float) -> int:
    """How many messages one worker has under way at once at most."""
    return min(MOST_IN_FLIGHT, max(FEWEST_IN_FLIGHT, int(per_second)))


def pause_before_retry(tries: int, retry_after: float | None, chance: random.Random, longest: float = LONGEST_PAUSE) -> timedelta:
    """Doubling from two seconds to `longest`, spread over half its length; not before the provider's own word, for an hour at most."""
    seconds = min(longest, _FIRST_PAUSE * 2.0 ** min(tries, 16)) * chance.uniform(0.5, 1.0)
    return timedelta(seconds=max(seconds, min(retry_after or 0.0, _LONGEST_WORD)))


class Deliverer:
    """Sends one channel's messages until stopped. Any number of these may run, in any number of processes.

    It rides in the writer's transactions: what became of tries is written down with whatever is committed next, and answers decided in
    this process are handed over by the commit that decided them.
    """

    def __init__(
        self,
        channel: str,
        sender: Sender,
        writer: Writer,
        seal: Seal,
        zones: Mapping[str, ZoneInfo],
        *,
        per_second: float | None = None,
        clock: Clock = now,
        chance: random.Random | None = None,
        handover: Handover | None = None,
        stop_seconds: float = STOP_SECONDS,
    ) -> None:
        self._channel, self._sender, self._writer, self._seal, self._zones = CHANNELS[channel], sender, writer, seal, zones
        self._per_second, self._clock, self._chance = per_second or self._channel.per_second, clock, chance or random.Random()
        self._handover, self._stop_seconds = handover or Handover(), stop_seconds
        self._lane = Lane(self._per_second, self._channel.pair_seconds, LEASE, self._room)
        self._wake, self._patience, self._stopping = asyncio.Event(), 0.0, False
        self._under_way, self._alerts = set[asyncio.Task[None]](), 0
        self._claiming: asyncio.Future[Claims] | None = None
        # The writer's thread takes from these while the loop's thread adds to them: only whole steps of deques.
        self._done, self._boarded, self._given = deque[Outcome](), deque[Outcome](), deque[Claimed]()

    def wake(self, patience: float = SETTLE_SECONDS) -> None:
        """Something was queued: look within so many seconds."""
        self._patience = min(patience, self._patience)
        self._wake.set()

    async def run(self) -> None:
        """Exchange outcomes for new messages, for ever. On cancellation what is under way is finished, and claims are given back."""
        self._stopping, self._patience = False, 0.0
        self._writer.ride(self)
        self._handover.lanes[self._channel.name] = self._lane
        try:
            while True:
                self._wake.clear()
                patience, self._patience = self._patience, SETTLE_SECONDS
                claims = await self._exchange(patience)
                self._lane.open = not claims.more
                for message in claims.messages:
                    self._begin(message)
                await self._rest()
        finally:
            await asyncio.shield(self._finish())

    def _room(self) -> int:
        """How many more may be under way. Tries that ended take no place, written down or not: they are before others are taken."""
        waiting = len(self._given) + len(self._lane.offered)
        return in_flight(self._per_second) - waiting - len(self._under_way) + self._alerts

    def _begin(self, message: Claimed) -> None:
        self._alerts += message.purpose == outbox.ALERT
        task = asyncio.create_task(self._send(message))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _rest(self) -> None:
        # Not wait_for: when the wake and a cancellation come at once, that forgets the cancellation.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(IDLE_SECONDS):
                await self._wake.wait()

    async def _finish(self) -> None:
        """End what is under way, write it down, and give back what nobody began to send."""
        self._stopping, self._lane.open = True, False
        if self._claiming is not None:
            await asyncio.wait([self._claiming])
            if self._claiming.exception() is None:
                self._given.extend(self._claiming.result().messages)
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=self._stop_seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

        def give_back(conn: Connection) -> None:
            self._settle(conn)
            outbox.release(conn, [message.id for message in self._given])

        await self._insist(give_back)
        self._given.clear()
        self._writer.leave(self)
        self._handover.lanes.pop(self._channel.name, None)

    async def _insist(self, job: Callable[[Connection], None]) -> None:
        """What is not written down now is sent once more by the next process: a database that is away for a moment is asked again."""
        clock = asyncio.get_running_loop().time
        end = clock() + self._stop_seconds
        while True:
            try:
                await self._writer.do(job)
                return
            except DatabaseUnavailable:
                if clock() >= end:
                    _log.warning("claims not given back, they end by themselves", channel=self._channel.name)
                    return
                await asyncio.sleep(_ASK_AGAIN_SECONDS)

    def board(self, conn: Connection) -> None:
        """Write down what became of the last tries (`hotline.writer.Rider`)."""
        self._settle(conn)

    def arrived(self, kept: bool) -> None:
        """Take what the transaction gave, or take back what it was to write."""
        offered, self._lane.offered = self._lane.offered, []
        if kept:
            self._given.extend(offered)
        else:
            self._done.extendleft(reversed(self._boarded))
        self._boarded.clear()

    def landed(self) -> None:
        """Begin to send what was given."""
        while self._given and not self._stopping:
            self._begin(self._given.popleft())

    def _settle(self, conn: Connection) -> None:
        done = [self._done.popleft() for _ in range(len(self._done))]
        self._boarded.extend(done)
        if done:
            with together(conn):
                outbox.settle(conn, done)
                failures = receipts.told_before(conn, self._channel.name, [o.provider_id for o in done if o.provider_id])
            receipts.act_on(conn, self._channel.name, failures)

    async def _exchange(self, patience: float) -> Claims:
        """One transaction: write down what became of the last tries, take the next ones."""

        def exchange(conn: Connection) -> Claims:
            self._settle(conn)
            return claim(
                conn,
                self._seal,
                self._channel.name,
                most=self._room(),
                alerts=ALERTS_IN_FLIGHT - self._alerts,
                per_second=self._per_second,
                pair_seconds=self._channel.pair_seconds,
                lease=LEASE,
                now=self._clock(),
            )

        self._claiming = asyncio.ensure_future(self._writer.do(exchange, patience=patience))
        try:
            claims = await asyncio.shield(self._claiming)
        except DatabaseUnavailable:
            self._claiming = None
            await asyncio.sleep(IDLE_SECONDS * 4)
            return Claims([], more=True)
        self._claiming = None
        return claims

    async def _send(self, message: Claimed) -> None:
        began = perf_counter()
        try:
            outcome = await self._try(message)
        except asyncio.CancelledError:
            outcome = self._failed(message, NotSent(Failure.UNKNOWN))
        except Exception as error:
            # An error nobody foresaw must not lose the message: it is tried again, and the type is in the log.
            _log.error("send failed unexpectedly", error=type(error).__name__, outbox=message.id)
            outcome = self._failed(message, NotSent(Failure.UNKNOWN))
        self._alerts -= message.purpose == outbox.ALERT
        self._done.append(replace(outcome, took=timedelta(seconds=perf_counter() - began)))
        self.wake()

    async def _try(self, message: Claimed) -> Outcome:
        at, last_in = self._clock(), from_us(message.last_in_at)
        gate = verdict(message, last_in, at, self._zones[message.region])
        if not gate.go:
            # An alert that may not go is a dead letter: somebody must see it, and ring another way.
            never = outbox.DEAD if message.purpose == outbox.ALERT else outbox.HELD
            state = never if gate.later is None else outbox.DUE
            reason = gate.reason if gate.later is None else message.reason
            return Outcome(id=message.id, at=at, outcome=gate.reason, state=state, reason=reason, due_at=gate.later)
        hours = self._channel.window_hours
        window_open = hours is None or (at - last_in < timedelta(hours=hours) and message.reason != Failure.WINDOW_CLOSED.value)
        try:
            provider_id = await self._hand_over(message, window_open)
        except NotSent as refusal:
            return self._failed(message, refusal)
        # The form it went in stays with it: what the provider says later of that form too sends it no third time (`receipts`).
        return Outcome(id=message.id, at=self._clock(), outcome="sent", state=outbox.SENT, reason=message.reason, provider_id=provider_id)

    async def _hand_over(self, message: Claimed, window_open: bool) -> str:
        wanted = replace(message.message, plain=message.reason == receipts.AS_TEXT, region=message.region)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                try:
                    return await self._sender.send(message.address, wanted, window_open=window_open)
                except NotSent as refusal:
                    if refusal.failure is not Failure.WINDOW_CLOSED or not window_open:
                        raise
                    # The provider's clock decides: what it calls closed is sent as a template, at once.
                    return await self._sender.send(message.address, wanted, window_open=False)
        except TimeoutError:
            raise NotSent(Failure.UNREACHABLE) from None

    def _failed(self, message: Claimed, refusal: NotSent) -> Outcome:
        failure, at, detail = refusal.failure, self._clock(), refusal.detail[:80]
        _log.warning(
            "not sent", failure=failure.value, detail=detail, outbox=message.id, channel=self._channel.name, tries=message.tries + 1
        )
        if not failure.retry or self._too_old(message, at):
            return Outcome(id=message.id, at=at, outcome=failure.value, detail=detail, state=outbox.DEAD, reason=failure.value)
        longest = LONGEST_PAUSE_OF_ALERTS if message.purpose == outbox.ALERT else LONGEST_PAUSE
        due = at + pause_before_retry(message.tries, refusal.retry_after, self._chance, longest)
        return Outcome(id=message.id, at=at, outcome=failure.value, detail=detail, state=outbox.DUE, reason=message.reason, due_at=due)

    @staticmethod
    def _too_old(message: Claimed, at: datetime) -> bool:
        return at - from_us(message.created_at) > GIVE_UP_AFTER
