"""Cases that do not open fill no window: the clocks of all others go on, and the broken ones are counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from hotline.case import SYSTEM, Event, EventKind, Level
from hotline.desk import Desk
from hotline.remember import Rememberer
from hotline.seal import Seal
from hotline.store import cases, clocks, figures
from hotline.store.database import Database
from hotline.store.tables.cases import CaseEvent
from hotline.store.tables.live import CaseClock
from tests.support.clock import Clock
from tests.support.house import desk

_clock, _event = CaseClock.__table__, CaseEvent.__table__  # type: ignore[attr-defined]
KENDAL = desk("kendal")
BROKEN, MOST = 7, 3


def opened(database: Database, seal: Seal, clock: Clock, kendal: Desk = KENDAL) -> int:
    begun = {"track": "anak", "stage": "PENGADUAN_DITERIMA", "source": "finished"}
    raised = {"level": int(Level.TINGGI), "reasons": [], "by": "rule"}
    events = [Event(kind=k, at=clock(), author=SYSTEM, body=b) for k, b in ((EventKind.OPENED, begun), (EventKind.RAISED, raised))]
    with database.write() as conn:
        return cases.open_case(conn, seal, region="kendal", contact_id=None, events=events, now=clock(), deadlines=kendal.deadlines)[0]


def wound(database: Database, case_id: int) -> bool:
    with database.read() as conn:
        return conn.execute(select(_clock.c.case_id).where(_clock.c.case_id == case_id)).first() is not None


@pytest.mark.parametrize("look", ["wind", "sweep"])
def test_cases_that_do_not_open_hold_up_no_other(database: Database, seal: Seal, clock: Clock, look: str) -> None:
    broken = [opened(database, seal, clock) for _ in range(BROKEN)]
    with database.write() as conn:
        conn.execute(update(_event).where(_event.c.case_id.in_(broken)).values(body_sealed=b"?" * 40))
    clock.shift(milliseconds=1)
    healthy = opened(database, seal, clock)
    keeper = Rememberer({"kendal": KENDAL}, seal, clock, most=MOST)
    for _ in range(4):
        with database.write() as conn:
            getattr(keeper, look)(conn)
    assert wound(database, healthy) and not any(wound(database, i) for i in broken)
    with database.read() as conn:
        assert clocks.behind(conn) == BROKEN
        assert figures.gauges(conn, clock())["teduh_cases_with_clocks_behind"] == BROKEN


def test_what_cannot_be_told_keeps_nothing_from_being_told(database: Database, seal: Seal, clock: Clock) -> None:
    case_ids = [opened(database, seal, clock) for _ in range(BROKEN + 1)]
    keeper = Rememberer({"kendal": KENDAL}, seal, clock, most=MOST)
    for _ in range(4):
        with database.write() as conn:
            keeper.sweep(conn)
    with database.write() as conn:
        conn.execute(update(_event).where(_event.c.case_id.in_(case_ids[:-1])).values(body_sealed=b"?" * 40))
        conn.execute(update(_clock).where(_clock.c.case_id == case_ids[-1]).values(tell_at=_clock.c.tell_at + 1))
    clock.shift(minutes=46)
    told = 0
    for _ in range(4):
        with database.write() as conn:
            told += keeper.tell(conn)
    assert told == 1
    clock.set(clock() + timedelta(seconds=1))
    with database.write() as conn:
        assert keeper.tell(conn) == 0
