"""The one sentence to somebody whose file could not be kept: kind, without a topic, and without asking for another."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from hotline.desk import Desk
from hotline.seal import Seal
from hotline.store import conversations, outbox
from hotline.store.attachments import Claimed


def tell_refused(conn: Connection, seal: Seal, desk: Desk, file: Claimed, reason: str, now: datetime) -> None:
    """Queue the sentence as an answer to what was just sent; the gate holds it when it would come late to an unsafe phone.

    Whoever wrote TUTUP meanwhile is told nothing: somebody else may be looking.
    """
    person = conversations.load_by_id(conn, seal, [file.contact_id]).get(file.contact_id)
    if person is None or not person.session.seen or person.session.hidden:
        return
    message = desk.book.notice(f"file_{reason}", person.language)
    outbox.put(conn, seal, file.contact_id, message, purpose=outbox.REPLY, case_id=file.case_id, now=now)
