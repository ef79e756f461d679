"""What an operator would otherwise stumble over: where a page leads back to, what it says while it refuses, what it reminds of."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from hotline.case import REPORTER, Event, EventKind, Level
from hotline.staff import Role
from hotline.store import cases
from tests.panel.conftest import Enter
from tests.panel.site import ADDRESS, PASSWORD, Site, answer, visible_text
from tests.panel.test_browser import open_case


def test_another_language_leaves_the_operator_on_the_page(small: Site) -> None:
    _, code = small.case()
    browser = small.signed_in(small.operator())
    page = browser.get(f"/kasus/{code}?x=1").text
    back = re.search(r'name="kembali" value="([^"]*)"', page)
    assert back and back[1] == f"/panel/kasus/{code}?x=1"
    assert browser.post("/bahasa", {"bahasa": "en", "kembali": back[1]}).headers["location"] == back[1]
    refused = browser.post(f"/kasus/{code}/catat", {"versi": "3", "isi": ""}).text
    assert 'name="kembali" value=""' in refused, "The answer to a form has no address to come back to."
    assert browser.post("/bahasa", {"bahasa": "id", "kembali": "//elsewhere.example"}).headers["location"] == "/panel/"


def test_whoever_is_slowed_down_keeps_name_and_way(small: Site) -> None:
    small.operator("sari")
    fields = {"nama": "sari", "sandi": "salah sama sekali", "lanjut": "/panel/piket"}
    pages = [small.client().post("/masuk", fields) for _ in range(6)]
    assert pages[-1].status_code == 429
    assert 'value="sari"' in pages[-1].text and 'name="lanjut" value="/panel/piket"' in pages[-1].text
    assert fields["sandi"] not in pages[-1].text and PASSWORD not in pages[-1].text


@pytest.mark.parametrize(
    ("phone", "push", "why"),
    [
        ("mine", "no", "pelapor tidak mengizinkan"),
        ("shared", "yes", "HP tidak dipastikan aman"),
        ("watched", "no", "HP tidak dipastikan aman"),
    ],
)
def test_the_reply_says_the_reason_that_holds(small: Site, phone: str, push: str, why: str) -> None:
    _, code = small.case(contact=small.contact(phone=phone, push=push))
    page = visible_text(small.signed_in(small.operator()).get(f"/kasus/{code}").text)
    assert f"Tidak ada yang dikirim ke HP ini ({why}" in page and "(aman menurut pelapor)" not in page


def test_closing_reminds_of_the_report_to_the_police(small: Site) -> None:
    _, plain = small.case(level=Level.TINGGI)
    _, code = small.case(level=Level.TINGGI, more=[answer(small.clock, "R5", ">72_jam"), answer(small.clock, "jenis", "seksual")])
    browser = small.signed_in(small.operator())
    assert "Laporan ke kepolisian belum direkam" not in browser.get(f"/kasus/{plain}").text
    assert "Laporan ke kepolisian belum direkam (tenggat" in browser.get(f"/kasus/{code}").text
    version = {"versi": "5", "apa": "police", "saat": "2026-11-23T08:00", "nomor": "LP/1"}
    assert browser.post(f"/kasus/{code}/rekam", version).status_code == 303
    assert "Laporan ke kepolisian belum direkam" not in browser.get(f"/kasus/{code}").text


def test_a_withdrawn_report_is_marked(site: Site) -> None:
    case_id, code = site.case()
    browser = site.signed_in(site.operator())
    assert "laporan ditarik pelapor" not in browser.get(f"/kasus/{code}").text
    site.do(lambda c: cases.append(c, site.seal, case_id, [Event(kind=EventKind.WITHDRAWN, at=site.clock(), author=REPORTER)]))
    assert "laporan ditarik pelapor" in browser.get(f"/kasus/{code}").text


def test_after_the_code_was_sent_a_link_shows_the_phone_and_asks_for_no_form_again(small: Site, enter: Enter) -> None:
    page = enter()
    page.goto("/panel/hp-piket")
    page.get_by_role("button", name="Daftarkan HP ini").click()
    expect(page.locator("#invite")).to_contain_text("PETUGAS")
    page.get_by_role("link", name="Sudah terkirim").click()
    expect(page).to_have_url(re.compile(r"/panel/hp-piket$"))
    expect(page.locator("#invite")).to_have_count(0)


def test_an_address_that_is_shown_once_is_where_the_reader_is(small: Site, enter: Enter) -> None:
    _, code = small.case(contact=small.contact())
    page = enter()
    open_case(page, code)
    page.get_by_text("Alamat pelapor", exact=True).click()
    page.locator("#reveal-reason").fill("harus ditelepon sekarang")
    page.get_by_role("button", name="Tampilkan").click()
    expect(page.locator("#address")).to_contain_text(ADDRESS)
    expect(page.locator("#address")).to_be_focused()


def test_no_account_is_disabled_by_one_slip_of_the_hand(small: Site, enter: Enter) -> None:
    small.operator("budi")
    page = enter("adm", Role.ADMIN)
    page.goto("/panel/akun")
    page.locator("main summary").filter(has_text="Budi").click()
    page.get_by_role("button", name="Nonaktifkan").click()
    expect(page.get_by_text("nonaktif", exact=True)).to_have_count(0)
    page.get_by_label("Kasus yang dipegangnya kembali ke antrean").check()
    page.get_by_role("button", name="Nonaktifkan").click()
    expect(page.get_by_text("nonaktif", exact=True)).to_have_count(1)


def test_the_title_counts_all_that_rings_and_not_the_bars(small: Site, enter: Enter) -> None:
    for _ in range(7):
        small.case(level=Level.DARURAT, rings=True)
    page = enter()
    page.goto("/panel/sesi")
    expect(page).to_have_title("(7) Sesi saya · Teduh")
