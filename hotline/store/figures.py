"""Numbers of the whole house for supervisors and metrics: counts only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from hotline.case import Emergency
from hotline.store import attachments, clocks, wipes
from hotline.store.outbox import DEAD, DUE, HELD, SENDING
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.people import Contact
from hotline.store.tables.sending import Outbox
from hotline.times import to_us

_outbox = Outbox.__table__  # type: ignore[attr-defined]
_case = CaseFile.__table__  # type: ignore[attr-defined]
_contact = Contact.__table__  # type: ignore[attr-defined]


def gauges(conn: Connection, now: datetime) -> dict[str, float]:
    """By metric name. Every count runs over a partial index, so it costs what waits, not what was ever stored."""
    at = to_us(now)
    waiting = (_outbox.c.state.in_([DUE, SENDING]),)
    due = conn.execute(select(func.count(), func.min(_outbox.c.due_at)).where(*waiting)).one()
    counted = select(_outbox.c.state, func.count()).where(_outbox.c.state.in_([HELD, DEAD])).group_by(_outbox.c.state)
    given_up: dict[str, int] = {row[0]: row[1] for row in conn.execute(counted)}
    ringing = conn.execute(
        select(func.count()).select_from(_case).where(_case.c.emergency == Emergency.AKTIF.value, _case.c.closed.is_(False))
    ).scalar_one()
    files, copies = attachments.waiting(conn)
    return {
        "teduh_files_waiting": files,
        "teduh_files_still_at_provider": copies,
        "teduh_cases_with_clocks_behind": clocks.behind(conn),
        "teduh_chats_not_emptied": wipes.failed(conn),
        "teduh_outbox_waiting": due[0],
        "teduh_outbox_oldest_due_seconds": max(0.0, (at - due[1]) / 1e6) if due[1] is not None else 0.0,
        "teduh_outbox_held": given_up.get(HELD, 0),
        "teduh_outbox_dead": given_up.get(DEAD, 0),
        "teduh_emergencies_unacknowledged": ringing,
        "teduh_half_told_stories": conn.execute(
            select(func.count()).select_from(_contact).where(_contact.c.quiet_at.is_not(None))
        ).scalar_one(),
    }
