"""Files are fetched after their message was acknowledged: judged, sealed in pieces, read back, and only then deleted at the provider.

Every step is a row's state, so a crash at any moment repeats a step and loses nothing. No file ever lies on a disk unsealed.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from hotline.desk import Desk
from hotline.file_kinds import INFECTED, MOST_A_DAY, MOST_BYTES, TOO_LARGE, TOO_MANY, UNKNOWN_KIND, FileKind, judge
from hotline.loops import forever
from hotline.media.notice import tell_refused
from hotline.media.scan import Clamd, Scan
from hotline.media.scrub import copied_as, working_copy
from hotline.media.source import NotFetched, Source, Trouble
from hotline.seal import Seal, SealError
from hotline.store import attachments, pieces
from hotline.store.attachments import CHECK, DUE, FAILED, GONE, KEPT, NONE, ORIGINAL, REFUSED, STUCK, WANTED, WORKING, Claimed, Copy
from hotline.store.database import DatabaseUnavailable
from hotline.times import Clock, now
from hotline.writer import Writer

_log = structlog.get_logger(__name__)
AT_ONCE = 2
"""Files in memory at once in one worker, each of 20 MB at most."""
LEASE, STEP_SECONDS = timedelta(minutes=4), 220.0
IDLE_SECONDS = 1.0
_FIRST_PAUSE, _LONGEST_PAUSE = 3.0, 900.0
FETCH_FOR, DELETE_FOR = timedelta(hours=48), timedelta(days=14)
"""How long a provider that does not answer is asked again; afterwards people see the file as failed, the copy as stuck."""
_PIECES_A_COMMIT = 4
"""Sealed pieces written in one transaction: one mebibyte, so that no citizen's message waits behind a film."""


