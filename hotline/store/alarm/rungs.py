"""What each rung of an alarm called, and what became of the calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from hotline.alarm.reach import Outcome
from hotline.store.tables.alarm import AlarmPage, AlarmRung
from hotline.store.tables.office import Operator
from hotline.times import from_us

_rung = AlarmRung.__table__  # type: ignore[attr-defined]
_page = AlarmPage.__table__  # type: ignore[attr-defined]
_operator = Operator.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One call to one phone, or the note that an officer has none."""

    operator_id: int | None
    """None: the reporter, who was told that nobody has answered."""
    name: str
    channel: str
    queued_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None
    outcome: Outcome
    reason: str
    """Why it failed or is late: hotline.alarm.reach.Why, or a code of hotline.deliver or hotline.gate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One rung or repetition, rung or still to come, with its calls."""

    number: int
    targets: tuple[str, ...]
    repeat: bool
    due_at: datetime
    rung_at: datetime | None
    reasons: tuple[str, ...]
    """For each of its targets that meant nobody, such as no_duty:PIKET_1 (hotline.alarm.reach.Why)."""
    pages: tuple[Page, ...]


def rungs_of(conn: Connection, alarm_ids: Sequence[int]) -> dict[int, list[Rung]]:
    """The ladders and repetitions of these alarms, by alarm and in order, each with its calls; an alarm without a rung is not in it."""
    named = select(_page, _operator.c.display_name).outerjoin(_operator, _operator.c.id == _page.c.operator_id)
    pages: dict[tuple[int, int], list[Page]] = defaultdict(list)
    for page in conn.execute(named.where(_page.c.alarm_id.in_(alarm_ids)).order_by(_page.c.id)):
        pages[page.alarm_id, page.number].append(_page_of(page))
    found: dict[int, list[Rung]] = defaultdict(list)
    for row in conn.execute(select(_rung).where(_rung.c.alarm_id.in_(alarm_ids)).order_by(_rung.c.number)):
        found[row.alarm_id].append(_rung_of(row, tuple(pages[row.alarm_id, row.number])))
    return found


def _rung_of(row: Row[Any], pages: tuple[Page, ...]) -> Rung:
    return Rung(
        number=row.number,
        targets=tuple(filter(None, row.targets.split(","))),
        repeat=bool(row.repeat),
        due_at=from_us(row.due_at),
        rung_at=moment(row.rung_at),
        reasons=tuple(filter(None, row.reason.split(","))),
        pages=pages,
    )


def _page_of(row: Row[Any]) -> Page:
    return Page(
        operator_id=row.operator_id,
        name=row.display_name or "",
        channel=row.channel,
        queued_at=from_us(row.queued_at),
        sent_at=moment(row.sent_at),
        answered_at=moment(row.answered_at),
        outcome=Outcome(row.outcome),
        reason=row.reason,
    )


def moment(us: int | None) -> datetime | None:
    """A column that may be empty, as a moment."""
    return None if us is None else from_us(us)
