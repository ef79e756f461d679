"""A sheet and a letter in a real browser: what is begun is not left by accident, and the letter names who was chosen."""

from __future__ import annotations

from playwright.sync_api import expect

from hotline.case import EventKind, Level
from hotline.casework.records import LETTER_BYTES
from hotline.staff import Role
from hotline.store import sign_ins
from tests.panel.conftest import Enter
from tests.panel.site import PASSWORD, Site


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


def test_a_sheet_outlives_the_end_of_the_sign_in_and_is_saved_after_a_new_one(small: Site, enter: Enter) -> None:
    case_id, code = small.case()
    page = enter()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"/panel/kasus/{code}/lembar/pendapat_anak")
    expect(page.locator("#wire")).to_contain_text("diperbarui")
    page.locator("#f-alasan").press_sequentially("Anak masih dirawat")
    page.locator("#f-alasan").evaluate("field => { window.stayed = true; }")
    small.do(lambda conn: sign_ins.end_all(conn, small.who("sari").id))
    expect(page.locator("#ended")).to_contain_text("Masuk lagi di tab lain, lalu simpan.", timeout=20_000)
    page.wait_for_timeout(6_000)
    page.get_by_role("button", name="Simpan lembar").click()
    expect(page.locator("#ended")).to_be_focused()
    assert page.evaluate("window.stayed") is True and asked == []
    # Somebody else at the same computer does not sign her words.
    for name, shown in (("budi", True), ("sari", False)):
        token = small.token(small.operator("budi") if name == "budi" else small.who(name))
        page.context.add_cookies([{"name": "teduh_sesi", "value": token, "url": page.url.partition("kasus")[0], "httpOnly": True}])
        page.wait_for_timeout(6_000)
        expect(page.locator("#ended")).to_be_visible(visible=shown)
    page.get_by_role("button", name="Simpan lembar").click()
    expect(page.locator("#case")).to_contain_text("Anak masih dirawat")
    assert asked == [] and EventKind.RECORDED in small.kinds(case_id)


def test_an_action_begun_on_a_case_outlives_the_end_of_the_sign_in(small: Site, enter: Enter) -> None:
    case_id, code = small.case(level=Level.DARURAT)
    page, other = enter("sari"), enter("budi")
    for each in (page, other):
        each.goto(f"/panel/kasus/{code}")
        expect(each.locator("#wire")).to_contain_text("diperbarui")
    page.locator("#act-act > summary").click()
    page.locator("#act-text").fill("Dijemput bersama Polsek.")
    for name in ("sari", "budi"):
        small.do(lambda conn, name=name: sign_ins.end_all(conn, small.who(name).id))
    expect(other.get_by_label("Kata sandi")).to_be_visible(timeout=20_000)
    expect(page.locator("#ended")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Catat", exact=True).last.click()
    expect(page.locator("#act-text")).to_have_value("Dijemput bersama Polsek.")
    with page.expect_popup() as door:
        page.get_by_role("link", name="Masuk di tab baru").click()
    door.value.get_by_label("Nama masuk").fill("sari")
    door.value.get_by_label("Kata sandi").fill(PASSWORD)
    door.value.get_by_role("button", name="Masuk").click()
    expect(door.value.locator("#lanes")).to_be_visible()
    door.value.close()
    expect(page.locator("#ended")).to_be_hidden(timeout=20_000)
    page.locator("#act-act button").click()
    expect(page.locator(".entry.act")).to_contain_text("Dijemput bersama Polsek.")
    assert EventKind.HANDLED in small.kinds(case_id)


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
