"""An action recorded where there is no emergency: it stands in the case, opens no gate, and tells the reporter no more than is so."""

from __future__ import annotations

import pytest

from hotline.case import Emergency, EventKind, Level, ReporterStatus
from hotline.staff import Role
from tests.panel.site import Browser, Site, visible_text


def acts(browser: Browser, code: str, text: str, **more: str) -> int:
    return browser.post(f"/kasus/{code}/tindakan", {"isi": text, **more}).status_code


def moves(browser: Browser, site: Site, case: tuple[int, str], stage: str) -> int:
    return browser.post(f"/kasus/{case[1]}/pindah", {"versi": str(site.version(case[0])), "tahap": stage}).status_code


def test_an_action_does_not_pass_by_the_supervisor_of_an_aid_case(site: Site) -> None:
    browser = site.signed_in(site.operator())
    case = case_id, code = site.case(track="layanan", level=Level.SEDANG)
    for stage in ("CEK_DATA", "ANALISIS_BACK_OFFICE", "PERSETUJUAN_SUPERVISOR"):
        assert moves(browser, site, case, stage) == 303
    assert "Kasus ini bukan keadaan darurat" in visible_text(browser.get(f"/kasus/{code}").text)
    for more in ({}, {"selesai": "ya"}):
        assert acts(browser, code, "menelepon warga", **more) == 303
        assert moves(browser, site, case, "DI_SLRT_KABUPATEN") == 409
    assert site.state(case_id).emergency is Emergency.TIDAK
    page = visible_text(browser.get(f"/kasus/{code}").text)
    assert "menelepon warga" in page and "darurat sedang ditangani" not in page and "Keadaan darurat:" not in page


def test_an_action_is_no_letter_of_assignment(site: Site) -> None:
    browser = site.signed_in(site.operator())
    case = case_id, code = site.case(level=Level.TINGGI)
    for stage in ("TELAAH", "REGISTRASI", "PENUGASAN"):
        assert moves(browser, site, case, stage) == 303
    assert acts(browser, code, ".") == 303 and moves(browser, site, case, "KONTAK_AWAL") == 409
    assert browser.post(f"/kasus/{code}/naikkan", {"tingkat": "5"}).status_code == 303
    assert moves(browser, site, case, "KONTAK_AWAL") == 303, "a child in danger waits for no paper"
    assert site.state(case_id).emergency is Emergency.AKTIF


def test_the_reporter_reads_that_it_was_seen_and_not_that_it_is_handled(site: Site) -> None:
    case_id, code = site.case(level=Level.SEDANG)
    assert acts(site.signed_in(site.operator()), code, "Dicek ke sekolah.") == 303
    assert site.state(case_id).reporter_status is ReporterStatus.DITELAAH
    ringing, urgent = site.case(level=Level.DARURAT)
    assert acts(site.signed_in(site.who("sari")), urgent, "Dijemput.") == 303
    assert site.state(ringing).reporter_status is ReporterStatus.DITANGANI


@pytest.mark.requirement("LUT-22")
def test_what_is_done_after_an_emergency_was_lowered_does_not_begin_it_anew(site: Site) -> None:
    browser, boss = site.signed_in(site.operator()), site.signed_in(site.operator("bos", Role.SUPERVISOR))
    case_id, code = site.case(level=Level.DARURAT)
    browser.post(f"/kasus/{code}/akui")
    browser.post(f"/kasus/{code}/turunkan", {"versi": str(site.version(case_id)), "tingkat": "2", "alasan": "sudah aman"})
    assert boss.post(f"/kasus/{code}/setujui", {"versi": str(site.version(case_id))}).status_code == 303
    assert acts(browser, code, "Dikunjungi lagi.") == 303
    assert site.kinds(case_id)[-1] is EventKind.HANDLED and site.state(case_id).emergency is Emergency.SELESAI
