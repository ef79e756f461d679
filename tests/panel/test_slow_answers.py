"""A case's page while answers are slow, come twice or never: no act is lost, no word either, and what is open stays open."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from hotline.case import EventKind, Level
from hotline.staff import Role
from tests.panel.conftest import Enter
from tests.panel.served import Gate
from tests.panel.site import Site

SOON = 15_000
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def open_case(page: Page, code: str) -> None:
    page.goto(f"/panel/kasus/{code}")
    expect(page.locator("#wire")).to_contain_text("diperbarui")


@pytest.mark.requirement("KEN-44")
def test_acts_whose_answers_are_late_are_shown_by_the_live_page_and_stand_when_they_come(small: Site, gate: Gate, enter: Enter) -> None:
    case_id, code = small.case(level=Level.DARURAT)
    page = enter("piket", Role.PIKET, **PHONE)
    open_case(page, code)
    with gate.shut():
        page.get_by_role("button", name="Saya sudah melihatnya").tap()
        expect(page.locator("#live .emergency")).to_have_count(0, timeout=SOON)  # by the live page
        page.get_by_role("button", name="Ambil kasus").tap()  # waits for the answer to the first
        page.locator("#note").fill("Saya menuju lokasi.")
    expect(page.locator("summary", has_text="Lepas kasus")).to_be_visible()
    expect(page.locator("#note")).to_have_value("Saya menuju lokasi.")
    expect(page.locator("#moved")).to_be_hidden()  # one's own acts are no news
    page.get_by_role("button", name="Simpan catatan").tap()
    expect(page.locator(".entry.note")).to_contain_text("Saya menuju lokasi.")
    assert small.kinds(case_id)[-3:] == [EventKind.ACKNOWLEDGED, EventKind.CLAIMED, EventKind.NOTED]


def test_the_live_page_shows_the_whole_effect_of_an_act_before_its_answer(small: Site, gate: Gate, enter: Enter) -> None:
    _, code = small.case()
    page = enter()
    open_case(page, code)
    with gate.shut():
        page.get_by_role("button", name="Ambil kasus").click()
        expect(page.locator("summary", has_text="Lepas kasus")).to_be_visible(timeout=SOON)
    expect(page.locator("#toast")).to_have_text("Tersimpan")


def test_words_written_on_while_an_answer_is_under_way_stay(small: Site, gate: Gate, enter: Enter) -> None:
    case_id, code = small.case()
    page = enter()
    open_case(page, code)
    page.locator("#note").fill("Sudah menelepon.")
    with gate.shut():
        page.get_by_role("button", name="Simpan catatan").click()
        page.locator("#note").press_sequentially(" Tidak diangkat.")
        expect(page.locator(".entry.note")).to_contain_text("Sudah menelepon.", timeout=SOON)
    expect(page.locator("#toast")).to_have_text("Tersimpan")
    expect(page.locator("#note")).to_have_value("Tidak diangkat.")
    page.get_by_role("button", name="Simpan catatan").click()
    expect(page.locator(".entry.note")).to_have_count(2)
    expect(page.locator("#note")).to_have_value("")
    assert small.texts(case_id, EventKind.NOTED) == ["Sudah menelepon.", "Tidak diangkat."]


def test_an_impatient_finger_saves_once(small: Site, gate: Gate, enter: Enter) -> None:
    case_id, code = small.case()
    page = enter()
    open_case(page, code)
    page.locator("#note").fill("Sekali saja.")
    with gate.shut():
        for _ in range(2):
            page.get_by_role("button", name="Simpan catatan").click()
        expect(page.locator(".entry.note")).to_be_visible(timeout=SOON)  # the live page shows it: another version than before
        page.get_by_role("button", name="Simpan catatan").click()
    expect(page.locator("#note")).to_have_value("")
    page.locator("#note").fill("Lalu ini.")
    page.get_by_role("button", name="Simpan catatan").click()
    expect(page.locator(".entry.note")).to_have_count(2)
    assert small.texts(case_id, EventKind.NOTED) == ["Sekali saja.", "Lalu ini."]


def test_what_is_open_begun_and_focused_survives_what_others_do(small: Site, enter: Enter) -> None:
    case_id, code = small.case(level=Level.SEDANG)
    page = enter()
    open_case(page, code)
    page.locator("summary", has_text="Naikkan tingkat").click()
    page.locator("#raise-level").select_option(label="TINGGI")
    page.locator("#raise-note").fill("ia takut pulang")
    page.locator("#raise-note").evaluate("(field) => { field.setSelectionRange(3, 8); window.field = field; }")
    small.clock.shift(seconds=1)
    small.says(case_id, "Ada kabar?")
    expect(page.locator(".entry.said")).to_contain_text("Ada kabar?", timeout=SOON)
    expect(page.locator("#raise-note")).to_be_focused()
    assert page.evaluate("[field.isConnected, field.value, field.selectionStart, field.selectionEnd]") == [True, "ia takut pulang", 3, 8]
    assert page.locator("#raise-level").evaluate("(choice) => choice.selectedOptions[0].text") == "TINGGI"
    expect(page.locator("#raise")).to_have_attribute("open", "")


def test_a_refusal_and_an_address_stay_while_the_page_follows(small: Site, enter: Enter) -> None:
    case_id, code = small.case(contact=small.contact())
    page = enter()
    open_case(page, code)
    page.locator("summary", has_text="Alamat pelapor").click()
    page.locator("#reveal-reason").fill("a")
    page.get_by_role("button", name="Tampilkan").click()
    expect(page.locator("#notice")).to_be_focused()
    page.get_by_role("button", name="Tampilkan").click()  # refused again, and read again
    expect(page.locator("#notice")).to_be_focused()
    page.locator("#reveal-reason").fill("menelepon pelapor sebelum kami datang")
    page.get_by_role("button", name="Tampilkan").click()
    expect(page.locator("#address")).to_be_visible()
    expect(page.locator("#notice")).to_have_count(0)
    small.clock.shift(seconds=1)
    small.says(case_id, "Ada kabar?")
    expect(page.locator(".entry.said")).to_contain_text("Ada kabar?", timeout=SOON)
    expect(page.locator("#address")).to_be_visible()


def test_an_act_without_an_answer_is_told_and_may_be_sent_again(small: Site, gate: Gate, enter: Enter) -> None:
    case_id, code = small.case()
    page = enter()
    open_case(page, code)
    page.locator("#note").fill("Kami berangkat.")
    gate.broken = True
    page.get_by_role("button", name="Simpan catatan").click()
    expect(page.locator("#failed")).to_contain_text("Belum ada jawaban")
    expect(page.locator("#note")).to_have_value("Kami berangkat.")
    gate.broken = False
    page.get_by_role("button", name="Simpan catatan").click()
    expect(page.locator(".entry.note")).to_contain_text("Kami berangkat.")
    expect(page.locator("#failed")).to_be_hidden()
    assert small.texts(case_id, EventKind.NOTED) == ["Kami berangkat."]


def test_the_page_is_live_also_where_the_script_for_streams_comes_late(small: Site, enter: Enter) -> None:
    page = enter()
    page.route("**/hx-sse-*", lambda route: (page.wait_for_timeout(400), route.continue_())[1])
    page.reload()
    expect(page.locator("#wire")).to_contain_text("diperbarui", timeout=10_000)
    assert small.panel.state.panel.hub.looking


def test_what_was_just_sent_does_not_come_back_as_a_draft(small: Site, gate: Gate, enter: Enter) -> None:
    case_id, code = small.case()
    page = enter()
    open_case(page, code)
    with gate.shut():
        page.locator("#note").fill("Sudah selesai.")
        page.get_by_role("button", name="Simpan catatan").click()
        expect(page.locator(".entry.note")).to_be_visible(timeout=SOON)
        page.wait_for_timeout(900)  # longer than the pause after which a draft is kept
    expect(page.locator("#toast")).to_have_text("Tersimpan")
    expect(page.locator("#note")).to_have_value("")
    page.reload()
    expect(page.locator("#note")).to_have_value("")
    assert small.texts(case_id, EventKind.NOTED) == ["Sudah selesai."]
