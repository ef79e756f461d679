"""Whatever somebody writes into a form of a case stays in sight when a colleague's act takes the form away meanwhile."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from hotline.case import SYSTEM, Event, EventKind, Level
from hotline.casework import levels
from hotline.staff import Role
from hotline.store import cases
from tests.panel.conftest import Enter
from tests.panel.site import Site, desks, visible_text

SOON = 15_000
WORDS = "Ibunya setuju. Cari nomor rumah; bukan malam ini."
GONE = "Formulir ini tidak berlaku lagi karena kasusnya sudah berubah. Teks Anda masih di sini."
KENDAL = desks()["kendal"]


def ended(site: Site, case_id: int) -> None:
    site.clock.shift(seconds=1)
    closed = Event(kind=EventKind.CLOSED, at=site.clock(), author=SYSTEM, body={"reason": "selesai"})
    site.do(lambda conn: cases.append(conn, site.seal, case_id, [closed]))


def opened(page: Page, code: str, *parts: str) -> None:
    page.goto(f"/panel/kasus/{code}")
    expect(page.locator("#wire")).to_contain_text("diperbarui")
    for part in parts:
        page.locator(f"#{part} > summary").click()


def closed_here(page: Page) -> None:
    expect(page.locator("#live .tag.closed")).to_be_visible(timeout=SOON)


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ("act-move", "move-note"),
        ("act-lower", "lower-reason"),
        ("raise", "raise-note"),
        ("act-close", "close-note"),
        ("act-record", "record-text"),
        ("act-service", "service-text"),
        ("act-assign", "letter"),
    ],
)
def test_who_types_while_the_case_is_closed_loses_no_letter(part: str, field: str, small: Site, enter: Enter) -> None:
    case_id, code = small.case()
    page, half = enter("budi", Role.SUPERVISOR), len(WORDS) // 2
    opened(page, code, part)
    page.locator(f"#{field}").press_sequentially(WORDS[:half])
    ended(small, case_id)
    closed_here(page)
    page.keyboard.type(WORDS[half:])
    expect(page.locator(f"#{field}")).to_have_value(WORDS)
    expect(page.locator(f"#{field}")).to_be_focused()
    expect(page.locator(f"#{part}")).to_contain_text(GONE)
    expect(page.locator(f"#{part}").get_by_role("button")).to_have_count(0)
    expect(page.locator("#note")).to_have_value("")
    # Everything else that only an open case has is gone, and once the words are taken out, so is this.
    expect(page.locator(".acts .gone")).to_have_count(1)
    page.locator(f"#{field}").fill("")
    small.says(case_id, "Ada kabar?")
    expect(page.locator(f"#{part}")).to_have_count(0, timeout=SOON)


def test_words_of_a_proposals_answer_stay_when_another_has_answered(small: Site, enter: Enter) -> None:
    case_id, code = small.case()
    sari, wati = small.operator("sari"), small.operator("wati", Role.SUPERVISOR)
    version, seal = small.version(case_id), small.seal
    wish = {"level": Level.SEDANG, "reason": "sudah aman", "now": small.clock()}
    small.do(lambda conn: levels.lower(conn, seal, sari, case_id, version=version, **wish))  # type: ignore[arg-type]
    page = enter("budi", Role.SUPERVISOR)
    opened(page, code)
    page.locator("#decline").press_sequentially("Ayahnya masih di rumah")
    small.clock.shift(seconds=1)
    small.do(lambda conn: levels.approve(conn, seal, wati, case_id, version=version + 1, now=small.clock()))
    expect(page.locator("#live .chip").first).to_have_text("SEDANG", timeout=SOON)
    expect(page.locator("#decline")).to_have_value("Ayahnya masih di rumah")
    expect(page.locator("#proposal")).to_contain_text(GONE)
    expect(page.locator("#proposal")).not_to_contain_text("Usulan menurunkan")


def test_a_note_is_still_kept_in_a_case_that_was_closed_meanwhile(small: Site, enter: Enter) -> None:
    case_id, code = small.case()
    page = enter("sari")
    opened(page, code)
    page.locator("#note").press_sequentially(WORDS)
    ended(small, case_id)
    closed_here(page)
    expect(page.locator("#note")).to_have_value(WORDS)
    page.get_by_role("button", name="Sudah saya baca").click()
    page.get_by_role("button", name="Simpan catatan").click()
    expect(page.locator(".entry.note")).to_contain_text(WORDS)


def test_a_form_that_comes_back_has_its_words_and_its_button(small: Site, enter: Enter) -> None:
    case_id, code = small.case()
    page = enter("sari")
    opened(page, code, "act-record")
    page.locator("#record-text").press_sequentially(WORDS)
    ended(small, case_id)
    closed_here(page)
    small.clock.shift(seconds=1)
    again = Event(kind=EventKind.REOPENED, at=small.clock(), author=SYSTEM, body={"reason": "belum selesai"})
    small.do(lambda conn: cases.append(conn, small.seal, case_id, [again]))
    expect(page.locator("#act-record").get_by_role("button", name="Rekam")).to_be_visible(timeout=SOON)
    expect(page.locator("#record-text")).to_have_value(WORDS)
    expect(page.locator("#act-record")).not_to_contain_text(GONE)


def test_words_that_were_sent_too_late_stay_too(small: Site, enter: Enter) -> None:
    case_id, code = small.case()
    page = enter("sari")
    opened(page, code, "act-move")
    page.locator("#move-note").fill(WORDS)
    page.evaluate("document.querySelector('#refresh').remove()")  # the news has not come yet
    ended(small, case_id)
    page.get_by_role("button", name="Pindahkan", exact=True).click()
    expect(page.locator("#notice")).to_be_focused()
    expect(page.locator("#move-note")).to_have_value(WORDS)
    expect(page.locator("#act-move")).to_contain_text(GONE)


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("pindah", {"tahap": "registrasi", "keterangan": WORDS}),
        ("turunkan", {"tingkat": "2", "alasan": WORDS}),
        ("tutup", {"alasan": "selesai", "keterangan": WORDS}),
        ("rekam", {"apa": "police", "saat": "2026-11-23T08:00", "keterangan": WORDS}),
        ("layanan", {"layanan": "konseling", "keterangan": WORDS}),
        ("catat", {"isi": WORDS}),
    ],
)
def test_without_a_script_the_answer_still_has_the_words(verb: str, fields: Mapping[str, str], site: Site) -> None:
    case_id, code = site.case()
    browser = site.signed_in(site.operator("budi", Role.SUPERVISOR))
    version = str(site.version(case_id))
    ended(site, case_id)
    answered = browser.post(f"/kasus/{code}/{verb}", {"versi": version, **fields})
    assert answered.status_code == 409
    assert answered.text.count(f">{WORDS}</textarea>") == 1
    assert (GONE in visible_text(answered.text.split("</template>")[1])) is (verb != "catat")
