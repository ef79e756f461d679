"""What an operator does to a case: right and row checked, events kept, a notice queued if the reporter should hear, and audited.

`version` is the version of the case that the operator's page showed; if somebody saved in between, CaseChanged is raised and
nothing is kept. Claiming, acknowledging, raising and recording emergency action are never held up that way: they overwrite nothing
and may not wait (LUT-22).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from hotline.case import LIVE, CaseState, Emergency, EventKind, Level, fold
from hotline.casework.acting import NOTE_LIMIT, REASON_LIMIT, REPLY_LIMIT, NothingToDo, at_case, noted, said
from hotline.desk import Desk
from hotline.gate import push_verdict
from hotline.seal import Seal
from hotline.staff import Right, Who
from hotline.store import cases, conversations, letters, outbox
from hotline.store.queue import visible
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.people import Contact
from hotline.workflow import check_close, check_move, check_release

_case = CaseFile.__table__  # type: ignore[attr-defined]
_contact = Contact.__table__  # type: ignore[attr-defined]


class CaseTaken(Exception):
    """Somebody else holds the case already."""


def claim(conn: Connection, seal: Seal, who: Who, case_id: int, *, now: datetime) -> CaseState:
    """Take a case that nobody holds; whoever takes an emergency has seen it. Raises CaseTaken, NothingToDo if it is theirs already."""
    at = at_case(conn, seal, who, case_id, now)
    if at.row.owner_id is not None:
        raise NothingToDo(NothingToDo.__doc__) if at.row.owner_id == who.id else CaseTaken(CaseTaken.__doc__)
    seen = [at.event(EventKind.ACKNOWLEDGED)] if at.row.emergency == Emergency.AKTIF else []
    return at.save("case.claim", *seen, at.claimed())


def release(
    conn: Connection, seal: Seal, who: Who, case_id: int, *, version: int, reason: str, now: datetime, desk: Desk | None = None
) -> CaseState:
    """Give the case back to its lane, where its deadline runs again. Raises CaseTaken when it is somebody else's."""
    at = at_case(conn, seal, who, case_id, now)
    why = said(reason, REASON_LIMIT)
    if at.row.owner_id != who.id and at.row.version == version:
        raise NothingToDo(NothingToDo.__doc__) if at.row.owner_id is None else CaseTaken(CaseTaken.__doc__)
    if desk is not None and at.row.version == version:
        check_release(desk.profile, cases.state_of(at.row))
    return at.save("case.release", at.event(EventKind.RELEASED, reason=why), version=version, deadlines=desk.deadlines if desk else None)


def take_over(conn: Connection, seal: Seal, who: Who, case_id: int, *, version: int, reason: str, now: datetime) -> CaseState:
    """A supervisor takes a case from its owner, with a reason. Raises NotAllowed, NothingToDo."""
    at = at_case(conn, seal, who, case_id, now, Right.APPROVE)
    why = said(reason, REASON_LIMIT)
    if at.row.owner_id in (None, who.id) and at.row.version == version:
        raise NothingToDo(NothingToDo.__doc__)
    return at.save("case.take_over", at.event(EventKind.RELEASED, reason=why), at.claimed(), version=version, detail={"reason": why})


def reply(conn: Connection, seal: Seal, desk: Desk, who: Who, case_id: int, *, version: int, text: str, now: datetime) -> CaseState:
    """Words for the reporter, read with code and PIN; a notice without any topic is queued, and the safe-contact gate decides on it.

    Where it may not leave, the words wait until the reporter asks: they end no alarm and stop no clock of the first action.
    """
    contact = _hold_contact(conn, who, case_id)
    at = at_case(conn, seal, who, case_id, now)
    # Words that only wait for the reporter to come and ask have reached nobody yet: an alarm is seen by them, not ended.
    told = {} if _reaches(desk, contact, now) else {"waits": True}
    words = at.event(EventKind.REPLIED, text=said(text, REPLY_LIMIT), **told)
    taken = [at.claimed()] if at.row.owner_id is None else []
    if contact is not None and not letters.push_waits(conn, case_id):
        notice = desk.book.notice("update", contact.language, kode=at.row.code)
        outbox.put(conn, seal, contact.id, notice, purpose=outbox.PUSH, case_id=case_id, now=now)
    return at.save("case.reply", *taken, words, version=version)


def _reaches(desk: Desk, contact: Any, now: datetime) -> bool:
    """Whether the notice of a reply may leave for this phone now, as the safe-contact gate will say."""
    if contact is None or contact.stopped:
        return False
    return push_verdict(contact.phone, contact.push, contact.push_hours, now, ZoneInfo(desk.profile.timezone)).go


