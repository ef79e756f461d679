"""Rows for storage tests, made the way the product makes them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, update

from hotline.messages import Incoming
from hotline.seal import Seal
from hotline.store import conversations
from hotline.store.tables.people import Contact


def arrive(conn: Connection, seal: Seal, sender: str, at: datetime, *, channel: str = "sim-whatsapp", **safe: object) -> int:
    """A contact who wrote once; `safe` sets columns such as phone and push. Gives its id."""
    incoming = Incoming(region="kendal", channel=channel, sender=sender, message_id=f"first-{sender}", received_at=at, text="halo")
    person = conversations.begin(seal, incoming, seal.fingerprint("kendal", channel, sender))
    person.messages.append(conversations.message_row(seal, person.id, incoming, worked=True))
    person.changed, person.last_in_at = True, int(at.timestamp() * 1e6)
    conversations.save(conn, seal, [person])
    if safe:
        conn.execute(update(Contact).where(Contact.id == person.id).values(**safe))  # type: ignore[arg-type]
    return person.id
