"""A message that was changed comes with its file again: only a file that is another one is kept anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, select

from hotline.messages import Incoming, Kind
from hotline.seal import Seal
from hotline.store.conversations import Conversation
from hotline.store.tables.media import Attachment
from hotline.times import to_us

_file = Attachment.__table__  # type: ignore[attr-defined]
CHANGED_WITHIN = timedelta(hours=49)
"""Telegram lets people change a message for 48 hours."""


def only_new(conn: Connection, seal: Seal, person: Conversation, incoming: Incoming) -> Incoming:
    """The message with those of its files that we do not have; without any it is a change of words."""
    since = to_us(incoming.received_at - CHANGED_WITHIN)
    query = select(_file.c.id, _file.c.reference_sealed).where(_file.c.contact_id == person.id, _file.c.created_at > since)
    rows = [*conn.execute(query).all(), *((row["id"], row["reference_sealed"]) for row in person.files)]
    known = {seal.open(sealed, "attachment", row_id, "reference") for row_id, sealed in rows}
    media = tuple(file for file in incoming.media if file.reference not in known)
    return replace(incoming, media=media, kind=Kind.MEDIA if media else Kind.TEXT)
