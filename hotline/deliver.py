"""What waits in the outbox goes out: claimed, passed through the safe-contact gate, sent, and every try written down."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from time import perf_counter
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Connection

from hotline.gate import verdict
from hotline.messages import CHANNELS, Outgoing
from hotline.seal import Seal
from hotline.store import outbox, receipts
from hotline.store.database import DatabaseUnavailable
from hotline.store.outbox import Claimed, Outcome
from hotline.times import Clock, from_us, now
from hotline.writer import Writer

_log = structlog.get_logger(__name__)


class Failure(StrEnum):
    """Every way a send can fail."""

    UNREACHABLE = "unreachable"
    BUSY = "busy"
    PROVIDER_DOWN = "provider_down"
    WINDOW_CLOSED = "window_closed"
    BLOCKED = "blocked"
    NO_SUCH_CONTACT = "no_such_contact"
    REFUSED = "refused"
    NOT_ALLOWED = "not_allowed"
    UNKNOWN = "unknown"

    @property
    def retry(self) -> bool:
        """Whether the same message may succeed later. NOT_ALLOWED is ours to mend (a token), so the message waits for it."""
        return self in (Failure.UNREACHABLE, Failure.BUSY, Failure.PROVIDER_DOWN, Failure.NOT_ALLOWED, Failure.UNKNOWN)


class NotSent(Exception):
    """The provider did not take the message. `detail` is its error number, never its words; `retry_after` is in seconds."""

    def __init__(self, failure: Failure, *, retry_after: float | None = None, detail: str = "") -> None:
        super().__init__(NotSent.__doc__)
        self.failure, self.retry_after, self.detail = failure, retry_after, detail


class Sender(Protocol):
    """One channel's way out."""

    async def send(self, address: str, message: Outgoing, *, window_open: bool) -> str:
        """Hand the message to the provider and give its id; raises NotSent."""
        ...

    async def close(self) -> None:
        """Let connections go."""
        ...


LEASE = timedelta(seconds=45)
"""A claimed message whose worker died may be claimed again after this."""
SEND_SECONDS = 35.0
IN_FLIGHT = 10
"""Messages of one channel under way at once in one worker; as many alerts may be under way beside them."""
IDLE_SECONDS = 0.25
GIVE_UP_AFTER = timedelta(hours=48)
_FIRST_PAUSE, LONGEST_PAUSE = 2.0, 900.0
LONGEST_PAUSE_OF_ALERTS = 15.0
"""Somebody may be in danger now: a provider that comes back is to be noticed at once."""


def pause_before_retry(tries: int, retry_after: float | None, chance: random.Random, longest: float = LONGEST_PAUSE) -> timedelta:
    """Doubling from two seconds to `longest`, spread over half its length; never before the provider's own word."""
    seconds = min(longest, _FIRST_PAUSE * 2.0 ** min(tries, 16)) * chance.uniform(0.5, 1.0)
    return timedelta(seconds=max(seconds, retry_after or 0.0))


class Deliverer:
    """Sends one channel's messages until stopped. Any number of these may run, in any number of processes."""

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
    ) -> None:
        self._channel, self._sender, self._writer, self._seal, self._zones = CHANNELS[channel], sender, writer, seal, zones
        self._per_second, self._clock, self._chance = per_second or self._channel.per_second, clock, chance or random.Random()
        self._wake, self._under_way, self._alerts = asyncio.Event(), set[asyncio.Task[None]](), set[asyncio.Task[None]]()
        self._done: list[Outcome] = []

    def wake(self) -> None:
        """Something was queued: look now."""
        self._wake.set()

    async def run(self) -> None:
        """Exchange outcomes for new messages, for ever. On cancellation what is under way is finished and written down."""
        try:
            while True:
                self._wake.clear()
                claimed = await self._exchange()
                for message in claimed:
                    task = asyncio.create_task(self._send(message))
                    under_way = self._alerts if message.purpose == outbox.ALERT else self._under_way
                    under_way.add(task)
                    task.add_done_callback(under_way.discard)
                if not self._done and (not claimed or len(self._under_way) >= IN_FLIGHT):
                    await self._rest()
        finally:
            await asyncio.shield(self._finish())

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._wake.wait(), IDLE_SECONDS)
        except TimeoutError:
            return

    async def _finish(self) -> None:
        if under_way := self._under_way | self._alerts:
            await asyncio.wait(under_way, timeout=SEND_SECONDS)
        done, self._done = self._done, []
        if done:
            await self._writer.do(lambda conn: outbox.settle(conn, done))

    async def _exchange(self) -> list[Claimed]:
        """One transaction: write down what became of the last tries, take the next ones."""
        done, self._done = self._done, []

        def exchange(conn: Connection) -> list[Claimed]:
            outbox.settle(conn, done)
            receipts.catch_up(conn, self._channel.name, [o.provider_id for o in done if o.provider_id])
            return outbox.claim(
                conn,
                self._seal,
                self._channel.name,
                most=IN_FLIGHT - len(self._under_way),
                alerts=IN_FLIGHT - len(self._alerts),
                per_second=self._per_second,
                pair_seconds=self._channel.pair_seconds,
                lease=LEASE,
                now=self._clock(),
            )

        try:
            return await self._writer.do(exchange)
        except Exception as error:
            self._done = done + self._done
            if not isinstance(error, DatabaseUnavailable):
                raise
            await asyncio.sleep(IDLE_SECONDS * 4)
            return []

    async def _send(self, message: Claimed) -> None:
        began = perf_counter()
        try:
            outcome = await self._try(message)
        except Exception as error:
            # An error nobody foresaw must not lose the message: it is tried again, and the type is in the log.
            _log.error("send failed unexpectedly", error=type(error).__name__, outbox=message.id)
            outcome = self._failed(message, NotSent(Failure.UNKNOWN))
        self._done.append(replace(outcome, took=timedelta(seconds=perf_counter() - began)))
        self._wake.set()

    async def _try(self, message: Claimed) -> Outcome:
        at, last_in = self._clock(), from_us(message.last_in_at)
        gate = verdict(message, last_in, at, self._zones[message.region])
        if not gate.go:
            # An alert that may not go is a dead letter: somebody must see it, and ring another way.
            never = outbox.DEAD if message.purpose == outbox.ALERT else outbox.HELD
            state = never if gate.later is None else outbox.DUE
            reason = gate.reason if gate.later is None else ""
            return Outcome(id=message.id, at=at, outcome=gate.reason, state=state, reason=reason, due_at=gate.later)
        hours = self._channel.window_hours
        window_open = hours is None or (at - last_in < timedelta(hours=hours) and message.reason != Failure.WINDOW_CLOSED.value)
        try:
            provider_id = await self._hand_over(message, window_open)
        except NotSent as refusal:
            return self._failed(message, refusal)
        return Outcome(id=message.id, at=self._clock(), outcome="sent", state=outbox.SENT, provider_id=provider_id)

    async def _hand_over(self, message: Claimed, window_open: bool) -> str:
        try:
            async with asyncio.timeout(SEND_SECONDS):
                try:
                    return await self._sender.send(message.address, message.message, window_open=window_open)
                except NotSent as refusal:
                    if refusal.failure is not Failure.WINDOW_CLOSED or not window_open:
                        raise
                    # The provider's clock decides: what it calls closed is sent as a template, at once.
                    return await self._sender.send(message.address, message.message, window_open=False)
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
