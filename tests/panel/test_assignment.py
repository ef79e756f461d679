"""The letter of assignment: number, issuer, day and file; the file lies sealed at the case, and a draft can be printed."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from hotline.case import EventKind
from hotline.casework.records import LETTER_BYTES
from hotline.staff import Role
from hotline.store.tables.media import AttachmentPiece
from tests.panel.site import Site, visible_text

PDF = b"%PDF-1.7\n" + b"surat tugas " * 40_000
_piece = AttachmentPiece.__table__  # type: ignore[attr-defined]


def _form(site: Site, case_id: int, companion: int) -> dict[str, str]:
    version = str(site.version(case_id))
    return {"versi": version, "kepada": str(companion), "nomor": "094/12/2026", "penerbit": "UPTD PPA", "tanggal": "2026-11-20"}


@pytest.mark.requirement("LUT-18")
def test_a_letter_needs_number_issuer_day_and_file_and_lies_sealed_at_the_case(site: Site) -> None:
    companion = site.operator("dewi", Role.PENDAMPING)
    browser = site.signed_in(site.operator("wati", Role.SUPERVISOR))
    case_id, code = site.case()
    form = _form(site, case_id, companion.id)
    for missing in ("nomor", "penerbit", "tanggal"):
        assert browser.post(f"/kasus/{code}/tugaskan", form | {missing: " "}, files={"berkas": ("s.pdf", PDF)}).status_code == 400
    without = browser.post(f"/kasus/{code}/tugaskan", form)
    assert without.status_code == 400 and "Berkas surat tugas belum ada" in without.text
    for wrong in (b"<script>alert(1)</script>", b"OggS" + b"\0" * 24 + b"OpusHead", b"%PDF-" + b"x" * LETTER_BYTES):
        assert browser.post(f"/kasus/{code}/tugaskan", form, files={"berkas": ("s.pdf", wrong)}).status_code == 400
    assert EventKind.CLAIMED not in site.kinds(case_id)
    assert browser.post(f"/kasus/{code}/tugaskan", form, files={"berkas": ("../surat.pdf", PDF)}).status_code == 303

    state = site.state(case_id)
    assert state.owner_id == companion.id == state.letter_for
    own = site.signed_in(companion)
    page = own.get(f"/kasus/{code}").text
    assert "094/12/2026, UPTD PPA" in visible_text(page) and "1. Surat tugas" in visible_text(page)
    path = re.search(rf'href="/panel(/kasus/{code}/lampiran/\d+/original)">berkas surat', page)
    assert path is not None
    file = own.get(path[1])  # not closed off, though a child's evidence would be
    assert file.content == PDF and file.headers["content-disposition"].startswith("attachment")
    with site.database.read() as conn:
        pieces = list(conn.execute(select(_piece.c.body_sealed)).scalars())
    assert pieces and not any(b"surat tugas" in piece for piece in pieces)


@contextmanager
def _no_folder_for_temporary_files() -> Iterator[None]:
    before = tempfile.tempdir
    tempfile.tempdir = "/nowhere"
    try:
        yield
    finally:
        tempfile.tempdir = before


def test_a_letter_is_never_written_to_a_disk_unsealed(small: Site) -> None:
    companion, (case_id, code) = small.operator("dewi", Role.PENDAMPING), small.case()
    large = PDF * (LETTER_BYTES // len(PDF))
    browser = small.signed_in(small.operator("wati", Role.SUPERVISOR))
    with _no_folder_for_temporary_files():
        sent = browser.post(f"/kasus/{code}/tugaskan", _form(small, case_id, companion.id), files={"berkas": ("s.pdf", large)})
    assert sent.status_code == 303 and len(large) > 4 * 1024 * 1024


def test_a_larger_body_than_a_letter_is_refused_before_it_is_kept(small: Site) -> None:
    companion = small.operator("dewi", Role.PENDAMPING)
    browser = small.signed_in(small.operator("wati", Role.SUPERVISOR))
    case_id, code = small.case()
    big = browser.post(f"/kasus/{code}/tugaskan", _form(small, case_id, companion.id), files={"berkas": ("s.pdf", PDF * 20)})
    assert big.status_code == 413
    note = browser.post(f"/kasus/{code}/catat", {"versi": "1", "isi": "x" * 300_000})
    assert note.status_code == 413
    assert EventKind.CLAIMED not in small.kinds(case_id)


def test_a_draft_may_come_first_and_says_that_it_is_one(small: Site) -> None:
    companion = small.operator("dewi", Role.PENDAMPING)
    browser = small.signed_in(small.operator("wati", Role.SUPERVISOR))
    case_id, code = small.case()
    assert browser.post(f"/kasus/{code}/tugaskan", _form(small, case_id, companion.id) | {"draf": "ya"}).status_code == 303
    assert "(draf, menunggu tanda tangan)" in visible_text(browser.get(f"/kasus/{code}").text)
    sheet = visible_text(browser.get(f"/kasus/{code}/surat-tugas?kepada={companion.id}").text)
    assert "SURAT TUGAS" in sheet and "Bu Dewi" in sheet and f"{code[:3]} {code[3:6]} {code[6:]}" in sheet
    assert "Kekerasan" not in sheet  # nothing of what was told
    assert "Bu Dewi" not in browser.get(f"/kasus/{code}/surat-tugas?kepada=x").text


def test_whom_the_case_is_kept_from_is_neither_offered_nor_accepted(site: Site) -> None:
    related, other = site.operator("dedi", Role.PENDAMPING), site.operator("dewi", Role.PENDAMPING)
    lead, browser = site.signed_in(site.operator("wati", Role.SUPERVISOR)), site.signed_in(site.operator())
    case_id, code = site.case()
    assert lead.post(f"/kasus/{code}/kecualikan", {"petugas": str(related.id), "alasan": "saudara pelaku"}).status_code == 303
    page = browser.get(f"/kasus/{code}").text
    assert f'value="{other.id}"' in page and f'value="{related.id}"' not in page
    assert "Bu Dedi" not in browser.get(f"/kasus/{code}/surat-tugas?kepada={related.id}").text
    refused = browser.post(f"/kasus/{code}/tugaskan", _form(site, case_id, related.id), files={"berkas": ("s.pdf", PDF)})
    assert (refused.status_code, site.state(case_id).owner_id) == (400, None)
    assert "Pendamping belum dipilih" in refused.text
    assert browser.post(f"/kasus/{code}/tugaskan", _form(site, case_id, other.id), files={"berkas": ("s.pdf", PDF)}).status_code == 303
    assert site.state(case_id).owner_id == other.id
