"""The content of files, in sealed pieces that each open in their own place only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from hotline.seal import Seal
from hotline.store.attachments import FileNotFound
from hotline.store.sql.bulk import Bulk
from hotline.store.tables.media import AttachmentPiece

_piece = AttachmentPiece.__table__  # type: ignore[attr-defined]
_insert = Bulk(insert(_piece))
PIECE_BYTES = 256 * 1024


def clear(conn: Connection, file_id: int) -> None:
    """Nothing of an earlier, broken try stays."""
    conn.execute(delete(_piece).where(_piece.c.attachment_id == file_id))


def sealed(seal: Seal, file_id: int, version: str, body: bytes) -> list[dict[str, Any]]:
    """The piece rows of one version."""
    starts = range(0, len(body), PIECE_BYTES)
    return [
        {
            "attachment_id": file_id,
            "version": version,
            "number": number,
            "body_sealed": seal.close(body[start : start + PIECE_BYTES], "attachment_piece", _place(file_id, version, number), "body"),
        }
        for number, start in enumerate(starts)
    ]


def _place(file_id: int, version: str, number: int) -> str:
    return f"{file_id}/{version}/{number}"


def put(conn: Connection, new: Sequence[Mapping[str, Any]]) -> None:
    """Keep these pieces."""
    _insert(conn, new)


def one(conn: Connection, seal: Seal, file_id: int, version: str, number: int) -> bytes:
    """One piece, opened. Raises FileNotFound, or SealError when it was changed or put in another's place."""
    here = (_piece.c.attachment_id == file_id, _piece.c.version == version, _piece.c.number == number)
    found = conn.execute(select(_piece.c.body_sealed).where(*here)).scalar()
    if found is None:
        raise FileNotFound(FileNotFound.__doc__)
    return seal.open_bytes(found, "attachment_piece", _place(file_id, version, number), "body")


def body(conn: Connection, seal: Seal, file_id: int, version: str, pieces: int) -> Iterator[bytes]:
    """All pieces of one version, in order, one in memory at a time."""
    return (one(conn, seal, file_id, version, number) for number in range(pieces))
