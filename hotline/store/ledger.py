"""Cases of one transaction: read together, changed in memory, written together, so that many turns cost a handful of statements."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, any_, bindparam, func, insert, literal_column, select, update

from hotline.alarm.heard import Heard, heard
from hotline.alarm.ladder import Ladder
from hotline.case import FACTS, UNTOLD, CaseState, Emergency, Event, EventKind, Level, Told, Track
from hotline.compact import dumps
from hotline.ids import new_id
from hotline.seal import Seal
from hotline.store import conflicts, facts
from hotline.store.alarm import pages, ringing
from hotline.store.sql.bulk import Asked, Bulk, Lookup
from hotline.store.tables.cases import CaseEvent, CaseFile
from hotline.store.tables.people import Contact
from hotline.times import from_us, to_us
from hotline.values import changed

Deadlines = Mapping[Level, timedelta]
"""How soon somebody must acknowledge a case of each level: policy of the Dinas, from the region's profile."""
Ladders = Mapping[str, Ladder]
"""Who is called in an emergency, by region."""
_NO_LADDERS: Ladders = {}

_case = CaseFile.__table__  # type: ignore[attr-defined]
_contact = Contact.__table__  # type: ignore[attr-defined]
_event = CaseEvent.__table__  # type: ignore[attr-defined]
_FIXED = ("id", "region", "code", "contact_id", "opened_at")
_CHANGING = tuple(c.name for c in _case.c if c.name not in _FIXED)
# Locked in one order by everybody, so that nobody waits in a circle.
_read = select(_case, pages.untold().label("untold")).order_by(_case.c.id).with_for_update(of=_case)
_select = Lookup(_read.where(_case.c.id.in_(bindparam("ids", expanding=True))))
# As an array, PostgreSQL asks the contacts once and goes to their cases by number.
_held: ColumnElement[Any] = literal_column("ARRAY[contact.case_id, contact.last_case_id, contact.waits_case_id]")
_theirs = select(func.unnest(_held)).select_from(_contact).where(_contact.c.address_key.in_(bindparam("keys", expanding=True)))
_select_theirs = Lookup(_read.where(_case.c.id == any_(func.array(_theirs.scalar_subquery()))))
_insert, _insert_events = Bulk(insert(_case)), Bulk(insert(_event))
_CHANGES = [(column, column + "_") for column in _CHANGING]
_update = Bulk(update(_case).where(_case.c.id == bindparam("k")).values({column: bindparam(name) for column, name in _CHANGES}))
_by_code = select(_case.c.id).where(_case.c.code == bindparam("of_code"), _case.c.region == bindparam("of_region"))

CODE_DIGITS = 9
_NEW = CaseState()
# What a column says, by its value: a case is read at every turn, and an enumeration's own look-up takes five times as long.
_TRACKS = {track.value: track for track in Track}
_EMERGENCIES = {emergency.value: emergency for emergency in Emergency}
_TOLD = {told.value: told for told in Told}
_LEVELS = {int(level): level for level in Level}
# Which answers of the story are columns of the queue (categories only, never words), and how much of them fits.
_COLUMN_OF = {
    "jenis": ("kind", 40),
    "layanan": ("kind", 40),
    "pelapor": ("reporter", 16),
    "R4": ("age_band", 16),
    "kecamatan": ("area", 80),
    "minta_petugas": ("wants_talk", 16),
}
ENDS_WISH = frozenset({EventKind.RAISED, EventKind.LOWERED, EventKind.CLOSED, EventKind.DECLINED})
"""After one of these nobody's wish to lower the level waits any more."""
_STARTS_CLOCK = frozenset({EventKind.OPENED, EventKind.RAISED, EventKind.REOPENED, EventKind.RELEASED})
_STOPS_CLOCK = frozenset({EventKind.CLAIMED, EventKind.ACKNOWLEDGED, EventKind.HANDLED, EventKind.CLOSED})


class CaseNotFound(Exception):
    """There is no such case."""


