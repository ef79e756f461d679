"""Keeping a case from an operator who is related to it, works with somebody in it, or is named in it (domain 2.3)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from hotline.case import EventKind
from hotline.casework.acting import REASON_LIMIT, At, NothingToDo, at_case, said
from hotline.seal import Seal
from hotline.staff import Right, Who
from hotline.store import conflicts


class NotYourself(Exception):
    """Whoever is concerned asks a colleague to exclude them: one's own exclusion could not be seen by anybody afterwards."""


def exclude(conn: Connection, seal: Seal, who: Who, case_id: int, operator_id: int, *, reason: str, now: datetime) -> None:
    """Keep the case from this colleague; held by them, it goes back to its lane. Raises NotAllowed, NotYourself, NothingToDo."""
    at, why = _checked(conn, seal, who, case_id, operator_id, reason, now)
    if not conflicts.exclude(conn, case_id, operator_id, who.id, now):
        raise NothingToDo(NothingToDo.__doc__)
    if at.row.owner_id == operator_id:
        at.save("case.release", at.event(EventKind.RELEASED, reason=why))
    _audited(at, "case.exclude", operator_id, why)


def include(conn: Connection, seal: Seal, who: Who, case_id: int, operator_id: int, *, reason: str, now: datetime) -> None:
    """Let the colleague see the case again. Raises NotAllowed, NotYourself, NothingToDo."""
    at, why = _checked(conn, seal, who, case_id, operator_id, reason, now)
    if not conflicts.include(conn, case_id, operator_id):
        raise NothingToDo(NothingToDo.__doc__)
    _audited(at, "case.include", operator_id, why)


def _checked(conn: Connection, seal: Seal, who: Who, case_id: int, operator_id: int, reason: str, now: datetime) -> tuple[At, str]:
    at = at_case(conn, seal, who, case_id, now, Right.APPROVE, also_closed=True)
    if operator_id == who.id:
        raise NotYourself(NotYourself.__doc__)
    if operator_id not in conflicts.colleagues(conn, who) and operator_id not in conflicts.excluded(conn, case_id):
        raise NothingToDo(NothingToDo.__doc__)
    return at, said(reason, REASON_LIMIT)


def _audited(at: At, action: str, operator_id: int, why: str) -> None:
    at.audit(action, {"operator": str(operator_id), "reason": why})
