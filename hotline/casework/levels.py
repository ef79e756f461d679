"""Levels changed by people: anybody raises, at once; DARURAT and TINGGI are lowered by two of them, with a reason (I7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from hotline.case import CaseState, Event, EventKind, Level
from hotline.casework.acting import REASON_LIMIT, At, NothingToDo, at_case, noted, said
from hotline.desk import Desk
from hotline.seal import Seal
from hotline.staff import Right, Who
from hotline.store import cases
from hotline.store.ledger import ENDS_WISH
from hotline.workflow import NEEDS_SECOND_PERSON, check_lower

_SOMEBODY = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A wish to lower that waits for a second person."""

    seq: int
    level: Level
    reason: str
    by: int
    """The operator who wishes it."""
    false_alarm: bool = False
    """Whether they say that the words heard were no danger."""


def open_proposal(events: Iterable[Event]) -> Proposal | None:
    """The wish that still waits: the last one, unless the level changed, the case closed or somebody declined it since."""
    found: Proposal | None = None
    for event in events:
        if event.kind is EventKind.PROPOSED:
            by, false_alarm = int(event.author.partition(":")[2]), bool(event.body.get("false_alarm"))
            found = Proposal(event.seq, Level(int(event.text("level"))), event.text("reason"), by, false_alarm)
        elif event.kind in ENDS_WISH:
            found = None
    return found


def raise_level(conn: Connection, seal: Seal, desk: Desk, who: Who, case_id: int, *, level: Level, text: str, now: datetime) -> CaseState:
    """Anybody who works a case may raise it; the answers that gave the old level stay its reasons. Raises NothingToDo."""
    at = at_case(conn, seal, who, case_id, now)
    if level <= at.row.level:
        raise NothingToDo(NothingToDo.__doc__)
    raised = at.event(EventKind.RAISED, level=int(level), reasons=[], by="operator", note=noted(text, REASON_LIMIT))
    return at.save("level.raise", raised, detail={"level": level.name}, deadlines=desk.deadlines, ladders=desk.ladders)


def lower(
    conn: Connection,
    seal: Seal,
    who: Who,
    case_id: int,
    *,
    version: int,
    level: Level,
    reason: str,
    now: datetime,
    false_alarm: bool = False,
) -> CaseState:
    """Lower SEDANG at once; for DARURAT and TINGGI only propose it. Raises LoweringNotAllowed, TextMissing.

    `false_alarm`: the words heard were no danger; the monthly second look lists it (`hotline.office.second_look`).
    """
    at = at_case(conn, seal, who, case_id, now)
    why = said(reason, REASON_LIMIT)
    alone = at.row.level < NEEDS_SECOND_PERSON
    if at.row.version == version:
        # Whoever will approve is not known yet: nobody's id stands for them here, and is checked when they do.
        check_lower(cases.state_of(at.row), level, who.id, None if alone else _SOMEBODY, why)
    kind, action = (EventKind.LOWERED, "level.lower") if alone else (EventKind.PROPOSED, "level.propose")
    event = at.event(kind, level=int(level), reason=why, **_marked(false_alarm))
    return at.save(action, event, version=version, detail={"level": level.name, "reason": why})


def approve(conn: Connection, seal: Seal, who: Who, case_id: int, *, version: int, now: datetime) -> CaseState:
    """A second person, with the right to, lowers as proposed. An emergency that no longer rings is over.

    Raises NotAllowed, LoweringNotAllowed (SecondPersonNeeded), NothingToDo when no proposal waits.
    """
    at, proposal = _waiting(conn, seal, who, case_id, version, now)
    check_lower(cases.state_of(at.row), proposal.level, proposal.by, who.id, proposal.reason)
    people = {"proposed_by": proposal.by, "approved_by": who.id}
    lowered = at.event(EventKind.LOWERED, level=int(proposal.level), reason=proposal.reason, **people, **_marked(proposal.false_alarm))
    detail = {"level": proposal.level.name, "reason": proposal.reason}
    return at.save("level.approve", lowered, version=version, detail=detail)


def decline(conn: Connection, seal: Seal, who: Who, case_id: int, *, version: int, reason: str, now: datetime) -> CaseState:
    """The level stays. Raises NotAllowed, NothingToDo when no proposal waits."""
    at, proposal = _waiting(conn, seal, who, case_id, version, now)
    return at.save("level.decline", at.event(EventKind.DECLINED, proposal=proposal.seq, reason=said(reason, REASON_LIMIT)), version=version)


def _marked(false_alarm: bool) -> dict[str, object]:
    return {"false_alarm": True} if false_alarm else {}


def _waiting(conn: Connection, seal: Seal, who: Who, case_id: int, version: int, now: datetime) -> tuple[At, Proposal]:
    at = at_case(conn, seal, who, case_id, now, Right.APPROVE)
    if at.row.version != version:
        raise cases.CaseChanged(version, at.row.version)
    proposal = open_proposal(cases.load_events(conn, seal, case_id))
    if proposal is None:
        raise NothingToDo(NothingToDo.__doc__)
    return at, proposal
