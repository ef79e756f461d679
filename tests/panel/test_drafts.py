"""What an operator has begun to write in an action stands there again when they come back, until it is done."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from hotline.case import EventKind
from hotline.staff import Role
from hotline.store import drafts
from tests.panel.conftest import Enter
from tests.panel.site import Site
from tests.panel.test_browser import open_case

BEGUN = "sudah ditelepon dua kali"
FIELDS = {"act": "isi", "move": "keterangan", "raise": "keterangan", "close": "keterangan", "record": "keterangan", "service": "keterangan"}


def shown(page: str, form: str) -> str:
    found = re.search(rf'<details id="(?:act-)?{form}"[^>]*\bopen>.*?</details>', page, re.DOTALL)
    return found[0] if found else ""


@pytest.mark.parametrize("form", ["move", "raise", "lower", "act", "release", "close", "record", "service", "reveal"])
def test_each_action_keeps_what_was_begun_for_its_writer_only(site: Site, form: str) -> None:
    who = site.operator("sari", Role.SUPERVISOR)
    _, code = site.case(contact=site.contact())
    sari, budi = site.signed_in(who), site.signed_in(site.operator("budi"))
    sari.post(f"/kasus/{code}/ambil")
    field = FIELDS.get(form, "alasan")
    said = sari.post(f"/kasus/{code}/draf", {"naskah": form, field: BEGUN, **({"alasan": "selesai"} if form == "close" else {})})
    assert (said.status_code, said.text) == (200, "Draf tersimpan 09.00")
    page = sari.get(f"/kasus/{code}").text
    assert BEGUN in shown(page, form) and "Draf dipulihkan" in shown(page, form)
    assert BEGUN not in budi.get(f"/kasus/{code}").text and "sedang menulis" not in budi.get(f"/kasus/{code}").text
    assert sari.post(f"/kasus/{code}/draf", {"naskah": form, field: "", "alasan": "selesai" if form == "close" else ""}).text == ""
    assert not shown(sari.get(f"/kasus/{code}").text, form)


def test_what_is_done_is_no_draft_any_more_and_what_was_refused_still_is(site: Site) -> None:
    case_id, code = site.case()
    who = site.operator("sari")
    browser = site.signed_in(who)
    browser.post(f"/kasus/{code}/draf", {"naskah": "act", "isi": BEGUN})
    browser.post(f"/kasus/{code}/draf", {"naskah": "raise", "keterangan": BEGUN})
    assert browser.post(f"/kasus/{code}/tindakan", {"isi": "x" * 9_000}).status_code == 400
    with site.database.read() as conn:
        assert drafts.load(conn, site.seal, who.id, case_id) == {"act": BEGUN, "raise": BEGUN}
    assert browser.post(f"/kasus/{code}/tindakan", {"isi": BEGUN}).status_code == 303
    with site.database.read() as conn:
        assert drafts.load(conn, site.seal, who.id, case_id) == {"raise": BEGUN}


def begun(page: Page, code: str) -> None:
    open_case(page, code)
    page.get_by_text("Catat tindakan darurat", exact=True).click()
    page.locator("#act-text").press_sequentially(BEGUN[:-1])
    page.keyboard.press(BEGUN[-1])


def test_escape_and_a_link_lose_no_action_that_was_begun(small: Site, enter: Enter) -> None:
    case_id, code = small.case()
    page = enter()
    begun(page, code)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url("**/panel/")
    open_case(page, code)
    expect(page.locator("#act-text")).to_have_value(BEGUN)
    expect(page.locator("#act-text")).to_be_visible()
    page.get_by_role("button", name="Catat", exact=True).click()
    expect(page.locator(".timeline")).to_contain_text(BEGUN)
    expect(page.locator("#act-text")).to_have_value("")
    page.wait_for_timeout(900)  # longer than the pause after which a draft is kept
    page.reload()
    expect(page.locator("#act-text")).to_have_value("")
    assert small.kinds(case_id).count(EventKind.HANDLED) == 1


def test_escape_closes_the_open_menu_and_stays_in_the_case(small: Site, enter: Enter) -> None:
    _, code = small.case()
    page = enter()
    open_case(page, code)
    page.locator("details.me > summary").click()
    page.keyboard.press("Escape")
    expect(page.locator("details.me > summary")).to_be_focused()
    expect(page.locator("details.me[open]")).to_have_count(0)
    assert code in page.url
