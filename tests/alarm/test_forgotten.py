"""Old alarms are forgotten with their calls; running ones, those of open cases and the figures stay."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select, update

from hotline.alarm.ladder import Ladder
from hotline.remember import Rememberer
from hotline.store import paces
from hotline.store.alarm import alarms, drills
from hotline.store.tables.alarm import AlarmPage, AlarmRow, AlarmRung
from hotline.store.tables.cases import CaseFile
from tests.alarm.conftest import KENDAL
from tests.support.nights import Night

_alarm, _rung, _page, _case = (t.__table__ for t in (AlarmRow, AlarmRung, AlarmPage, CaseFile))  # type: ignore[attr-defined]
KEPT = timedelta(days=KENDAL.profile.file.on_call.keep_days)


def counted(night: Night) -> tuple[int, int, int]:
    """How many alarms, rungs and calls are stored."""
    with night.house.database.read() as conn:
        found = [conn.execute(select(func.count()).select_from(table)).scalar_one() for table in (_alarm, _rung, _page)]
    return found[0], found[1], found[2]


def forget(night: Night) -> int:
    with night.house.database.write() as conn:
        return night.schedulers[0].forget(conn)


def test_what_ended_long_ago_goes_once_its_case_is_closed_and_the_figures_stay(night: Night) -> None:
    began = night.clock()
    case_id = night.cry().case_id or 0
    night.handled(case_id, "ani")
    with night.house.database.write() as conn:
        Rememberer(night.house.desks, night.house.seal, night.clock).sweep(conn)
    night.clock.shift(days=KEPT.days, hours=1)
    before = counted(night)
    assert forget(night) == 0 and counted(night) == before
    with night.house.database.write() as conn:
        conn.execute(update(_case).values(closed=True))
        events = len(night.house.events(case_id))
    assert forget(night) == 1 and counted(night) == (0, 0, 0)
    assert len(night.house.events(case_id)) == events
    with night.house.database.read() as conn:
        assert len(paces.answered(conn, "kendal", began - timedelta(days=1), night.clock())) == 1


def test_a_drill_is_kept_as_long_and_what_rings_is_never_forgotten(night: Night) -> None:
    with night.house.database.write() as conn:
        drill_id = drills.begin(conn, night.house.seal, "kendal", Ladder.of(KENDAL.profile.file.on_call), night.clock())
        alarms.end(conn, drill_id, night.clock())
    night.cry()
    night.clock.shift(days=KEPT.days - 1)
    assert forget(night) == 0
    night.clock.shift(days=2)
    assert forget(night) == 1
    with night.house.database.read() as conn:
        assert drills.read(conn, drill_id) is None
        assert len(alarms.open_alarms(conn, "kendal")) == 1
    assert forget(night) == 0
