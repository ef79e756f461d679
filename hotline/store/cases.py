"""Cases as rows: events appended one after another, and the queue's columns folded from them in the same transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from hotline.case import CaseState, Emergency, Event, EventKind, Level, Told, Track, fold
from hotline.compact import dumps, loads
from hotline.ids import new_id
from hotline.seal import Seal
from hotline.store.tables import CaseEvent, CaseFile
from hotline.times import from_us, to_us

Deadlines = Mapping[Level, timedelta]
"""How soon somebody must acknowledge a case of each level: policy of the Dinas, from the region's profile."""

_case = CaseFile.__table__  # type: ignore[attr-defined]
_event = CaseEvent.__table__  # type: ignore[attr-defined]
_insert_event = insert(_event)
_insert_case = insert(_case)
_select_case = select(_case).where(_case.c.id == bindparam("k")).with_for_update()
_select_events = select(_event).where(_event.c.case_id == bindparam("k")).order_by(_event.c.seq)
_code_taken = select(func.count()).select_from(_case).where(_case.c.code == bindparam("k"))

CODE_DIGITS = 9
# Which answers of the story are columns of the queue (categories only, never words).
_COLUMN_OF = {"jenis": "kind", "layanan": "kind", "pelapor": "reporter", "R4": "age_band", "kecamatan": "area"}
_COLUMN_CUT = {"kind": 40, "reporter": 16, "age_band": 16, "area": 80}
_STARTS_CLOCK = frozenset({EventKind.OPENED, EventKind.RAISED, EventKind.REOPENED})
_STOPS_CLOCK = frozenset({EventKind.CLAIMED, EventKind.ACKNOWLEDGED, EventKind.HANDLED, EventKind.CLOSED})


class CaseNotFound(Exception):
    """There is no such case."""


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
) -> tuple[int, str]:
    """Make a case of these events, the first of them OPENED; gives its id and its nine-digit code."""
    case_id, code = new_id(), _new_code(conn)
    numbered = [replace(event, seq=i) for i, event in enumerate(events, 1)]
    state = fold(numbered)
    row = {
        "id": case_id,
        "region": region,
        "code": code,
        "contact_id": contact_id,
        "pin_sealed": None,
        "pin_hash": None,
        "wrong_pins": 0,
        "pins_locked_until": None,
        "kind": "",
        "reporter": "",
        "age_band": "",
        "area": "",
        "opened_at": to_us(now),
        "due_at": None,
    }
    conn.execute(_insert_case, row | _columns(state, numbered, deadlines))
    _insert_events(conn, seal, case_id, numbered)
    return case_id, code


def append(
    conn: Connection,
    seal: Seal,
    case_id: int,
    events: Iterable[Event],
    *,
    expected_version: int | None = None,
    deadlines: Deadlines | None = None,
) -> CaseState:
    """Add events to a case and give its new state (without answers and reasons of before).

    With `expected_version`, raises CaseChanged if anything was added since that version was read.
    """
    row = conn.execute(_select_case, {"k": case_id}).first()
    if row is None:
        raise CaseNotFound(CaseNotFound.__doc__)
    if expected_version is not None and row.version != expected_version:
        raise CaseChanged(expected_version, row.version)
    numbered = [replace(event, seq=row.version + i) for i, event in enumerate(events, 1)]
    state = fold(numbered, state_of(row))
    if numbered:
        conn.execute(update(_case).where(_case.c.id == case_id).values(_columns(state, numbered, deadlines)))
        _insert_events(conn, seal, case_id, numbered)
    return state


def load_events(conn: Connection, seal: Seal, case_id: int) -> list[Event]:
    """Everything that happened to a case, in order, opened."""
    return [
        Event(
            kind=EventKind(row.kind),
            at=from_us(row.at),
            author=row.author,
            seq=row.seq,
            body=loads(seal.open(row.body_sealed, "case_event", row.id, "body")),
        )
        for row in conn.execute(_select_events, {"k": case_id})
    ]


def load_state(conn: Connection, seal: Seal, case_id: int) -> CaseState:
    """The whole state, answers and reasons included; raises CaseNotFound."""
    events = load_events(conn, seal, case_id)
    if not events:
        raise CaseNotFound(CaseNotFound.__doc__)
    return fold(events)


def state_of(row: Row[Any]) -> CaseState:
    """The state as far as the queue's columns tell it: no answers, no reasons."""
    return CaseState(
        track=Track(row.track),
        level=Level(row.level),
        stage=row.stage,
        emergency=Emergency(row.emergency),
        owner_id=row.owner_id,
        told=Told(row.told),
        closed=bool(row.closed),
        waiting_since=from_us(row.waiting_since) if row.waiting_since is not None else None,
        unread=row.unread,
        opened_at=from_us(row.opened_at),
        version=row.version,
    )


def _columns(state: CaseState, events: Sequence[Event], deadlines: Deadlines | None) -> dict[str, object]:
    values: dict[str, object] = {
        "track": state.track.value,
        "level": int(state.level),
        "stage": state.stage,
        "emergency": state.emergency.value,
        "owner_id": state.owner_id,
        "told": state.told.value,
        "closed": state.closed,
        "waiting_since": to_us(state.waiting_since) if state.waiting_since else None,
        "unread": state.unread,
        "version": state.version,
    }
    for event in events:
        column = _COLUMN_OF.get(event.text("key")) if event.kind is EventKind.ANSWERED else None
        if column:
            values[column] = event.text("value")[: _COLUMN_CUT[column]]
        if event.kind in _STOPS_CLOCK:
            values["due_at"] = None
        elif event.kind in _STARTS_CLOCK and deadlines and state.owner_id is None:
            values["due_at"] = to_us(event.at + deadlines[state.level])
    return values


def _insert_events(conn: Connection, seal: Seal, case_id: int, events: Sequence[Event]) -> None:
    rows = []
    for event in events:
        row_id = new_id()
        body = dumps(dict(event.body))
        rows.append(
            {
                "id": row_id,
                "case_id": case_id,
                "seq": event.seq,
                "kind": event.kind.value,
                "audience": event.audience.value,
                "author": event.author,
                "at": to_us(event.at),
                "body_sealed": seal(body, "case_event", row_id, "body"),
            }
        )
    conn.execute(_insert_event, rows)


def _new_code(conn: Connection) -> str:
    while True:
        code = str(secrets.randbelow(9 * 10 ** (CODE_DIGITS - 1)) + 10 ** (CODE_DIGITS - 1))
        if not conn.execute(_code_taken, {"k": code}).scalar():
            return code
