"""Telegram without a webhook: updates are fetched, and confirmed only when what they say is durable."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable
from time import monotonic

from telegram.error import TelegramError

from bot.telegram.client import POLL_SECONDS, Client
from bot.telegram.request import Busy
from hotline.store.database import DatabaseUnavailable
from hotline.times import Clock
from hotline.times import now as real_time
from webhooks.telegram import Accept, Tapped
from webhooks.update import Read, UpdateMalformed, read

_log = logging.getLogger(__name__)
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_TRIES = 5
"""How often one update may fail for a reason of its own before the others stop waiting for it."""


class Unworked(Exception):
    """Some update of the batch could not be worked; all of it is fetched again."""


class TelegramPoller:
    """Polls for one region until cancelled; only one may run for a bot (the leader's), Telegram refuses a second.

    No offset is kept across restarts: what was not confirmed comes again and is known by its id, while an offset kept over a
    quiet week, after which Telegram numbers anew, would confirm updates nobody has read.
    """

    def __init__(
        self,
        client: Client,
        region: str,
        accept: Accept,
        tapped: Tapped,
        *,
        clock: Clock = real_time,
        wait: int = POLL_SECONDS,
        first_pause: float = _FIRST_PAUSE,
    ) -> None:
        self._client, self._region, self._accept, self._tapped = client, region, accept, tapped
        self._clock, self._wait, self._first_pause = clock, wait, first_pause
        self._offset: int | None = None
        self._tries: Counter[int] = Counter()

    async def run(self) -> None:
        """Take the webhook away and poll, for ever; a provider or database that does not answer is asked again, ever more slowly."""
        pause, webhook_gone, self._offset = self._first_pause, False, None
        while True:
            try:
                if not webhook_gone:
                    webhook_gone = bool(await self._client.call("deleteWebhook", drop_pending_updates=False))
                began = monotonic()
                if not await self.once() and monotonic() - began < min(1.0, self._wait):
                    # Telegram holds an empty poll open; whatever stands in its place must not be asked in a tight loop.
                    await asyncio.sleep(self._first_pause)
                pause = self._first_pause
            except (TelegramError, DatabaseUnavailable, Unworked) as error:
                _log.warning("polling paused: %s", type(error).__name__)
                await asyncio.sleep(max(pause, error.seconds) if isinstance(error, Busy) else pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def once(self) -> int:
        """Fetch one batch and work it: each chat in order, the chats side by side. Gives how many updates came."""
        updates = await self._client.raw_updates(self._offset, self._wait)
        said = [r for r in (self._read(u) for u in updates) if r is not None]
        results = await asyncio.gather(*(self._work(chat) for chat in _by_chat(said)), return_exceptions=True)
        failed = [r for r in results if r is not None]
        if failed:
            raise next((f for f in failed if not isinstance(f, Unworked)), failed[0])
        # Once an empty answer has come, everything is confirmed and the number has done its work.
        self._offset = max((r.update_id for r in said), default=-1) + 1 or None
        self._tries.clear()
        return len(updates)

    def _read(self, update: object) -> Read | None:
        try:
            return read(update, self._region, self._clock())
        except UpdateMalformed:
            return None

    async def _work(self, chat: list[Read]) -> None:
        for said in chat:
            assert said.incoming is not None
            try:
                await self._accept(said.incoming)
            except DatabaseUnavailable:
                raise
            except Exception as error:
                self._failed(said.update_id, error)
                continue
            if said.tap is not None:
                self._tapped(said.tap)

    def _failed(self, update_id: int, error: Exception) -> None:
        self._tries[update_id] += 1
        _log.error("update %d not worked: %s", update_id, type(error).__name__)
        if self._tries[update_id] < _TRIES:
            raise Unworked(Unworked.__doc__) from error


def _by_chat(said: Iterable[Read]) -> Iterable[list[Read]]:
    chats: dict[str, list[Read]] = {}
    for one in said:
        if one.incoming is not None:
            chats.setdefault(one.incoming.sender, []).append(one)
    return chats.values()
