"""The case an operator acts on: right and row checked, held until the commit, its events and its audit row written together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from hotline.case import CaseState, Event, EventKind, operator_author
from hotline.seal import Seal
from hotline.staff import Right, Who
from hotline.store import audit, cases
from hotline.store.cases import CaseNotFound
from hotline.store.queue import visible
from hotline.store.tables.cases import CaseFile

_case = CaseFile.__table__  # type: ignore[attr-defined]
REPLY_LIMIT, NOTE_LIMIT, REASON_LIMIT = 1000, 8000, 500
"""Characters. A reply is read in the chat, below the status, in one message of any channel."""


class TextMissing(Exception):
    """There is no text, or no reason, where one is needed."""


class TextTooLong(Exception):
    """The text is longer than the form allows."""


class CaseIsClosed(Exception):
    """The case is closed: reopen it first."""


class NothingToDo(Exception):
    """It is so already: somebody else was faster, or the page is old."""


@dataclass(frozen=True, slots=True)
class At:
    """One act: where, by whom, on which row."""

    conn: Connection
    seal: Seal
    who: Who
    row: Any
    now: datetime

    def event(self, kind: EventKind, **body: object) -> Event:
        return Event(kind=kind, at=self.now, author=operator_author(self.who.id), body=body)

    def claimed(self) -> Event:
        return self.event(EventKind.CLAIMED, operator=self.who.id, name=self.who.display_name)

    def save(
        self,
        action: str,
        *events: Event,
        version: int | None = None,
        detail: Mapping[str, str] | None = None,
        deadlines: cases.Deadlines | None = None,
        ladders: cases.Ladders | None = None,
    ) -> CaseState:
        state = cases.append(self.conn, self.seal, self.row.id, events, expected_version=version, deadlines=deadlines, ladders=ladders)
        self.audit(action, detail)
        return state

    def audit(self, action: str, detail: Mapping[str, str] | None = None) -> None:
        """Write down that they did it."""
        whose = {"region": self.row.region, "case_id": self.row.id, "operator_id": self.who.id}
        audit.record(self.conn, self.seal, action=action, now=self.now, detail=detail, **whose)


def at_case(
    conn: Connection,
    seal: Seal,
    who: Who,
    case_id: int,
    now: datetime,
    right: Right = Right.WORK,
    *,
    also_closed: bool = False,
) -> At:
    """The case, held until the commit. Raises NotAllowed, CaseNotFound (also when it is not theirs to see), CaseIsClosed."""
    who.must(right)
    row = conn.execute(select(_case).where(visible(who), _case.c.id == case_id).with_for_update()).first()
    if row is None:
        raise CaseNotFound(CaseNotFound.__doc__)
    if row.closed and not also_closed:
        raise CaseIsClosed(CaseIsClosed.__doc__)
    return At(conn, seal, who, row, now)


def said(text: str, limit: int) -> str:
    """What was written where something must be. Raises TextMissing, TextTooLong."""
    clean = noted(text, limit)
    if not clean:
        raise TextMissing(TextMissing.__doc__)
    return clean


def noted(text: str, limit: int) -> str:
    """What was written where nothing need be; a line's end counts once, as the field counts it. Raises TextTooLong: nothing is cut."""
    clean = text.replace("\r\n", "\n").strip()
    if len(clean) > limit:
        raise TextTooLong(TextTooLong.__doc__)
    return clean
