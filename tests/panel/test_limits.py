"""Edges of the forms: numbers no row can have, notes that are too long, and acts after which the case is not one's own any more."""

from __future__ import annotations

import pytest

from hotline.case import Emergency, EventKind, Level
from hotline.staff import Role
from tests.panel.site import Site, answer, visible_text

HUGE = "9" * 23


@pytest.mark.parametrize("path", [f"/pesan-gagal?sebelum={HUGE}", "/pesan-gagal?sebelum=-1"])
def test_a_number_no_row_can_have_is_unreadable(site: Site, path: str) -> None:
    answered = site.signed_in(site.operator()).get(path)
    assert answered.status_code == 400 and "Isian tidak terbaca" in answered.text


def test_such_numbers_break_no_form_either(site: Site) -> None:
    _, code = site.case()
    boss = site.signed_in(site.operator(role=Role.SUPERVISOR))
    ways = (f"/pesan-gagal/{HUGE}/kirim-ulang", f"/latihan/{HUGE}/ambil", f"/kasus/{code}/lampiran/{HUGE}", f"/akun/{HUGE}/nonaktif")
    assert [boss.post(way, {"alasan": "x"}).status_code for way in (*ways, f"/piket/tugas/{HUGE}/hapus")] == [400] * 5
    assert boss.post(f"/kasus/{code}/kecualikan", {"petugas": HUGE, "alasan": "x"}).status_code == 400
    assert boss.post(f"/kasus/{code}/catat", {"versi": HUGE, "isi": "x"}).status_code == 400


LONG = "a" * 501
FORMS = {
    "tutup": {"alasan": "DUPLIKAT"},
    "pindah": {"tahap": "TELAAH"},
    "naikkan": {"tingkat": "5"},
    "rekam": {"apa": "medical", "saat": "2026-11-20T08:00"},
    "layanan": {"layanan": "pengaduan"},
}


@pytest.mark.parametrize("form", FORMS)
def test_a_note_is_kept_whole_or_refused_and_never_cut(small: Site, form: str) -> None:
    case_id, code = small.case()
    browser = small.signed_in(small.operator())
    before = small.kinds(case_id)
    sent = {"versi": str(small.version(case_id)), **FORMS[form]}
    refused = browser.post(f"/kasus/{code}/{form}", sent | {"keterangan": LONG})
    assert refused.status_code == 400 and "Tulisan terlalu panjang" in refused.text and LONG in refused.text
    assert small.kinds(case_id) == before
    lines = "\r\n".join(["aa"] * 167)  # 500 characters as the field counts them, 666 as they are sent
    assert browser.post(f"/kasus/{code}/{form}", sent | {"keterangan": lines}).status_code == 303


def test_who_releases_their_only_way_to_see_a_case_reads_that_it_is_done(site: Site) -> None:
    companion = site.operator("dewi", Role.PENDAMPING)
    case_id, code = site.case()
    site.give(case_id, companion.id)
    browser = site.signed_in(companion)
    sent = {"versi": str(site.version(case_id)), "alasan": "cuti"}
    done = browser.post(f"/kasus/{code}/lepas", sent)
    assert (done.status_code, done.headers["location"]) == (303, "/panel/?tersimpan=ya")
    assert site.state(case_id).owner_id is None
    assert "Tersimpan. Kasus ini tidak lagi terlihat oleh Anda." in visible_text(browser.get("/?tersimpan=ya").text)
    assert "Tersimpan." not in visible_text(browser.get("/").text)
    assert browser.post(f"/kasus/{code}/lepas", sent).status_code == 404


def test_who_ends_the_emergency_of_a_case_about_the_office_reads_that_it_is_done(site: Site) -> None:
    case_id, code = site.case(level=Level.DARURAT, rings=True, more=[answer(site.clock, "R14", "dinas")])
    site.operator("budi")
    browser = site.signed_in(site.operator("sari"))
    assert browser.post(f"/kasus/{code}/akui").headers["location"] == f"/panel/kasus/{code}"
    done = browser.post(f"/kasus/{code}/tindakan", {"isi": "Anak aman.", "selesai": "ya"}, hx_request="true")
    assert (done.status_code, done.headers["hx-redirect"]) == (200, "/panel/?tersimpan=ya")
    assert site.state(case_id).emergency is Emergency.SELESAI and site.kinds(case_id)[-1] is EventKind.HANDLED


def test_without_a_script_the_page_says_that_it_does_not_renew_itself(small: Site) -> None:
    page = small.signed_in(small.operator()).get("/").text
    assert "<noscript>" in page and "tidak memperbarui diri" in page.partition("<noscript>")[2].partition("</noscript>")[0]
