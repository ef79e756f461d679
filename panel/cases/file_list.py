"""A case's files as its page lists them: what they are and how they stand, never a preview of one that is closed off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from hotline.casework import evidence
from hotline.file_kinds import KINDS, FileKind
from hotline.i18n import N_
from hotline.staff import Right
from hotline.store import attachments
from hotline.store.attachments import ORIGINAL, WORKING, Shown
from hotline.store.queue import Line
from panel.context import Asked

OF_TYPE: Mapping[str, FileKind] = {kind.content_type: kind for kind in KINDS.values()}
STATES: Mapping[str, str] = {
    "wanted": N_("sedang diambil dari penyedia"),
    "broken": N_("tidak dapat dibuka: catatannya rusak"),
    "failed": N_("tidak dapat diambil dari penyedia"),
    "too_large": N_("ditolak: terlalu besar"),
    "kind": N_("ditolak: jenisnya tidak disimpan"),
    "too_many": N_("ditolak: terlalu banyak dalam sehari"),
    "infected": N_("ditolak: pemindai menemukan virus"),
    "unscanned": N_("belum diperiksa virus: pemindai tidak menjawab"),
}
NAMES: Mapping[str, str] = {
    "jpeg": N_("Foto"),
    "png": N_("Gambar"),
    "webp": N_("Gambar"),
    "pdf": N_("Dokumen PDF"),
    "docx": N_("Dokumen Word"),
    "ogg": N_("Pesan suara"),
    "m4a": N_("Rekaman suara"),
    "mp3": N_("Rekaman suara"),
    "amr": N_("Rekaman suara"),
    "mp4": N_("Video"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A file as the case's page lists it."""

    file: Shown
    number: int
    name: str
    state: str
    kilobytes: int
    kind: FileKind | None
    clean: bool
    """There is a copy without metadata."""
    closed: bool
    """Closed off: opened by one person, for a reason."""
    mine: bool
    """The operator may open it, if they may open closed-off files at all."""


def gather(conn: Connection, ask: Asked, line: Line) -> dict[str, Any]:
    """What the case's page needs to list its files."""
    closed = evidence.closed_off(line.track, line.emergency.value, line.age_band)
    found = [
        _item(ask, shown, number, (closed or shown.closed_off) and not evidence.asked_for(line.reporter, shown))
        for number, shown in enumerate(attachments.of_case(conn, ask.panel.seal, line.id), 1)
    ]
    return {
        "files": found,
        "files_closed": any(item.closed and item.kind for item in found),
        "may_open_files": ask.who.may(Right.OPEN_EVIDENCE),
    }


def openers(found: dict[str, Any]) -> set[int]:
    """The operators who opened one of these files."""
    return {item.file.opened_by for item in found["files"] if item.file.opened_by is not None}


def _item(ask: Asked, shown: Shown, number: int, closed: bool) -> Item:
    original = shown.copies.get(ORIGINAL)
    kind = OF_TYPE.get(original.content_type) if original else None
    return Item(
        file=shown,
        number=number,
        name=N_("Surat tugas") if shown.by_office else NAMES[kind.code] if kind else N_("Lampiran"),
        state=STATES.get(shown.reason) or ("" if shown.state == attachments.KEPT else STATES.get(shown.state, "")),
        kilobytes=max(1, round(original.size / 1024)) if original else 0,
        kind=kind,
        clean=WORKING in shown.copies,
        closed=closed,
        mine=evidence.may_open(ask.who, shown),
    )
