"""The one sentence to somebody whose file could not be kept: kind, without a topic, and without asking for another."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from hotline.desk import Desk
from hotline.seal import Seal
from hotline.store import outbox
from hotline.store.attachments import Claimed
from hotline.store.tables import Contact

_contact = Contact.__table__  # type: ignore[attr-defined]


def tell_refused(conn: Connection, seal: Seal, desk: Desk, file: Claimed, reason: str, now: datetime) -> None:
    """Queue the sentence as an answer to what was just sent; the gate holds it when it would come late to an unsafe phone."""
    language = conn.execute(select(_contact.c.language).where(_contact.c.id == file.contact_id)).scalar()
    if language is None:
        return
    message = desk.book.notice(f"file_{reason}", language)
    outbox.put(conn, seal, file.contact_id, message, purpose=outbox.REPLY, case_id=file.case_id, now=now)
