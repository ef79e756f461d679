"""One case at a time: opened, added to, and read back from its events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from hotline.case import CaseState, Event, EventKind, fold
from hotline.compact import loads
from hotline.seal import Seal
from hotline.store.ledger import CODE_DIGITS, CaseNotFound, Deadlines, Ladders, Ledger, state_of
from hotline.store.sql.bulk import Lookup
from hotline.store.tables.cases import CaseEvent, CaseFile
from hotline.times import from_us

__all__ = [
    "CODE_DIGITS",
    "CaseChanged",
    "CaseNotFound",
    "Deadlines",
    "Ladders",
    "append",
    "held_by",
    "load_all_events",
    "load_events",
    "load_state",
    "open_case",
    "state_of",
]

_event, _case = CaseEvent.__table__, CaseFile.__table__  # type: ignore[attr-defined]
_of_cases = _event.c.case_id.in_(bindparam("ids", expanding=True))
_select_events = Lookup(select(_event).where(_of_cases).order_by(_event.c.case_id, _event.c.seq))


class CaseChanged(Exception):
    """Somebody saved this case in between; `expected` and `actual` are its versions (the sequence number of the last event)."""

    def __init__(self, expected: int, actual: int) -> None:
        super().__init__(CaseChanged.__doc__)
        self.expected, self.actual = expected, actual


def open_case(
    conn: Connection,
    seal: Seal,
    *,
    region: str,
    contact_id: int | None,
    events: Sequence[Event],
    now: datetime,
    deadlines: Deadlines | None = None,
    ladders: Ladders | None = None,
) -> tuple[int, str]:
    """Make a case of these events, the first of them OPENED; gives its id and its nine-digit code."""
    ledger = Ledger(conn, seal, ladders or {})
    case_id = ledger.open(region=region, contact_id=contact_id, events=events, now=now, deadlines=deadlines)
    ledger.flush()
    return case_id, str(ledger.row(case_id)["code"])


def append(
    conn: Connection,
    seal: Seal,
    case_id: int,
    events: Iterable[Event],
    *,
    expected_version: int | None = None,
    deadlines: Deadlines | None = None,
    ladders: Ladders | None = None,
) -> CaseState:
    """Add events to a case and give its new state (without answers and reasons of before).

    With `expected_version`, raises CaseChanged if anything was added since that version was read; raises CaseNotFound.
    """
    ledger = Ledger(conn, seal, ladders or {})
    version = ledger.state(case_id).version
    if expected_version is not None and version != expected_version:
        raise CaseChanged(expected_version, version)
    state = ledger.append(case_id, events, deadlines)
    ledger.flush()
    return state


def load_events(conn: Connection, seal: Seal, case_id: int) -> list[Event]:
    """Everything that happened to a case, in order, opened."""
    return load_all_events(conn, seal, [case_id])[case_id]


def load_all_events(conn: Connection, seal: Seal, case_ids: Sequence[int]) -> dict[int, list[Event]]:
    """The same of several cases at once; an empty list for one that is not there."""
    found: dict[int, list[Event]] = {case_id: [] for case_id in case_ids}
    for row in _select_events(conn, ids=list(case_ids)) if case_ids else ():
        body = loads(seal.open(row.body_sealed, "case_event", row.id, "body"))
        found[row.case_id].append(Event(kind=EventKind(row.kind), at=from_us(row.at), author=row.author, seq=row.seq, body=body))
    return found


def load_state(conn: Connection, seal: Seal, case_id: int) -> CaseState:
    """The whole state, answers and reasons included; raises CaseNotFound."""
    events = load_events(conn, seal, case_id)
    if not events:
        raise CaseNotFound(CaseNotFound.__doc__)
    return fold(events)


def held_by(conn: Connection, operator_id: int) -> list[int]:
    """The open cases that this operator holds, locked until the commit."""
    theirs = (_case.c.owner_id == operator_id, _case.c.closed.is_(False))
    return list(conn.execute(select(_case.c.id).where(*theirs).order_by(_case.c.id).with_for_update()).scalars())