class Keeper:
    """The loop that keeps files. Any number may run, in any number of processes."""

    def __init__(
        self,
        sources: Mapping[str, Source],
        writer: Writer,
        seal: Seal,
        desks: Mapping[str, Desk],
        *,
        clock: Clock = now,
        chance: random.Random | None = None,
        scanner: Clamd | None = None,
    ) -> None:
        self._sources, self._writer, self._seal, self._desks, self._scanner = sources, writer, seal, desks, scanner
        self._clock, self._chance = clock, chance or random.Random()

    async def run(self) -> None:
        """For ever, or until cancelled."""
        await forever(self.once, IDLE_SECONDS)

    async def once(self) -> int:
        """Do what is due now, a few files at once; gives how many. Raises DatabaseUnavailable."""
        claimed = await self._writer.do(
            lambda conn: attachments.claim(conn, self._seal, self._sources, most=AT_ONCE, lease=LEASE, now=self._clock())
        )
        for error in await asyncio.gather(*(self._step(file) for file in claimed), return_exceptions=True):
            if isinstance(error, DatabaseUnavailable):
                raise error
            if isinstance(error, Exception):
                # It is tried again when its lease is over.
                _log.error("a file could not be settled, will be tried again", error=type(error).__name__)
        return len(claimed)

    async def _step(self, file: Claimed) -> None:
        source = self._sources[file.channel]
        try:
            async with asyncio.timeout(STEP_SECONDS):
                await (self._keep(file, source) if file.state == WANTED else self._forget(file, source))
        except NotFetched as refusal:
            await self._failed(file, source, refusal)
        except TimeoutError:
            await self._failed(file, source, NotFetched(Trouble.UNREACHABLE))
        except DatabaseUnavailable:
            raise
        except Exception as error:
            # Only its kind: the words of the error may quote the file.
            _log.error("a file could not be worked, will be tried again", error=type(error).__name__)
            await self._failed(file, source, NotFetched(Trouble.UNREACHABLE))

    # -- fetching

    async def _keep(self, file: Claimed, source: Source) -> None:
        many = await self._writer.do(lambda conn: attachments.sent_before(conn, file, timedelta(days=1)) >= MOST_A_DAY)
        if many:
            return await self._refuse(file, source, TOO_MANY)
        data = await source.fetch(file.reference, MOST_BYTES)
        kind = await asyncio.to_thread(judge, data)
        if kind is None:
            return await self._refuse(file, source, UNKNOWN_KIND)
        scan = await self._scanner.scan(data) if self._scanner is not None else None
        if scan is Scan.INFECTED:
            return await self._refuse(file, source, INFECTED)
        await self._writer.do(lambda conn: pieces.clear(conn, file.id))
        copies = {ORIGINAL: await self._put(file, ORIGINAL, data, kind)}
        clean = await working_copy(data, kind)
        if clean is not None:
            copies[WORKING] = await self._put(file, WORKING, clean, copied_as(kind))
        facts, provider = attachments.sealed_facts(self._seal, file.id, copies), CHECK if source.keeps_copies else NONE
        reason = Scan.UNKNOWN.value if scan is Scan.UNKNOWN else ""
        await self._settle(file, state=KEPT, provider=provider, facts=facts, tries=0, reason=reason)
        _log.info("file kept", attachment=file.id, kind=kind.code, bytes=len(data), clean=clean is not None)
        return None

    async def _put(self, file: Claimed, version: str, data: bytes, kind: FileKind) -> Copy:
        sealed = await asyncio.to_thread(pieces.sealed, self._seal, file.id, version, data)
        for start in range(0, len(sealed), _PIECES_A_COMMIT):
            some = sealed[start : start + _PIECES_A_COMMIT]
            await self._writer.do(lambda conn, some=some: pieces.put(conn, some))  # type: ignore[misc]
        return Copy(content_type=kind.content_type, size=len(data), sha256=hashlib.sha256(data).hexdigest(), pieces=len(sealed))

    async def _refuse(self, file: Claimed, source: Source, reason: str) -> None:
        provider, at, desk = DUE if source.keeps_copies else NONE, self._clock(), self._desks.get(file.region)

        def refuse(conn: Connection) -> None:
            if desk is not None and not attachments.told_before(conn, file):
                tell_refused(conn, self._seal, desk, file, reason, at)
            attachments.settle(conn, file.id, state=REFUSED, provider=provider, due=at, reason=reason, tries=0)

        await self._writer.do(refuse)
        _log.info("file refused", attachment=file.id, reason=reason)

    # -- the provider's copy

    async def _forget(self, file: Claimed, source: Source) -> None:
        if file.provider == CHECK and not await self._reads_back(file):
            _log.error("a kept file does not read back, it is fetched again", attachment=file.id)
            await self._settle(file, state=WANTED, provider=NONE, tries=0)
            return
        await source.forget(file.reference)
        await self._settle(file, state=file.state, provider=GONE, tries=0)

    async def _reads_back(self, file: Claimed) -> bool:
        """Whether what lies in the database opens and is, to the bit, what was fetched."""
        copy, digest = file.copies[ORIGINAL], hashlib.sha256()
        try:
            for number in range(copy.pieces):
                digest.update(
                    await self._writer.do(lambda conn, n=number: pieces.one(conn, self._seal, file.id, ORIGINAL, n))  # type: ignore[misc]
                )
        except (SealError, attachments.FileNotFound):
            return False
        return digest.hexdigest() == copy.sha256

    # -- failing

    async def _failed(self, file: Claimed, source: Source, refusal: NotFetched) -> None:
        trouble = refusal.trouble
        _log.warning("provider's file", trouble=trouble.value, attachment=file.id, state=file.state, tries=file.tries + 1)
        if file.state == WANTED and trouble is Trouble.TOO_LARGE:
            return await self._refuse(file, source, TOO_LARGE)
        asked_for, at = FETCH_FOR if file.state == WANTED else DELETE_FOR, self._clock()
        if trouble.retry and at - file.created_at < asked_for:
            return await self._settle(file, state=file.state, provider=file.provider, due=at + self._pause(file, refusal))
        if file.state == WANTED:
            return await self._settle(file, state=FAILED, provider=NONE, reason=trouble.value)
        return await self._settle(file, state=file.state, provider=STUCK)

    def _pause(self, file: Claimed, refusal: NotFetched) -> timedelta:
        seconds = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(file.tries, 16)) * self._chance.uniform(0.5, 1.0)
        return timedelta(seconds=max(seconds, refusal.retry_after or 0.0))

    async def _settle(
        self,
        file: Claimed,
        *,
        state: str,
        provider: str,
        due: datetime | None = None,
        reason: str | None = None,
        facts: bytes | None = None,
        tries: int | None = None,
    ) -> None:
        when = due or self._clock()
        await self._writer.do(
            lambda conn: attachments.settle(
                conn, file.id, state=state, provider=provider, due=when, reason=reason, facts=facts, tries=tries
            )
        )
