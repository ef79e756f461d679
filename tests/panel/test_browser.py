"""The panel in a real browser: live without a reload, conflicts without loss, by keyboard, on a phone, and readable by everybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.case import EventKind, Level
from hotline.staff import Role
from tests.panel.conftest import Enter
from tests.panel.served import Gate, served
from tests.panel.site import PASSWORD, Site
from tests.support.browser import opened

SOON = 15_000
"""Milliseconds in which a change must have reached an open page: half of what its own slow refresh would take."""


def open_case(page: Page, code: str) -> None:
    page.goto(f"/panel/kasus/{code}")
    expect(page.locator("#wire")).to_contain_text("diperbarui")


def held(page: Page, name: str) -> None:
    """The answer to the claim stands: the live page may name the holder before it, and what is written in between is written anew."""
    expect(page.locator(".holder")).to_have_text(f"Dipegang {name}")
    expect(page.locator("summary", has_text="Lepas kasus")).to_be_visible()


def test_an_operator_signs_in_and_out_through_the_door(small: Site, gate: Gate, browser: Browser) -> None:
    small.operator("sari")
    with served(gate) as url, opened(browser, base_url=url) as page:
        page.goto("/panel/")
        page.get_by_label("Nama masuk").fill("sari")
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        expect(page.locator("#wire")).to_contain_text("diperbarui")
        page.locator(".me summary").click()
        page.get_by_role("button", name="Keluar").click()
        expect(page.get_by_label("Kata sandi")).to_be_visible()
        page.goto("/panel/")
        expect(page.get_by_label("Kata sandi")).to_be_visible()


def test_a_case_appears_in_the_queue_without_a_reload_and_rings(small: Site, enter: Enter) -> None:
    page = enter()
    expect(page.locator(".lane-baru .empty")).to_be_visible()
    page.evaluate("window.stayed = true")
    _, code = small.case(level=Level.TINGGI)
    expect(page.locator(f".lane-baru [data-code='{code}']")).to_be_visible(timeout=SOON)
    small.clock.shift(seconds=1)
    _, ringing = small.case(level=Level.DARURAT)
    expect(page.locator(f".lane-darurat [data-code='{ringing}']")).to_be_visible(timeout=SOON)
    expect(page).to_have_title("(1) Antrean · Teduh")
    assert page.evaluate("window.stayed") is True


def test_an_operator_takes_notes_answers_and_moves_a_case(small: Site, enter: Enter) -> None:
    case_id, code = small.case(contact=small.contact())
    page = enter()
    page.locator(f"[data-code='{code}']").click()
    page.get_by_role("button", name="Ambil kasus").click()
    held(page, "Bu Sari")
    page.get_by_label("Catatan internal, tidak pernah terlihat").fill("Sudah menelepon sekolah.")
    page.get_by_role("button", name="Simpan catatan").click()
    expect(page.locator(".entry.note")).to_contain_text("Sudah menelepon sekolah.")
    page.get_by_text("Balasan ke pelapor").first.click()
    page.get_by_label("Balasan, dibaca pelapor").fill("Kami datang besok.")
    page.get_by_role("button", name="Kirim balasan").click()
    expect(page.locator(".entry.reply")).to_contain_text("Kami datang besok.")
    expect(page.locator("#facts")).to_contain_text("menunggu dikirim")
    page.locator("summary", has_text="Pindahkan tahap").click()
    stage = page.locator("#stage option").first.inner_text()
    page.get_by_role("button", name="Pindahkan", exact=True).click()
    expect(page.locator("#facts")).to_contain_text(stage)
    assert small.kinds(case_id)[3:] == [EventKind.CLAIMED, EventKind.NOTED, EventKind.REPLIED, EventKind.MOVED]
    assert small.outbox(case_id) == ["push"]


def test_of_two_who_answer_at_once_the_second_reads_first_and_loses_nothing(small: Site, enter: Enter) -> None:
    case_id, code = small.case()
    sari, budi = enter("sari"), enter("budi")
    for page in (sari, budi):
        open_case(page, code)
    sari.keyboard.press("r")
    sari.locator("#reply").fill("Kami datang besok.")
    budi.locator("#note").fill("Ayahnya sudah pergi dari rumah.")
    budi.get_by_role("button", name="Simpan catatan").click()
    # While she writes, the page shows what is new beside her text, and says so.
    expect(sari.locator("#story")).to_contain_text("Ayahnya sudah pergi", timeout=SOON)
    expect(sari.locator("#moved")).to_be_in_viewport()
    expect(sari.locator("#reply")).to_have_value("Kami datang besok.")
    sari.get_by_role("button", name="Kirim balasan").click()
    expect(sari.locator("#notice")).to_contain_text("berubah sejak halaman Anda dibuka")
    expect(sari.locator("#notice")).to_be_in_viewport()
    expect(sari.locator("#notice")).to_be_focused()
    expect(sari.locator("#notice")).to_contain_text("Ayahnya sudah pergi dari rumah.")
    expect(sari.locator("#reply")).to_have_value("Kami datang besok.")
    assert small.texts(case_id, EventKind.REPLIED) == []
    sari.get_by_role("button", name="Kirim balasan").click()
    expect(sari.locator(".entry.reply")).to_contain_text("Kami datang besok.")


def test_whoever_says_they_have_read_it_saves_at_once(small: Site, enter: Enter) -> None:
    case_id, code = small.case()
    page = enter()
    open_case(page, code)
    page.locator("#note").fill("Sedang saya hubungi.")
    small.clock.shift(seconds=1)
    small.says(case_id, "Tolong cepat, dia pulang jam lima.")
    expect(page.locator("#moved")).to_be_visible(timeout=SOON)
    page.get_by_role("button", name="Sudah saya baca").click()
    page.get_by_role("button", name="Simpan catatan").click()
    expect(page.locator(".entry.note")).to_contain_text("Sedang saya hubungi.")


def test_an_untouched_page_follows_what_others_do(small: Site, enter: Enter) -> None:
    case_id, code = small.case()
    page = enter()
    open_case(page, code)
    small.clock.shift(seconds=1)
    small.says(case_id, "Ada kabar?")
    expect(page.locator(".entry.said")).to_contain_text("Ada kabar?", timeout=SOON)
    expect(page.locator("#moved")).to_be_hidden()
    page.locator("#note").fill("Sudah dibaca.")
    page.get_by_role("button", name="Simpan catatan").click()
    expect(page.locator(".entry.note")).to_contain_text("Sudah dibaca.")


def test_a_draft_survives_a_closed_tab(small: Site, enter: Enter) -> None:
    _, code = small.case()
    page = enter()
    open_case(page, code)
    page.locator("#note").press_sequentially("Belum selesai menulis")
    expect(page.locator("#kept-note")).to_contain_text("Draf tersimpan")
    page.goto("/panel/")
    open_case(page, code)
    expect(page.locator("#note")).to_have_value("Belum selesai menulis")
    expect(page.locator("#kept-note")).to_have_text("Draf dipulihkan")


def test_a_draft_is_kept_by_whoever_leaves_in_the_middle_of_a_word(small: Site, enter: Enter) -> None:
    _, code = small.case()
    page = enter()
    open_case(page, code)
    page.locator("#note").fill("Belum sele")
    page.goto("/panel/")
    open_case(page, code)
    expect(page.locator("#note")).to_have_value("Belum sele")


def test_whoever_opens_a_case_sees_that_a_colleague_is_writing_but_not_what(small: Site, enter: Enter) -> None:
    _, code = small.case()
    sari, budi = enter("sari"), enter("budi")
    open_case(sari, code)
    sari.keyboard.press("r")
    sari.locator("#reply").press_sequentially("Kami datang")
    expect(sari.locator("#kept-reply")).to_contain_text("Draf tersimpan")
    open_case(budi, code)
    expect(budi.locator("#writing")).to_contain_text("Bu Sari sedang menulis balasan ke pelapor.")
    expect(budi.locator("#reply")).to_have_value("")
    expect(sari.locator("#writing")).to_be_empty()
    small.clock.shift(minutes=3)
    budi.reload()
    expect(budi.locator("#writing")).to_be_empty()


def test_an_emergency_is_acknowledged_and_goes_quiet_on_every_screen(small: Site, enter: Enter) -> None:
    _, code = small.case(level=Level.DARURAT)
    sari, budi = enter("sari"), enter("budi")
    budi.goto("/panel/daftar/ditutup")
    expect(budi.locator("#nav")).to_contain_text("1 darurat, alarm berbunyi")
    sari.locator(".lane-darurat").get_by_role("button", name=f"Akui {code[:3]} {code[3:6]} {code[6:]}").click()
    expect(sari.locator("#case")).to_be_visible()
    expect(sari.locator(".emergency")).to_have_count(0)
    expect(budi.locator("#nav .count.alarm")).to_have_count(0, timeout=SOON)
    expect(budi).to_have_title("Ditutup · Teduh")


def test_the_bell_tells_whether_it_can_be_heard(enter: Enter) -> None:
    page = enter()
    bell = page.locator("#bell")
    page.locator("h2").first.click()  # any click or key lets the browser play
    expect(bell).to_have_attribute("aria-pressed", "true")
    bell.click()
    expect(bell).to_have_attribute("title", "Nyalakan suara")
    page.reload()
    page.locator("h2").first.click()
    expect(bell).to_have_attribute("aria-pressed", "false")
    bell.click()
    expect(bell).to_have_attribute("title", "Suara menyala")


def test_two_people_lower_an_emergency(small: Site, enter: Enter) -> None:
    _, code = small.case(level=Level.DARURAT)
    sari, bos = enter("sari"), enter("bos", Role.SUPERVISOR)
    open_case(sari, code)
    sari.locator("summary", has_text="Turunkan tingkat").click()
    sari.locator("#lower-reason").fill("anak sudah di rumah bibinya")
    sari.get_by_role("button", name="Usulkan").click()
    expect(sari.locator(".proposal")).to_contain_text("Menunggu orang kedua")
    open_case(bos, code)
    bos.get_by_role("button", name="Setujui penurunan").click()
    expect(bos.locator("#live .chip").first).to_have_text("TINGGI")
    expect(sari.locator("#live .chip").first).to_have_text("TINGGI", timeout=SOON)


def test_the_keyboard_alone_is_enough(small: Site, enter: Enter) -> None:
    _, first = small.case(level=Level.TINGGI)
    small.clock.shift(seconds=1)
    _, second = small.case(level=Level.SEDANG)
    page = enter()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#code")).to_have_attribute("data-code", second)
    page.keyboard.press("c")
    held(page, "Bu Sari")
    page.keyboard.press("n")
    expect(page.locator("#note")).to_be_focused()
    page.keyboard.type("c r e . j")  # letters, not commands, while writing
    expect(page.locator("#note")).to_have_value("c r e . j")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(page.locator("#reply")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.locator("#raise-level")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#lanes")).to_be_visible()
    expect(page.locator(f".lane-saya [data-code='{second}']")).to_be_visible()
    expect(page.locator(f".lane-baru [data-code='{first}']")).to_be_visible()


def test_single_keys_can_be_switched_off(small: Site, enter: Enter) -> None:
    _, code = small.case()
    page = enter()
    page.keyboard.press("?")
    page.get_by_label("Pintasan satu huruf aktif").uncheck()
    page.keyboard.press("Escape")
    open_case(page, code)
    page.keyboard.press("r")
    expect(page.locator("#reply")).not_to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()


def test_a_lost_connection_is_said(small: Site, enter: Enter) -> None:
    page = enter()
    page.context.set_offline(True)
    page.evaluate("heardLongAgo = () => document.dispatchEvent(new CustomEvent('down', {detail: {data: ''}})); heardLongAgo()")
    expect(page.locator("#wire")).to_contain_text("basis data tidak menjawab")
    expect(page.locator("#wire")).to_have_class("wire lost")
    page.context.set_offline(False)


def test_a_session_that_was_ended_leaves_the_page(small: Site, enter: Enter) -> None:
    page = enter("sari")
    other = small.signed_in(small.who("sari"))
    other.post("/sesi/akhiri")
    expect(page.get_by_label("Kata sandi")).to_be_visible(timeout=20_000)


def test_whoever_is_signed_in_and_comes_by_a_link_goes_on_to_the_case(small: Site, enter: Enter) -> None:
    _, code = small.case()
    page = enter()
    page.goto(f"/panel/masuk?lanjut=/panel/kasus/{code}")  # as after a strict cookie was not sent
    expect(page.locator("#code")).to_have_attribute("data-code", code)


@pytest.mark.requirement("KEN-44")
def test_a_duty_officer_can_acknowledge_claim_and_note_on_a_phone(small: Site, enter: Enter) -> None:
    case_id, code = small.case(level=Level.DARURAT)
    page = enter("piket", Role.PIKET, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.locator(f"[data-code='{code}']").tap()
    page.get_by_role("button", name="Saya sudah melihatnya").tap()
    page.get_by_role("button", name="Ambil kasus").tap()
    held(page, "Bu Piket")
    page.get_by_role("button", name="Catat", exact=True).first.tap()
    expect(page.locator("#note")).to_be_focused()
    page.locator("#note").fill("Saya menuju lokasi.")
    page.get_by_role("button", name="Simpan catatan").tap()
    expect(page.locator(".entry.note")).to_contain_text("Saya menuju lokasi.")
    assert EventKind.ACKNOWLEDGED in small.kinds(case_id)
