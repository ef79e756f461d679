"""What became of messages to reporters: those of one case, and the dead letters of a region, which a person may send again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, exists, func, or_, select, update

from hotline.staff import Right, Who
from hotline.store.outbox import DEAD, DUE, OUTSIDE_HOURS, PUSH, SENDING, reason_of
from hotline.store.queue import visible
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.sending import Attempt, Outbox, Receipt
from hotline.times import from_us, to_us

_outbox = Outbox.__table__  # type: ignore[attr-defined]
_attempt = Attempt.__table__  # type: ignore[attr-defined]
_receipt = Receipt.__table__  # type: ignore[attr-defined]
_case = CaseFile.__table__  # type: ignore[attr-defined]
_detail = (
    select(_attempt.c.detail)
    .where(_attempt.c.outbox_id == _outbox.c.id)
    .order_by(_attempt.c.at.desc(), _attempt.c.id.desc())
    .limit(1)
    .scalar_subquery()
    .label("detail")
)
_told = (
    select(_receipt.c.status)
    .where(_receipt.c.channel == _outbox.c.channel, _receipt.c.provider_id == _outbox.c.provider_id)
    .order_by(_receipt.c.at.desc())
    .limit(1)
    .scalar_subquery()
    .label("receipt")
)
_columns = (
    _outbox.c.id,
    _outbox.c.channel,
    _outbox.c.case_id,
    _outbox.c.purpose,
    _outbox.c.state,
    _outbox.c.reason,
    _outbox.c.tries,
    _outbox.c.due_at,
    _outbox.c.created_at,
    _outbox.c.sent_at,
    _case.c.code,
    _detail,
    _told,
)
_joined = _outbox.outerjoin(_case, _case.c.id == _outbox.c.case_id)
_pushes = (
    select(*_columns)
    .select_from(_joined)
    .where(_outbox.c.case_id == bindparam("k"), _outbox.c.purpose == PUSH)
    .order_by(_outbox.c.id.desc())
    .limit(20)
)
_push_waits = select(
    exists().where(
        _outbox.c.case_id == bindparam("k"),
        _outbox.c.purpose == PUSH,
        _outbox.c.state == DUE,
        # One that waits for the hours the person named goes then; one that failed may never go.
        ~exists().where(_attempt.c.outbox_id == _outbox.c.id, _attempt.c.outcome != OUTSIDE_HOURS),
    )
)


class LetterNotFound(Exception):
    """There is no such dead letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message of the outbox without its words."""

    id: int
    channel: str
    case_id: int | None
    code: str
    purpose: str
    state: str
    reason: str
    """Why it is held or dead: a code of `hotline.deliver.Failure` or of `hotline.gate`."""
    detail: str
    """The provider's error number."""
    receipt: str
    """What the provider last said of it, such as delivered or read; many channels say nothing."""
    tries: int
    due_at: datetime
    created_at: datetime
    sent_at: datetime | None

    @property
    def under_way(self) -> bool:
        """Whether its fate is still open."""
        return self.state in (DUE, SENDING)


def pushes(conn: Connection, case_id: int) -> list[Letter]:
    """The latest messages by which we wrote to the reporter of a case first, newest first."""
    return [_letter(row) for row in conn.execute(_pushes, {"k": case_id})]


def of_ids(conn: Connection, ids: Sequence[int]) -> list[Letter]:
    """These messages, as far as they are still kept; their words are not read."""
    return [_letter(row) for row in conn.execute(select(*_columns).select_from(_joined).where(_outbox.c.id.in_(ids)))]


def push_waits(conn: Connection, case_id: int) -> bool:
    """Whether the reporter is about to be told already, so that a second notice would only be noise."""
    return bool(conn.execute(_push_waits, {"k": case_id}).scalar())


def _dead(who: Who) -> ColumnElement[bool]:
    """Dead letters of cases this operator may see, and of their region's conversations that never became a case."""
    homeless = and_(_outbox.c.case_id.is_(None), _outbox.c.region == who.region)
    scope = visible(who) if who.own_cases_only else or_(visible(who), homeless)
    return and_(_outbox.c.state == DEAD, scope)


def dead(conn: Connection, who: Who, *, before: int | None = None, most: int = 50) -> list[Letter]:
    """Messages that were given up, newest first; `before` is the last id of the page before. Raises NotAllowed."""
    who.must(Right.RESEND)
    query = select(*_columns).select_from(_joined).where(_dead(who))
    if before is not None:
        query = query.where(_outbox.c.id < before)
    return [_letter(row) for row in conn.execute(query.order_by(_outbox.c.id.desc()).limit(most))]


def count_dead(conn: Connection, who: Who) -> int:
    """How many dead letters there are; none for a role that does not handle them."""
    if not who.may(Right.RESEND):
        return 0
    return int(conn.execute(select(func.count()).select_from(_joined).where(_dead(who))).scalar() or 0)


def revive(conn: Connection, who: Who, letter_id: int, now: datetime) -> Letter:
    """Put a dead letter back in line; the safe-contact gate judges it again before it goes. Raises NotAllowed, LetterNotFound."""
    who.must(Right.RESEND)
    query = select(*_columns).select_from(_joined).where(_dead(who), _outbox.c.id == letter_id)
    row = conn.execute(query.with_for_update(of=_outbox)).first()
    if row is None:
        raise LetterNotFound(LetterNotFound.__doc__)
    conn.execute(update(_outbox).where(_outbox.c.id == letter_id).values(state=DUE, due_at=to_us(now), reason=""))
    return _letter(row)


def _letter(row: Any) -> Letter:
    return Letter(
        id=row.id,
        channel=row.channel,
        case_id=row.case_id,
        code=row.code or "",
        purpose=row.purpose,
        state=row.state,
        reason=reason_of(row),
        detail=row.detail or "",
        receipt=row.receipt or "",
        tries=row.tries,
        due_at=from_us(row.due_at),
        created_at=from_us(row.created_at),
        sent_at=None if row.sent_at is None else from_us(row.sent_at),
    )