@dataclass(slots=True)
class _Page:
    row: dict[str, Any]
    state: CaseState
    new: bool
    events: list[Event] = field(default_factory=list)
    changed: bool = False
    heard: list[tuple[Heard, Event]] = field(default_factory=list)
    """What its alarm has still to be told."""


class Ledger:
    """The cases that one transaction touches. Nothing is written before `flush`; whoever reads rows of its cases flushes first.

    Flush after contacts are saved: an emergency calls officers then, whose phones may be contacts of this transaction.
    """

    def __init__(self, conn: Connection, seal: Seal, ladders: Ladders = _NO_LADDERS) -> None:
        self._conn, self._seal, self._ladders = conn, seal, ladders
        self._pages: dict[int, _Page] = {}
        self._asked: Asked | None = None

    def read(self, case_ids: Iterable[int]) -> None:
        """Lock and read these cases at once; those already read stay as they are."""
        self._take_in()
        wanted = sorted({i for i in case_ids if i not in self._pages})
        self._asked = _select.ask(self._conn, ids=wanted) if wanted else None

    def foresee(self, keys: list[bytes]) -> None:
        """Lock and read the cases of these contacts (by fingerprint), before these are read themselves. PostgreSQL alone."""
        self._asked = _select_theirs.ask(self._conn, keys=keys)

    def _take_in(self) -> None:
        """The answer to `read`, which waits until somebody wants to know."""
        if self._asked is not None:
            for row in self._asked.rows():
                self._pages[row.id] = _Page(row._asdict(), state_of(row), new=False)
            self._asked = None

    def state(self, case_id: int) -> CaseState:
        """The case as its columns and this transaction's events tell it. Raises CaseNotFound."""
        return self._page(case_id).state

    def row(self, case_id: int) -> Mapping[str, Any]:
        """Its columns by name, locked until the commit. Raises CaseNotFound."""
        return self._page(case_id).row

    def untold(self, case_id: int) -> int | None:
        """`pages.untold` for this case, once."""
        found: int | None = self._page(case_id).row.pop("untold", None)
        return found

    def find(self, region: str, code: str) -> int | None:
        """The case of this code in this region."""
        self.write()
        found = self._conn.execute(_by_code, {"of_region": region, "of_code": code}).scalar() if code else None
        return None if found is None else int(found)

    def open(
        self, *, region: str, contact_id: int | None, events: Sequence[Event], now: datetime, deadlines: Deadlines | None = None
    ) -> int:
        """Make a case of these events, the first of them OPENED; gives its id."""
        row: dict[str, Any] = {"id": new_id(), "region": region, "code": _new_code()}
        row |= {"contact_id": contact_id, "opened_at": to_us(now)}
        row |= {"pin_sealed": None, "pin_hash": None, "wrong_pins": 0, "pins_locked_until": None, "due_at": None}
        row["lowering_by"] = None
        row |= {name: "" for name, _ in _COLUMN_OF.values()}
        self._pages[row["id"]] = _Page(row, _NEW, new=True)
        self.append(row["id"], events, deadlines)
        return int(row["id"])

    def append(self, case_id: int, events: Iterable[Event], deadlines: Deadlines | None = None) -> CaseState:
        """Add events to a case and give its new state (answers and reasons only of this transaction). Raises CaseNotFound."""
        page = self._page(case_id)
        numbered = [changed(event, seq=page.state.version + i) for i, event in enumerate(events, 1)]
        if numbered:
            page.state, happened = heard(page.state, numbered)
            page.heard += happened
            page.events += numbered
            page.row |= self._stays_known(page, _columns(page.state, numbered, deadlines))
            page.changed = True
        return page.state

    def _stays_known(self, page: _Page, columns: dict[str, Any]) -> dict[str, Any]:
        """The columns without what a reporter does not know and people have found out."""
        row = page.row
        lost = [name for name in FACTS if columns.get(name) in UNTOLD and row[name] not in UNTOLD]
        if lost and not page.new:
            found_out = facts.found_out(self._conn, self._seal, row["id"])
            return {name: value for name, value in columns.items() if name not in lost or name not in found_out}
        return columns

    def set(self, case_id: int, **values: Any) -> None:
        """Change columns that no event tells: the PIN's."""
        page = self._page(case_id)
        page.row |= values
        page.changed = True

    def flush(self, *, guarded: bool = True) -> None:
        """Write what changed (new cases, changed cases, events), and let their alarms ring, fall silent or end.

        Without `guarded` an alarm that cannot be moved raises AlarmNotMoved (`ringing.follow`).
        """
        self.write()
        happened = [(page.row, page.heard, self._ladders.get(page.row["region"])) for page in self._pages.values() if page.heard]
        for page in self._pages.values():
            page.heard = []
        if happened:
            ringing.follow(self._conn, self._seal, happened, guarded=guarded)

    @property
    def rings(self) -> bool:
        """Whether an alarm has to be told of what happened."""
        return any(page.heard for page in self._pages.values())

    def write(self) -> None:
        """Write what changed, without its alarms, which hear of it at `flush`."""
        touched = [page for page in self._pages.values() if page.changed]
        _insert(self._conn, [page.row for page in touched if page.new])
        old = [page.row for page in touched if not page.new]
        _update(self._conn, [{"k": row["id"], **{name: row[column] for column, name in _CHANGES}} for row in old])
        places = [(page.row["id"], place) for page in touched if (place := conflicts.told(page.events)) is not None]
        conflicts.note(self._conn, places)
        _insert_events(self._conn, [self._event_row(page.row["id"], event) for page in touched for event in page.events])
        for page in touched:
            page.new, page.changed, page.events = False, False, []

    def _page(self, case_id: int) -> _Page:
        self._take_in()
        if case_id not in self._pages:
            self.read([case_id])
            self._take_in()
        try:
            return self._pages[case_id]
        except KeyError:
            raise CaseNotFound(CaseNotFound.__doc__) from None

    def _event_row(self, case_id: int, event: Event) -> dict[str, Any]:
        row_id = new_id()
        return {
            "id": row_id,
            "case_id": case_id,
            "seq": event.seq,
            "kind": event.kind.value,
            "audience": event.audience.value,
            "author": event.author,
            "at": to_us(event.at),
            "body_sealed": self._seal(dumps(dict(event.body)), "case_event", row_id, "body"),
        }


