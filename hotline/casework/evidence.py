"""Who may look at a file. In a child's case nobody asked for it: it stays closed, and one person opens it for a reason that is kept.

It may be evidence, and it may be a picture that nobody should see twice (domain 4.3): no preview, no forwarding, one custodian.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from hotline.case import Emergency, Track
from hotline.casework.acting import REASON_LIMIT, At, TextMissing, at_case, said
from hotline.seal import Seal
from hotline.staff import Right, Role, Who
from hotline.store import attachments
from hotline.store.attachments import ORIGINAL, FileNotFound, Shown

VIEW, OPEN = "file.view", "file.open"
SHORTEST_REASON = 10
_LETTERS = ("application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")


class FileClosed(Exception):
    """The file is closed off: it is opened by one authorised person, with a reason."""


class FileHeld(Exception):
    """Somebody else opened the file and answers for it; only a manager may take that over."""


def closed_off(track: str, emergency: str, age_band: str) -> bool:
    """Whether a case's files are closed off: where a child or a grown-up was hurt, and in any case once danger was said."""
    return track == Track.ANAK.value or age_band == "dewasa" or emergency != Emergency.TIDAK.value


def asked_for(reporter: str, shown: Shown) -> bool:
    """Whether a file is a letter: one an institution is asked for (LUT-21), a document, never a picture; or the Dinas' own (LUT-18)."""
    if shown.by_office:
        return True
    original = shown.copies.get(ORIGINAL)
    return reporter == "instansi" and original is not None and original.content_type in _LETTERS


def look(conn: Connection, seal: Seal, who: Who, case_id: int, file_id: int, version: str, now: datetime) -> Shown:
    """A file of an aid case, for whoever may read the case; audited. Raises FileClosed, FileNotFound, CaseNotFound, NotAllowed."""
    at = at_case(conn, seal, who, case_id, now, Right.READ, also_closed=True)
    shown = _kept(conn, seal, case_id, file_id, version)
    if (shown.closed_off or closed_off(at.row.track, at.row.emergency, at.row.age_band)) and not asked_for(at.row.reporter, shown):
        raise FileClosed(FileClosed.__doc__)
    _audit(at, VIEW, file_id, version)
    return shown


def unseal(conn: Connection, seal: Seal, who: Who, case_id: int, file_id: int, version: str, *, reason: str, now: datetime) -> Shown:
    """Open a closed-off file, once, for a reason; who does so answers for it. Raises TextMissing, FileHeld, FileNotFound, NotAllowed."""
    at = at_case(conn, seal, who, case_id, now, Right.OPEN_EVIDENCE, also_closed=True)
    why = said(reason, REASON_LIMIT)
    if len(why) < SHORTEST_REASON:
        raise TextMissing(TextMissing.__doc__)
    shown = _kept(conn, seal, case_id, file_id, version)
    if not may_open(who, shown):
        raise FileHeld(FileHeld.__doc__)
    if shown.opened_by != who.id:
        attachments.entrust(conn, file_id, who.id, now)
    _audit(at, OPEN, file_id, version, reason=why)
    return shown


def _kept(conn: Connection, seal: Seal, case_id: int, file_id: int, version: str) -> Shown:
    shown = attachments.one(conn, seal, case_id, file_id)
    if version not in shown.copies:
        raise FileNotFound(FileNotFound.__doc__)
    return shown


def may_open(who: Who, shown: Shown) -> bool:
    """Whether this operator would be let in to a closed-off file."""
    return who.may(Right.OPEN_EVIDENCE) and (shown.opened_by in (None, who.id) or who.role is Role.MANAJER)


def _audit(at: At, action: str, file_id: int, version: str, **more: str) -> None:
    at.audit(action, {"file": str(file_id), "version": version, **more})