def _hold_contact(conn: Connection, who: Who, case_id: int) -> Any:
    """The reporter's row, locked before the case: a turn of theirs takes the two in this order."""
    columns = ("id", "language", "address_key", "phone", "push", "push_hours", "stopped")
    query = select(*(_contact.c[name] for name in columns)).join(_case, _case.c.contact_id == _contact.c.id)
    contact = conn.execute(query.where(visible(who), _case.c.id == case_id)).first()
    if contact is not None:
        conversations.lock(conn, [bytes(contact.address_key)])
    return contact


def note(conn: Connection, seal: Seal, who: Who, case_id: int, *, version: int, text: str, now: datetime) -> CaseState:
    """An internal note, never shown to the reporter."""
    at = at_case(conn, seal, who, case_id, now, also_closed=True)
    noted = at.event(EventKind.NOTED, text=said(text, NOTE_LIMIT))
    return at.save("case.note", noted, version=version)


def move(
    conn: Connection,
    seal: Seal,
    desk: Desk,
    who: Who,
    case_id: int,
    *,
    version: int,
    stage: str,
    text: str,
    now: datetime,
) -> CaseState:
    """Move the case to a stage that the region's workflow allows from here; who moves an unheld case takes it. Raises MoveNotAllowed."""
    at = at_case(conn, seal, who, case_id, now)
    taken = [at.claimed()] if at.row.owner_id is None else []
    if at.row.version == version:
        check_move(desk.profile, fold(taken, cases.load_state(conn, seal, case_id)), stage, who.role.value)
    moved = at.event(EventKind.MOVED, stage=stage, note=noted(text, REASON_LIMIT))
    return at.save("case.move", *taken, moved, version=version, detail={"stage": stage})


def acknowledge(conn: Connection, seal: Seal, who: Who, case_id: int, *, now: datetime) -> CaseState:
    """An operator has seen the emergency: the noise stops, nothing ends. Raises NothingToDo when somebody already did."""
    at = at_case(conn, seal, who, case_id, now)
    if at.row.emergency != Emergency.AKTIF:
        raise NothingToDo(NothingToDo.__doc__)
    return at.save("emergency.acknowledge", at.event(EventKind.ACKNOWLEDGED))


def act(conn: Connection, seal: Seal, who: Who, case_id: int, *, text: str, ended: bool, now: datetime) -> CaseState:
    """Record an emergency action; in any stage, at any time, also on a closed case (LUT-22, I3).

    It makes no emergency of a case that is none: what an emergency skips, approvals and letters, would be skipped by one sentence.
    """
    at = at_case(conn, seal, who, case_id, now, also_closed=True)
    emergency = Emergency(at.row.emergency)
    if emergency in LIVE or Level(at.row.level).rings:
        emergency = Emergency.SELESAI if ended else Emergency.DITANGANI
    return at.save("emergency.act", at.event(EventKind.HANDLED, note=said(text, NOTE_LIMIT), emergency=emergency.value))


def close(
    conn: Connection,
    seal: Seal,
    desk: Desk,
    who: Who,
    case_id: int,
    *,
    version: int,
    reason: str,
    text: str,
    now: datetime,
) -> CaseState:
    """Close with a reason of the profile. Raises ClosingNotAllowed (one of its kinds)."""
    at = at_case(conn, seal, who, case_id, now, Right.CLOSE)
    explained = noted(text, REASON_LIMIT)
    if at.row.version == version:
        check_close(desk.profile, cases.load_state(conn, seal, case_id), reason, who.role.value, explained)
    return at.save("case.close", at.event(EventKind.CLOSED, reason=reason, note=explained), version=version, detail={"reason": reason})


def reopen(conn: Connection, seal: Seal, desk: Desk, who: Who, case_id: int, *, version: int, reason: str, now: datetime) -> CaseState:
    """Open a closed case again. Raises NothingToDo when it is open."""
    at = at_case(conn, seal, who, case_id, now, Right.CLOSE, also_closed=True)
    if not at.row.closed and at.row.version == version:
        raise NothingToDo(NothingToDo.__doc__)
    why = said(reason, REASON_LIMIT)
    reopened = at.event(EventKind.REOPENED, reason=why)
    return at.save("case.reopen", reopened, version=version, detail={"reason": why}, deadlines=desk.deadlines, ladders=desk.ladders)
