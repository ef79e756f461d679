"""Somebody types while colleagues act on the same case: the field stays with its words, and no letter becomes a command."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from hotline.case import Event, EventKind, operator_author
from hotline.staff import Role
from hotline.store import cases, queue
from tests.panel.conftest import Enter
from tests.panel.site import Site
from tests.panel.test_talk import Reporter, open_case
from tests.support.house import DANGEROUS

SOON = 15_000
WORDS = "Kunci pintunya. Jangan berisik. Ibu rini tetangga akan datang, cari nomor berapa rumahnya."
ADVICE = "Obrolan tidak lagi di tangan Anda. Teks Anda masih di sini."
CLOSED = "Kasus ini sudah ditutup. Teks Anda masih di sini."


def types(page: Page, selector: str, act: Callable[[], object]) -> None:
    """Half of the words, then the colleague's act, seen here, then the rest without looking up."""
    half = len(WORDS) // 2
    page.locator(selector).press_sequentially(WORDS[:half], delay=5)
    act()
    page.wait_for_timeout(1_500)
    page.keyboard.type(WORDS[half:], delay=20)


def nothing_else_happened(page: Page, small: Site, before: list[str]) -> None:
    expect(page.locator("#note")).to_have_value("")
    expect(page.locator("#raise[open]")).to_have_count(0)
    assert "case.note" not in small.actions() and "case.claim" not in small.actions()[len(before) :]


def test_who_types_in_the_chat_while_another_takes_it_over_loses_no_letter(small: Site, enter: Enter) -> None:
    reporter, sari, boss = Reporter(small), enter("sari"), enter("wati", Role.SUPERVISOR)
    reporter.answers(*DANGEROUS)
    code = reporter.code(small)
    open_case(sari, code)
    open_case(boss, code)
    sari.get_by_role("button", name="Ambil alih percakapan").click()
    expect(sari.locator("#talk-state")).to_contain_text("Anda menjawab di obrolan ini")
    expect(boss.get_by_role("button", name="Ambil alih dari Bu Sari")).to_be_visible(timeout=SOON)
    before = small.actions()
    types(sari, "#talk-words", boss.get_by_role("button", name="Ambil alih dari Bu Sari").click)
    expect(sari.locator("#talk-state")).to_contain_text("Bu Wati menjawab", timeout=SOON)
    expect(sari.locator("#talk-words")).to_be_visible()
    expect(sari.locator("#talk-words")).to_have_value(WORDS)
    expect(sari.locator(".speak")).to_contain_text(ADVICE)
    expect(sari.get_by_role("button", name="Kirim ke obrolan")).to_be_hidden()
    nothing_else_happened(sari, small, before)
    expect(boss.get_by_text(ADVICE)).to_be_hidden()
    sari.locator("#talk-words").fill("")
    expect(sari.locator(".speak")).to_be_hidden()


def test_who_types_a_reply_or_in_the_chat_while_the_case_is_closed_loses_no_letter(small: Site, enter: Enter) -> None:
    sari, budi = enter("sari"), enter("budi")
    case_id, code = small.case(contact=small.contact())
    for page in (sari, budi):
        open_case(page, code)
    sari.keyboard.press("r")
    budi.locator("summary", has_text="Tutup kasus").click()
    budi.locator("#close-reason").select_option("DUPLIKAT")
    budi.locator("#close-note").fill("sama dengan laporan kemarin")
    types(sari, "#reply", budi.get_by_role("button", name="Tutup kasus").click)
    expect(sari.locator(".tag.closed")).to_be_visible(timeout=SOON)
    expect(sari.locator("#reply")).to_be_visible()
    expect(sari.locator("#reply")).to_have_value(WORDS)
    expect(sari.locator(".pane.reply")).to_contain_text(CLOSED)
    expect(sari.get_by_role("button", name="Kirim balasan")).to_have_count(0)
    nothing_else_happened(sari, small, small.actions())
    assert small.state(case_id).closed
    # Whoever did not write is offered nothing.
    expect(budi.locator("#reply")).to_be_hidden()
    expect(budi.locator("label[for=to-reply]")).to_be_hidden()
    expect(budi.locator("#note")).to_be_visible()
    sari.locator("#reply").fill("")
    expect(sari.locator("#note")).to_be_visible()


def test_who_types_in_the_chat_while_the_case_is_closed_loses_no_letter(small: Site, enter: Enter) -> None:
    reporter, page = Reporter(small), enter("sari")
    reporter.answers(*DANGEROUS)
    code = reporter.code(small)
    open_case(page, code)
    page.get_by_role("button", name="Ambil alih percakapan").click()
    expect(page.locator("#talk-state")).to_contain_text("Anda menjawab di obrolan ini")
    with small.database.read() as conn:
        case_id = queue.by_code(conn, small.who("sari"), code).id
    closed = Event(kind=EventKind.CLOSED, at=small.clock(), author=operator_author(1), body={"reason": "DUPLIKAT", "note": "x"})
    types(page, "#talk-words", lambda: small.do(lambda conn: cases.append(conn, small.seal, case_id, [closed])))
    expect(page.locator(".tag.closed")).to_be_visible(timeout=SOON)
    expect(page.locator("#talk-words")).to_have_value(WORDS)
    expect(page.locator(".speak")).to_contain_text(CLOSED)
    page.locator("#talk-words").fill("")
    expect(page.locator("#talk")).to_be_hidden()


def test_letters_after_a_field_that_vanished_are_no_commands(small: Site, enter: Enter) -> None:
    _, code = small.case()
    page = enter()
    open_case(page, code)
    page.locator("summary", has_text="Turunkan tingkat").click()
    page.locator("#lower-reason").press_sequentially("sudah ")
    page.locator("#act-lower").evaluate("part => part.remove()")
    page.keyboard.type("aman, cek rumah nenek", delay=20)
    expect(page.get_by_role("button", name="Ambil kasus")).to_be_visible()
    expect(page.locator("#reply")).to_be_hidden()
    page.wait_for_timeout(2_100)
    page.keyboard.press("r")
    expect(page.locator("#reply")).to_be_focused()
