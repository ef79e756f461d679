"""Files that the Dinas itself puts to a case, such as a letter of assignment: sealed in pieces like those of messages."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import Connection

from hotline.seal import Seal
from hotline.store import attachments, pieces
from hotline.store.attachments import KEPT, OFFICE, ORIGINAL, Copy
from hotline.times import to_us


def keep(conn: Connection, seal: Seal, *, region: str, case_id: int, data: bytes, content_type: str, now: datetime) -> int:
    """Keep a whole file at a case, in the caller's transaction; gives its id."""
    at = to_us(now)
    # Of no message and no contact: whoever asks for the files of a person never meets it.
    nobody = {"message_id": 0, "contact_id": 0, "position": 0}
    whose = {"region": region, "case_id": case_id, "channel": OFFICE}
    row = attachments.new_row(seal, "", **nobody, **whose, state=KEPT, due_at=at, created_at=at)
    row_id = int(row["id"])
    sealed = pieces.sealed(seal, row_id, ORIGINAL, data)
    copy = Copy(content_type=content_type, size=len(data), sha256=hashlib.sha256(data).hexdigest(), pieces=len(sealed))
    row["facts_sealed"] = attachments.sealed_facts(seal, row_id, {ORIGINAL: copy})
    attachments.insert_rows(conn, [row])
    pieces.put(conn, sealed)
    return row_id
