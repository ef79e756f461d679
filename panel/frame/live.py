"""Live pages: one look at the newest case events for all listeners of a process, only while somebody listens; then "changed" by SSE."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from sqlalchemy import bindparam, select
from starlette.concurrency import run_in_threadpool

from hotline.staff import Who
from hotline.store import conflicts, sign_ins
from hotline.store.database import Database, DatabaseUnavailable
from hotline.store.tables.cases import CaseEvent, CaseFile
from hotline.times import Clock, to_us
from panel.context import Panel, asked
from panel.guard import SIGNED_IN, allow

router = APIRouter()
LOOK_SECONDS = 0.7
BEAT_SECONDS = 5.0
"""The page says "connection lost" when it hears nothing for two of these."""
_LATE = timedelta(seconds=3)
"""An event committed this long after its time is still noticed at once; the page's own slow refresh finds any other."""
_FIRST_LOOK = timedelta(seconds=10)
_MOST = 2000
ALL = "*"

_event = CaseEvent.__table__  # type: ignore[attr-defined]
_case = CaseFile.__table__  # type: ignore[attr-defined]
_newest = (
    select(_event.c.id, _event.c.at, _event.c.case_id, _case.c.region, _case.c.owner_id, _case.c.emergency)
    .join(_case, _case.c.id == _event.c.case_id)
    .where(_event.c.at > bindparam("since"))
    .order_by(_event.c.at.desc())
    .limit(_MOST)
)


@dataclass(eq=False)
class _Listener:
    who: Who
    changed: set[str] = field(default_factory=set)
    wake: asyncio.Event = field(default_factory=asyncio.Event)


class Hub:
    """Tells listeners which cases changed, each only of those they may see."""

    def __init__(self, database: Database, clock: Clock, closing: Callable[[], bool], every: float = LOOK_SECONDS) -> None:
        self._database, self._clock, self._every = database, clock, every
        self.closing = closing
        """Whether the process is about to stop: streams end, or it would wait for them."""
        self._listeners: set[_Listener] = set()
        self._looking: asyncio.Task[None] | None = None
        self._seen: dict[int, int] = {}
        self.reachable = True
        """Whether the last look at the database succeeded."""

    @property
    def looking(self) -> bool:
        """Whether somebody listens, so that the database is looked at."""
        return self._looking is not None and not self._looking.done()

    async def changes(self, who: Who, wait: float) -> AsyncIterator[frozenset[str]]:
        """The codes of what changed: case ids as text, or ALL; an empty set after `wait` seconds without any."""
        listener = _Listener(who)
        self._listeners.add(listener)
        if not self.looking:
            self._seen = {}
            self._looking = asyncio.create_task(self._look_on())
        try:
            while True:
                try:
                    await asyncio.wait_for(listener.wake.wait(), wait)
                except TimeoutError:
                    yield frozenset()
                    continue
                listener.wake.clear()
                if self.closing():
                    return
                found, listener.changed = frozenset(listener.changed), set()
                yield found
        finally:
            self._listeners.discard(listener)

    async def _look_on(self) -> None:
        await self._look(tell=False)
        while self._listeners:
            await asyncio.sleep(self._every)
            if self.closing():
                for listener in self._listeners:
                    listener.wake.set()
                return
            await self._look(tell=True)

    async def _look(self, *, tell: bool) -> None:
        try:
            rows = await run_in_threadpool(self._rows)
            self.reachable = True
        except DatabaseUnavailable:
            self.reachable = False
            return
        fresh = [row for row in rows if row.id not in self._seen]
        newest = max((row.at for row in rows), default=0)
        edge = newest - int(_LATE.total_seconds() * 1e6)
        self._seen = {k: at for k, at in self._seen.items() if at >= edge} | {row.id: row.at for row in rows}
        if not tell or not fresh:
            return
        try:
            hidden = await run_in_threadpool(self._hidden, fresh)
        except DatabaseUnavailable:
            self.reachable, self._seen = False, {k: at for k, at in self._seen.items() if k not in {row.id for row in fresh}}
            return
        self._tell(fresh, hidden, everything=len(rows) >= _MOST)

    def _rows(self) -> list[Any]:
        late = int(_LATE.total_seconds() * 1e6)
        since = max(self._seen.values()) - late if self._seen else to_us(self._clock() - _FIRST_LOOK)
        with self._database.read() as conn:
            return list(conn.execute(_newest, {"since": since}))

    def _hidden(self, rows: list[Any]) -> Callable[[Who, Any], bool]:
        with self._database.read() as conn:
            return conflicts.hiding(conn, {row.case_id for row in rows})

    def _tell(self, rows: list[Any], hidden: Callable[[Who, Any], bool], *, everything: bool) -> None:
        for listener in self._listeners:
            who = listener.who
            mine = {str(row.case_id) for row in rows if who.may_see(row.region, row.owner_id) and not hidden(who, row)}
            if mine:
                listener.changed |= {ALL} if everything else mine
                listener.wake.set()


@router.get("/siaran", response_class=EventSourceResponse)
@allow(SIGNED_IN)
async def stream(request: Request) -> AsyncIterator[ServerSentEvent]:
    """`beat` with the local time every few seconds (`down` while the database is away), `changed` with case ids, `over` at the end."""
    ask = asked(request)
    panel, zone, checked = ask.panel, ask.panel.zone(ask.who), ask.now
    yield _beat(panel, zone)
    async for changed in panel.hub.changes(ask.who, BEAT_SECONDS):
        if changed:
            yield ServerSentEvent(event="changed", raw_data=" ".join(sorted(changed)))
        now = panel.clock()
        # A revoked or expired sign-in hears nothing more: checked at every beat.
        if not changed or now - checked > timedelta(seconds=BEAT_SECONDS):
            checked = now
            if not await run_in_threadpool(_still_signed_in, panel, ask.session.digest, now):
                yield ServerSentEvent(event="over", raw_data="-")
                return
        yield _beat(panel, zone)


def _beat(panel: Panel, zone: Any) -> ServerSentEvent:
    return ServerSentEvent(event="beat" if panel.hub.reachable else "down", raw_data=f"{panel.clock().astimezone(zone):%H.%M.%S}")


def _still_signed_in(panel: Panel, digest: bytes, now: datetime) -> bool:
    try:
        with panel.database.read() as conn:
            return sign_ins.session(conn, digest, now) is not None
    except DatabaseUnavailable:
        return True  # nothing can be read then anyway; the next beat asks again
