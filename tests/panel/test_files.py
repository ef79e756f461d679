"""Files of a case: shown in an aid case, closed off where a child is spoken of, never run by a browser, and every look is audited."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from sqlalchemy import select, update

from hotline.case import Emergency, Event, EventKind, Level
from hotline.file_kinds import judge
from hotline.ids import new_id
from hotline.staff import Role
from hotline.store import attachments, audit, cases, pieces
from hotline.store.attachments import KEPT, ORIGINAL, WORKING, Copy
from hotline.store.tables.media import Attachment
from hotline.times import to_us
from tests.media import pictures
from tests.panel.site import Browser, Site, answer, visible_text

_file = Attachment.__table__  # type: ignore[attr-defined]
REASON = "diminta penyidik, surat B/12 tanggal 20 November"
PHOTO = pictures.photo(900, 700)


def keep(site: Site, case_id: int, *files: bytes, clean: bytes | None = None, state: str = KEPT, reason: str = "") -> list[int]:
    """Files of this case, as the worker leaves them."""
    ids = []
    for position, data in enumerate(files):
        row_id, at = new_id(), to_us(site.clock())
        ids.append(row_id)
        kind = judge(data)
        versions = {ORIGINAL: data} | ({WORKING: clean} if clean else {})
        row: dict[str, Any] = {column.name: None for column in _file.c}
        row |= {"id": row_id, "message_id": new_id(), "contact_id": 1, "case_id": case_id, "region": "kendal", "channel": "telegram"}
        row |= {"position": position, "reference_sealed": b"", "state": state, "reason": reason, "provider": "", "tries": 0}
        row |= {"due_at": at, "created_at": at, "closed_off": False}
        with site.database.write() as conn:
            copies = {}
            for version, body in versions.items():
                sealed = pieces.sealed(site.seal, row_id, version, body)
                pieces.put(conn, sealed)
                content_type = kind.content_type if kind and version == ORIGINAL else "image/jpeg"
                copies[version] = Copy(
                    content_type=content_type, size=len(body), sha256=hashlib.sha256(body).hexdigest(), pieces=len(sealed)
                )
            if state == KEPT:
                row["facts_sealed"] = attachments.sealed_facts(site.seal, row_id, copies)
            attachments.insert_rows(conn, [row])
    return ids


def case(site: Site, track: str = "layanan", level: Level = Level.RENDAH) -> tuple[int, str]:
    return site.case(level=level, track=track, reasons=())


def browser(site: Site, role: Role = Role.OPERATOR, name: str = "sari") -> Browser:
    return site.signed_in(site.operator(name, role))


def test_a_file_whose_row_does_not_open_is_said_so_and_the_case_stays_readable(site: Site) -> None:
    case_id, code = case(site)
    broken, _ = keep(site, case_id, PHOTO, PHOTO)
    with site.database.write() as conn:
        conn.execute(update(_file).where(_file.c.id == broken).values(facts_sealed=b"\1" * 40))
    sari = browser(site)
    page = sari.get(f"/kasus/{code}")
    assert page.status_code == 200
    listed = visible_text(page.text)
    assert "Lampiran (2)" in listed and "tidak dapat dibuka: catatannya rusak" in listed and "Foto" in listed
    assert sari.get(f"/kasus/{code}/lampiran/{broken}/original").status_code == 404


def test_a_file_of_an_aid_case_is_shown_to_whoever_reads_the_case(site: Site) -> None:
    case_id, code = case(site)
    [file_id] = keep(site, case_id, PHOTO, clean=pictures.webp())
    sari = browser(site)
    listed = visible_text(sari.get(f"/kasus/{code}").text)
    assert "Lampiran (1)" in listed and "Foto" in listed and "Lihat" in listed
    original = sari.get(f"/kasus/{code}/lampiran/{file_id}/original")
    assert original.content == PHOTO and original.headers["content-type"] == "image/jpeg"
    assert original.headers["content-disposition"].startswith(f'attachment; filename="{code}-')
    clean = sari.get(f"/kasus/{code}/lampiran/{file_id}/working")
    assert clean.content == pictures.webp() and clean.headers["content-disposition"].startswith("inline")
    for served in (original, clean):
        policy = served.headers["content-security-policy"]
        assert policy.startswith("sandbox;") and "allow-scripts" not in policy and "default-src 'none'" in policy
        assert (served.headers["x-content-type-options"], served.headers["cache-control"]) == ("nosniff", "no-store")
    assert site.actions(case_id)[-2:] == ["file.view", "file.view"]


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.PENDAMPING, Role.PIKET, Role.SUPERVISOR, Role.MANAJER])
def test_a_file_of_a_childs_case_is_seen_by_nobody_without_a_reason(site: Site, role: Role) -> None:
    case_id, code = case(site, "anak", Level.TINGGI)
    [file_id] = keep(site, case_id, PHOTO, clean=pictures.webp())
    who = site.operator("sari", role)
    site.give(case_id, who.id)
    sari = site.signed_in(who)
    page = sari.get(f"/kasus/{code}").text.partition('<section id="files"')[2]
    assert "Tidak diminta, jadi tetap tertutup" in page and "/original" not in page and "/working" not in page and "<img" not in page
    for version in ("original", "working"):
        assert sari.get(f"/kasus/{code}/lampiran/{file_id}/{version}").status_code == 403
    leads = role in (Role.SUPERVISOR, Role.MANAJER)
    for reason in ("", "lihat"):
        assert sari.post(f"/kasus/{code}/lampiran/{file_id}", {"versi": "working", "alasan": reason}).status_code == (400 if leads else 403)
    assert "file.open" not in site.actions()
    opened = sari.post(f"/kasus/{code}/lampiran/{file_id}", {"versi": "original", "alasan": REASON})
    assert opened.status_code == (200 if leads else 403)
    assert (opened.content == PHOTO) is leads


def test_who_opens_a_closed_file_answers_for_it_alone(site: Site) -> None:
    case_id, code = case(site, "anak", Level.TINGGI)
    [file_id] = keep(site, case_id, PHOTO)
    way, form = f"/kasus/{code}/lampiran/{file_id}", {"versi": "original", "alasan": REASON}
    first, second = browser(site, Role.SUPERVISOR, "sari"), browser(site, Role.SUPERVISOR, "rini")
    assert first.post(way, form).content == PHOTO
    assert first.post(way, form).status_code == 200
    refused = second.post(way, form)
    assert refused.status_code == 409 and "sudah dibuka orang lain" in refused.text
    assert "Dibuka Bu Sari" in visible_text(second.get(f"/kasus/{code}").text)
    assert browser(site, Role.MANAJER, "wati").post(way, form).content == PHOTO
    assert first.post(way, form).status_code == 409, "it has passed to the manager"
    with site.database.read() as conn:
        opened = [e for e in audit.of_case(conn, site.seal, case_id) if e.action == "file.open"]
    assert len(opened) == 3 and all(e.detail == {"file": str(file_id), "version": "original", "reason": REASON} for e in opened)


def test_danger_closes_the_files_of_an_aid_case_too(site: Site) -> None:
    case_id, code = case(site, level=Level.DARURAT)
    [file_id] = keep(site, case_id, PHOTO)
    sari = browser(site)
    assert sari.get(f"/kasus/{code}/lampiran/{file_id}/original").status_code == 403
    ended = Event(kind=EventKind.HANDLED, at=site.clock(), author="system", body={"note": "selesai", "emergency": Emergency.SELESAI.value})
    site.do(lambda conn: cases.append(conn, site.seal, case_id, [ended]))
    assert sari.get(f"/kasus/{code}/lampiran/{file_id}/original").status_code == 403


def test_files_of_another_case_or_region_are_not_there(site: Site) -> None:
    mine, other = case(site), case(site)
    [file_id] = keep(site, other[0], PHOTO)
    sari, andi = browser(site), site.signed_in(site.operator("andi", region="luwu-timur"))
    assert sari.get(f"/kasus/{mine[1]}/lampiran/{file_id}/original").status_code == 404
    assert andi.get(f"/kasus/{other[1]}/lampiran/{file_id}/original").status_code == 404
    assert sari.get(f"/kasus/{other[1]}/lampiran/{file_id + 1}/original").status_code == 404
    assert sari.get(f"/kasus/{other[1]}/lampiran/{file_id}/working").status_code == 404
    assert sari.get(f"/kasus/{other[1]}/lampiran/{file_id}/../../etc").status_code in (400, 404)


def test_a_recording_may_be_heard_and_a_document_is_only_handed_over(site: Site) -> None:
    case_id, code = case(site)
    voice, letter, film = keep(site, case_id, pictures.VOICE, pictures.PDF, pictures.FILM)
    sari = browser(site)
    shown = {
        f: sari.get(f"/kasus/{code}/lampiran/{f}/original").headers["content-disposition"].split(";")[0] for f in (voice, letter, film)
    }
    assert shown == {voice: "inline", letter: "attachment", film: "attachment"}
    assert "Belum dibersihkan" in sari.get(f"/kasus/{code}").text


def test_files_that_are_not_here_say_why(site: Site) -> None:
    case_id, code = case(site)
    [file_id] = keep(site, case_id, b"<html>", state="refused", reason="kind")
    keep(site, case_id, b"x", state="wanted")
    sari = browser(site)
    text = visible_text(sari.get(f"/kasus/{code}").text)
    assert "ditolak: jenisnya tidak disimpan" in text and "sedang diambil dari penyedia" in text
    assert sari.get(f"/kasus/{code}/lampiran/{file_id}/original").status_code == 404


def test_the_audit_names_no_content(site: Site) -> None:
    case_id, code = case(site)
    [file_id] = keep(site, case_id, PHOTO)
    browser(site).get(f"/kasus/{code}/lampiran/{file_id}/original")
    with site.database.read() as conn:
        assert conn.execute(select(_file.c.opened_by)).scalar() is None
        [entry] = [e for e in audit.of_case(conn, site.seal, case_id) if e.action == "file.view"]
    assert entry.detail == {"file": str(file_id), "version": "original"}


@pytest.mark.requirement("LUT-21")
def test_an_institutions_letter_is_read_and_its_picture_is_not(site: Site) -> None:
    case_id, code = site.case(level=Level.TINGGI, reasons=(), more=(answer(site.clock, "pelapor", "instansi", "Instansi"),))
    letter, picture = keep(site, case_id, pictures.PDF, PHOTO)
    sari = browser(site)
    assert sari.get(f"/kasus/{code}/lampiran/{letter}/original").content == pictures.PDF
    assert sari.get(f"/kasus/{code}/lampiran/{picture}/original").status_code == 403
    page = sari.get(f"/kasus/{code}").text
    assert f"/lampiran/{letter}/original" in page and f"/lampiran/{picture}/" not in page