def _new_code() -> str:
    """Nine random digits. A code that is taken fails the transaction, which is then worked again with another.

    None begins as a mobile number does, with 0 or 628: thirteen digits sent alone can then only be one of the two.
    """
    code = str(secrets.randbelow(9 * 10 ** (CODE_DIGITS - 1)) + 10 ** (CODE_DIGITS - 1))
    return _new_code() if code.startswith("628") else code


def state_of(row: Row[Any]) -> CaseState:
    """The state as far as the queue's columns tell it: no answers, no reasons."""
    return changed(
        _NEW,
        track=_TRACKS[row.track],
        level=_LEVELS[row.level],
        stage=row.stage,
        emergency=_EMERGENCIES[row.emergency],
        owner_id=row.owner_id,
        told=_TOLD[row.told],
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
        if event.kind is EventKind.ANSWERED and (column := _COLUMN_OF.get(event.text("key"))):
            values[column[0]] = event.text("value")[: column[1]]
        elif event.kind is EventKind.RECORDED and (fact := FACTS.get(event.text("what"))):
            name, most = _COLUMN_OF[fact]
            values[name] = event.text("number")[:most]
        elif event.kind is EventKind.PROPOSED:
            values["lowering_by"] = int(event.author.partition(":")[2])
        if event.kind in ENDS_WISH:
            values["lowering_by"] = None
        if event.kind in _STOPS_CLOCK:
            values["due_at"] = None
        elif event.kind in _STARTS_CLOCK and deadlines and state.owner_id is None:
            values["due_at"] = to_us(event.at + deadlines[state.level])
    return values
