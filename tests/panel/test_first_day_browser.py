"""The same in a real browser: the keyboard while an alarm rings, and a case that somebody may not see any more."""

from __future__ import annotations

from playwright.sync_api import expect

from hotline.casework.exclude import exclude
from hotline.staff import Role
from tests.panel.conftest import Enter
from tests.panel.site import Site
from tests.panel.test_alarm import officer, ringing

SOON = 15_000


def test_the_keyboard_goes_through_the_cases_while_an_alarm_rings(small: Site, enter: Enter) -> None:
    officer(small)
    ringing(small)
    _, quiet = small.case()
    page = enter("sari")
    expect(page.locator("[data-row]")).to_have_count(2)
    page.keyboard.press("j")
    expect(page.locator("[data-row] [data-open]").first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(f"[data-open][href$='{quiet}']")).to_be_focused()


def test_who_is_excluded_while_writing_sees_the_case_no_longer(small: Site, enter: Enter) -> None:
    case_id, code = small.case()
    boss = small.operator("budi", Role.SUPERVISOR)
    page = enter("sari")
    page.goto(f"/panel/kasus/{code}")
    expect(page.locator("#facts")).to_be_visible()
    page.keyboard.press("n")
    page.locator("#note").fill("ini catatan")
    sari = small.who("sari")
    small.do(lambda c: exclude(c, small.seal, boss, case_id, sari.id, reason="kerabat keluarga itu", now=small.clock()))
    page.keyboard.type(" saya")
    expect(page.get_by_text("Tidak ditemukan").first).to_be_visible(timeout=SOON)
    assert page.locator("#facts").count() == 0 and "ini catatan saya" not in page.content()
