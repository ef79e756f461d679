"""A sheet and a letter in a real browser: what is begun is not left by accident, and the letter names who was chosen."""

from __future__ import annotations

from playwright.sync_api import expect

from hotline.case import EventKind
from hotline.casework.records import LETTER_BYTES
from hotline.staff import Role
from tests.panel.conftest import Enter
from tests.panel.site import Site


def test_whoever_leaves_a_sheet_unsaved_is_asked_and_whoever_saves_it_is_not(small: Site, enter: Enter) -> None:
    case_id, code = small.case()
    page = enter()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"/panel/kasus/{code}/lembar/pendapat_anak")
    page.reload()
    assert asked == []
    page.locator("#f-alasan").press_sequentially("Belum")
    page.reload()
    assert asked == ["beforeunload"]
    page.locator("#f-alasan").press_sequentially("Anak masih dirawat")
    page.get_by_role("button", name="Simpan lembar").click()
    expect(page.locator("#case")).to_contain_text("Anak masih dirawat")
    assert asked == ["beforeunload"] and EventKind.RECORDED in small.kinds(case_id)


def test_who_writes_a_sheet_for_long_stays_signed_in(small: Site, enter: Enter) -> None:
    _, code = small.case()
    page = enter()
    page.clock.install()
    page.goto(f"/panel/kasus/{code}/lembar/asesmen")
    page.clock.fast_forward("06:00")
    with page.expect_request(lambda request: request.url.endswith("/denyut") and "x-teduh-refresh" not in request.headers):
        page.locator("#f-data").press_sequentially("a")


def test_a_letter_that_is_too_large_is_told_before_it_is_sent(small: Site, enter: Enter) -> None:
    _, code = small.case()
    page = enter()
    page.goto(f"/panel/kasus/{code}")
    page.locator("#act-assign > summary").click()
    told = []
    for size in (LETTER_BYTES + 1, LETTER_BYTES):
        page.locator("#letter-file").set_input_files({"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"0" * size})
        told.append(page.locator("#letter-file").evaluate("field => field.validationMessage"))
    assert "paling besar 5 MB" in told[0] and told[1] == ""


def test_the_draft_of_a_letter_names_who_was_chosen(small: Site, enter: Enter) -> None:
    small.operator("dewi", Role.PENDAMPING)
    _, code = small.case()
    page = enter()
    page.goto(f"/panel/kasus/{code}")
    page.locator("#act-assign > summary").click()
    page.locator("#assign-to").select_option(label="Bu Dewi")
    with page.expect_popup() as letter:
        page.get_by_role("link", name="Cetak draf surat tugas").click()
    expect(letter.value.locator("dd").first).to_have_text("Bu Dewi")
