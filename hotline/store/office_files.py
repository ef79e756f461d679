"""Files that the Dinas itself puts to a case, such as a letter of assignment: sealed in pieces like those of messages."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import Connection

from hotline.ids import new_id
from hotline.seal import Seal
from hotline.store import attachments
from hotline.store.attachments import KEPT, NONE, OFFICE, ORIGINAL, Copy
from hotline.times import to_us


def keep(conn: Connection, seal: Seal, *, region: str, case_id: int, data: bytes, content_type: str, now: datetime) -> int:
    """Keep a whole file at a case, in the caller's transaction; gives its id."""
    row_id, at = new_id(), to_us(now)
    pieces = attachments.sealed_pieces(seal, row_id, ORIGINAL, data)
    copy = Copy(content_type=content_type, size=len(data), sha256=hashlib.sha256(data).hexdigest(), pieces=len(pieces))
    row = {
        "id": row_id,
        # Of no message and no contact: whoever asks for the files of a person never meets it.
        "message_id": 0,
        "contact_id": 0,
        "case_id": case_id,
        "region": region,
        "channel": OFFICE,
        "position": 0,
        "reference_sealed": seal("", "attachment", row_id, "reference"),
        "state": KEPT,
        "reason": "",
        "provider": NONE,
        "tries": 0,
        "due_at": at,
        "lease_until": None,
        "created_at": at,
        "facts_sealed": attachments.sealed_facts(seal, row_id, {ORIGINAL: copy}),
        "opened_by": None,
        "opened_at": None,
        "closed_off": False,
    }
    attachments.insert_rows(conn, [row])
    attachments.insert_pieces(conn, pieces)
    return row_id
