"""Closing a grave case on its page: no one person alone ends an alarm as a trial, and each refusal says what to do and keeps the words."""

from __future__ import annotations

from hotline.case import Emergency, Level
from hotline.staff import Role
from tests.panel.site import Browser, Site, visible_text


def closes(browser: Browser, site: Site, case: tuple[int, str], reason: str, note: str = "") -> tuple[int, str]:
    form = {"versi": str(site.version(case[0])), "alasan": reason, "keterangan": note}
    answer = browser.post(f"/kasus/{case[1]}/tutup", form)
    return answer.status_code, answer.text


def test_one_officer_does_not_close_an_emergency_as_a_trial(site: Site) -> None:
    browser, boss = site.signed_in(site.operator()), site.signed_in(site.operator("bos", Role.SUPERVISOR))
    case = case_id, code = site.case(level=Level.DARURAT)
    assert browser.post(f"/kasus/{code}/ambil").status_code == 303
    assert site.state(case_id).emergency is Emergency.DITANGANI
    status, page = closes(browser, site, case, "UJI_COBA", "salah kirim")
    assert status == 409 and "Keadaan darurat belum ditangani" in page and not site.state(case_id).closed
    assert browser.post(f"/kasus/{code}/tindakan", {"isi": "Ditelepon: anak yang mencoba HP."}).status_code == 303
    status, page = closes(browser, site, case, "UJI_COBA", "salah kirim")
    assert status == 409 and "Turunkan tingkatnya bersama orang kedua" in page
    assert "Kasus DARURAT yang belum diregistrasi tidak ditutup" in visible_text(browser.get(f"/kasus/{code}").text)

    version = str(site.version(case_id))
    assert browser.post(f"/kasus/{code}/turunkan", {"versi": version, "tingkat": "1", "alasan": "uji coba"}).status_code == 303
    assert closes(browser, site, case, "UJI_COBA", "salah kirim")[0] == 409, "the wish alone lowers nothing"
    assert boss.post(f"/kasus/{code}/setujui", {"versi": str(site.version(case_id))}).status_code == 303
    assert closes(browser, site, case, "UJI_COBA", "salah kirim")[0] == 303
    assert site.state(case_id).closed


def test_an_emergency_that_was_only_seen_is_not_closed_after_registration_either(site: Site) -> None:
    browser = site.signed_in(site.operator())
    case = case_id, code = site.case(level=Level.DARURAT)
    browser.post(f"/kasus/{code}/akui")
    for stage in ("TELAAH", "REGISTRASI"):
        assert browser.post(f"/kasus/{code}/pindah", {"versi": str(site.version(case_id)), "tahap": stage}).status_code == 303
    status, page = closes(browser, site, case, "SELESAI_PELAYANAN", "sudah dilihat")
    assert status == 409 and "Catat dulu tindakannya" in page and "sudah dilihat</textarea>" in page
    browser.post(f"/kasus/{code}/tindakan", {"isi": "Dijemput bersama Polsek.", "selesai": "ya"})
    assert closes(browser, site, case, "SELESAI_PELAYANAN")[0] == 400
    assert closes(browser, site, case, "SELESAI_PELAYANAN", "anak di rumah nenek, dipastikan Bu Sari")[0] == 303


def test_a_grave_case_is_not_closed_without_a_word(site: Site) -> None:
    browser = site.signed_in(site.operator())
    case = case_id, code = site.case(level=Level.TINGGI)
    assert "Keterangan: apa yang dipastikan, dan oleh siapa" in browser.get(f"/kasus/{code}").text
    status, page = closes(browser, site, case, "DUPLIKAT")
    assert status == 400 and "hanya ditutup dengan keterangan" in page and not site.state(case_id).closed
    assert closes(browser, site, case, "DUPLIKAT", "laporan yang sama, dari guru yang sama")[0] == 303
    light = site.case(level=Level.SEDANG)
    assert closes(browser, site, light, "DUPLIKAT")[0] == 303
