"""Cases in rows: the queue's columns always tell what the events tell, and nobody overwrites anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from hotline.case import REPORTER, SYSTEM, Event, EventKind, Level, fold, operator_author
from hotline.seal import Seal, SealError
from hotline.store import cases
from hotline.store.database import Database
from hotline.store.tables.cases import CaseEvent, CaseFile
from tests.support.clock import Clock

DEADLINES = {level: timedelta(minutes=10 * (6 - level)) for level in Level}


def _opened(clock: Clock, level: Level = Level.TINGGI) -> list[Event]:
    at = clock()
    return [
        Event(kind=EventKind.OPENED, at=at, author=SYSTEM, body={"track": "anak", "stage": "PENGADUAN_DITERIMA", "source": "danger"}),
        Event(
            kind=EventKind.ANSWERED,
            at=at,
            author=REPORTER,
            body={"key": "kecamatan", "value": "Weleri", "label": "Weleri", "question": "Di mana?"},
        ),
        Event(kind=EventKind.RAISED, at=at, author=SYSTEM, body={"level": int(level), "reasons": ["R3=serumah"], "by": "rule"}),
    ]


def test_a_case_comes_back_as_it_was_told(database: Database, seal: Seal, clock: Clock) -> None:
    with database.write() as conn:
        case_id, code = cases.open_case(
            conn, seal, region="kendal", contact_id=None, events=_opened(clock), now=clock(), deadlines=DEADLINES
        )
    with database.read() as conn:
        state = cases.load_state(conn, seal, case_id)
        row = conn.execute(select(CaseFile).where(CaseFile.id == case_id)).one()  # type: ignore[arg-type]
    assert (state.level, state.reasons, state.answers, state.version) == (Level.TINGGI, ("R3=serumah",), {"kecamatan": "Weleri"}, 3)
    assert (row.code, row.area, row.unread, len(code)) == (code, "Weleri", 1, cases.CODE_DIGITS)
    assert row.due_at == row.opened_at + 30 * 60 * 1_000_000


def test_the_second_save_on_an_old_version_is_refused_and_nothing_is_kept(database: Database, seal: Seal, clock: Clock) -> None:
    with database.write() as conn:
        case_id, _ = cases.open_case(conn, seal, region="kendal", contact_id=None, events=_opened(clock), now=clock())
    note = Event(kind=EventKind.NOTED, at=clock(), author=operator_author(7), body={"text": "catatan"})
    with database.write() as conn:
        cases.append(conn, seal, case_id, [note], expected_version=3)
    with pytest.raises(cases.CaseChanged) as refused, database.write() as conn:
        cases.append(conn, seal, case_id, [note], expected_version=3)
    assert (refused.value.expected, refused.value.actual) == (3, 4)
    with database.read() as conn:
        assert [e.seq for e in cases.load_events(conn, seal, case_id)] == [1, 2, 3, 4]


def test_claiming_stops_the_clock(database: Database, seal: Seal, clock: Clock) -> None:
    with database.write() as conn:
        case_id, _ = cases.open_case(conn, seal, region="kendal", contact_id=None, events=_opened(clock), now=clock(), deadlines=DEADLINES)
        claimed = Event(kind=EventKind.CLAIMED, at=clock(), author=operator_author(7), body={"operator": 7, "name": "Rina"})
        cases.append(conn, seal, case_id, [claimed], deadlines=DEADLINES)
        row = conn.execute(select(CaseFile.due_at, CaseFile.owner_id)).one()  # type: ignore[call-overload]
    assert tuple(row) == (None, 7)


def test_an_event_moved_to_another_row_does_not_open(database: Database, seal: Seal, clock: Clock) -> None:
    with database.write() as conn:
        case_id, _ = cases.open_case(conn, seal, region="kendal", contact_id=None, events=_opened(clock), now=clock())
        table = CaseEvent.__table__  # type: ignore[attr-defined]
        first = conn.execute(select(table.c.body_sealed).where(table.c.seq == 1)).scalar_one()
        conn.execute(table.update().where(table.c.seq == 2).values(body_sealed=first))
    with pytest.raises(SealError), database.read() as conn:
        cases.load_events(conn, seal, case_id)


_later = st.sampled_from(
    [
        (EventKind.SAID, {"text": "lagi"}),
        (EventKind.REPLIED, {"text": "baik"}),
        (EventKind.NOTED, {"text": "n"}),
        (EventKind.CLAIMED, {"operator": 7, "name": "R"}),
        (EventKind.RELEASED, {"reason": "r"}),
        (EventKind.MOVED, {"stage": "TELAAH"}),
        (EventKind.ACKNOWLEDGED, {}),
        (EventKind.HANDLED, {"emergency": "SELESAI"}),
        (EventKind.RAISED, {"level": 5, "reasons": ["R1=ya"], "by": "rule"}),
        (EventKind.LOWERED, {"level": 2, "reason": "r", "approved_by": 8}),
        (EventKind.TOLD, {"told": "terputus"}),
        (EventKind.READ, {}),
        (EventKind.WITHDRAWN, {}),
        (EventKind.CLOSED, {"reason": "x"}),
        (EventKind.REOPENED, {"reason": "x"}),
        (EventKind.ANSWERED, {"key": "R4", "value": "6-12", "label": "6 sampai 12", "question": "Umur?"}),
    ]
)


@given(later=st.lists(st.tuples(_later, st.integers(0, 90)), max_size=12))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_columns_are_the_fold_of_the_events(
    sqlite_database: Database, seal: Seal, later: list[tuple[tuple[EventKind, dict[str, object]], int]]
) -> None:
    clock = Clock()
    with sqlite_database.write() as conn:
        case_id, _ = cases.open_case(conn, seal, region="kendal", contact_id=None, events=_opened(clock), now=clock())
        for (kind, body), minutes in later:
            clock.shift(minutes=minutes)
            cases.append(conn, seal, case_id, [Event(kind=kind, at=clock(), author=REPORTER, body=body)])
        state = fold(cases.load_events(conn, seal, case_id))
        table = CaseFile.__table__  # type: ignore[attr-defined]
        columns = cases.state_of(conn.execute(select(table).where(table.c.id == case_id)).one())
    for name in ("track", "level", "stage", "emergency", "owner_id", "told", "closed", "waiting_since", "unread", "opened_at", "version"):
        assert getattr(columns, name) == getattr(state, name), name
