"""An officer's words in a reporter's chat, as the alarm hears them: an action only once the provider has taken them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, exists, select

from hotline.alarm.bell import State
from hotline.case import EventKind
from hotline.store.outbox import REPLY, SENT
from hotline.store.tables.alarm import RUNS, AlarmRow
from hotline.store.tables.cases import CaseEvent
from hotline.store.tables.sending import Outbox
from hotline.times import from_us

_alarm = AlarmRow.__table__  # type: ignore[attr-defined]
_event = CaseEvent.__table__  # type: ignore[attr-defined]
_outbox = Outbox.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The first words that left since the danger was last told."""

    author: str
    """As of a case's event."""
    sent_at: datetime


def answered(conn: Connection, regions: Iterable[str]) -> list[int]:
    """Silenced alarms whose reporter an officer's words have left for. Looks only, so it may come before any lock."""
    return sorted({int(row.id) for row in conn.execute(_left().where(_alarm.c.region.in_(list(regions))))})


def left(conn: Connection, alarm_id: int) -> Words | None:
    """The words that answer this alarm; None when none have left, for whatever reason."""
    row = conn.execute(_left().where(_alarm.c.id == alarm_id).order_by(_outbox.c.sent_at).limit(1)).first()
    return None if row is None else Words(author=row.author, sent_at=from_us(row.sent_at))


def _left() -> Select[tuple[int, str, int]]:
    # Words and their message are written in one transaction with one moment: nothing else of a case bears both.
    same = (_outbox.c.case_id == _event.c.case_id) & (_outbox.c.created_at == _event.c.at)
    raised = _event.alias()
    # Danger told anew is not answered by what was said before it.
    since = exists().where(raised.c.case_id == _event.c.case_id, raised.c.kind == EventKind.RAISED.value, raised.c.seq > _event.c.seq)
    return (
        select(_alarm.c.id, _event.c.author, _outbox.c.sent_at)
        .join(_event, _event.c.case_id == _alarm.c.case_id)
        .join(_outbox, same)
        .where(RUNS, _alarm.c.state == State.SILENCED.value)
        .where(_event.c.kind == EventKind.SPOKEN.value, _event.c.at >= _alarm.c.started_at)
        .where(_outbox.c.purpose == REPLY, _outbox.c.state == SENT, ~since)
    )
