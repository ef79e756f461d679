"""Numbers of the whole house for supervisors and metrics: counts only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from hotline.case import Emergency
from hotline.store import attachments, clocks, wipes
from hotline.store.outbox import DEAD, DUE, HELD, SENDING, is_one_of
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.people import Contact
from hotline.store.tables.sending import Outbox
from hotline.times import to_us

_outbox = Outbox.__table__  # type: ignore[attr-defined]
_case = CaseFile.__table__  # type: ignore[attr-defined]
_contact = Contact.__table__  # type: ignore[attr-defined]
_waiting = select(func.count(), func.min(_outbox.c.due_at)).where(is_one_of(_outbox.c.state, DUE, SENDING))
_given_up = select(_outbox.c.state, func.count()).where(is_one_of(_outbox.c.state, HELD, DEAD)).group_by(_outbox.c.state)


def gauges(conn: Connection, now: datetime) -> dict[str, float]:
    """By metric name. The outbox, which keeps every message ever sent, is counted over partial indexes: that costs what waits."""
    at = to_us(now)
    due = conn.execute(_waiting).one()
    given_up: dict[str, int] = {row[0]: row[1] for row in conn.execute(_given_up)}
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
