"""The panel by keyboard, ear, thumb and on paper: the focus is never lost, nothing chatters, alarms do not bury the case."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline import operate
from hotline.case import Level
from hotline.staff import Role
from tests.panel.conftest import Enter
from tests.panel.served import served
from tests.panel.site import Site
from tests.panel.test_alarm import ringing
from tests.support.browser import opened

SOON = 15_000
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 900}}


def taken(site: Site, case_id: int, name: str = "budi") -> None:
    site.clock.shift(seconds=1)
    site.do(lambda conn: operate.claim(conn, site.seal, site.who(name), case_id, now=site.clock()))


def cries(site: Site, number: int) -> list[tuple[int, str]]:
    found = []
    for _ in range(number):
        site.clock.shift(seconds=1)
        found.append(ringing(site))
    return found


def test_the_focus_stays_on_its_alarm_when_another_is_answered_and_never_comes_to_rest_on_a_deed(small: Site, enter: Enter) -> None:
    (one, _), (two, code), _ = cries(small, 3)
    small.operator("budi")
    page = enter("sari", **DESK)
    bar = page.locator(f"#alarm [data-open$='{code}']")
    bar.get_by_role("button", name="Akui").focus()
    taken(small, one)
    expect(page.locator("#alarm [data-ringing='0']")).to_have_count(1, timeout=SOON)
    expect(bar.get_by_role("button", name="Akui")).to_be_focused()
    taken(small, two)
    expect(page.locator("#alarm [data-ringing='0']")).to_have_count(2, timeout=SOON)
    expect(bar.get_by_role("link", name="Buka")).to_be_focused()


def test_the_focus_stays_in_the_queue_when_cases_leave_it(small: Site, enter: Enter) -> None:
    cases = []
    for _ in range(3):
        small.clock.shift(seconds=1)
        cases.append(small.case())
    (one, _), (two, second), (_, third) = cases
    small.operator("budi")
    page = enter("sari", **DESK)
    page.locator(f"[data-row]:has([data-code='{second}']) [data-open]").focus()
    taken(small, one)
    expect(page.locator(".lane-baru [data-row]")).to_have_count(2, timeout=SOON)
    expect(page.locator(f"[data-open][href$='{second}']")).to_be_focused()
    taken(small, two)
    expect(page.locator(".lane-baru [data-row]")).to_have_count(1, timeout=SOON)
    expect(page.locator(f"[data-open][href$='{third}']")).to_be_focused()


def test_who_left_a_place_on_purpose_is_not_brought_back(small: Site, enter: Enter) -> None:
    one, code = small.case()
    small.case()
    small.operator("budi")
    page = enter("sari", **DESK)
    page.locator(f"[data-open][href$='{code}']").focus()
    page.locator(".order").click()
    taken(small, one)
    expect(page.locator(".lane-baru [data-row]")).to_have_count(1, timeout=SOON)
    page.wait_for_timeout(700)
    assert page.evaluate("document.activeElement.matches('body, #content')")


def test_the_beat_is_not_read_out_but_its_loss_and_its_return_are(enter: Enter) -> None:
    page = enter("sari")
    assert page.locator("#wire").evaluate("(wire) => wire.closest('[aria-live], [role=status], [role=alert]')") is None
    heard = page.locator("#wire-said")
    expect(heard).to_be_empty()
    page.evaluate("document.dispatchEvent(new CustomEvent('down', {detail: {data: ''}}))")
    expect(heard).to_have_text("basis data tidak menjawab")
    expect(heard).to_have_text("diperbarui", timeout=SOON)


def test_a_draft_that_is_kept_again_in_the_same_minute_is_told_once(small: Site, enter: Enter) -> None:
    _, code = small.case()
    page = enter("sari")
    page.goto(f"/panel/kasus/{code}")
    page.locator("#note").press_sequentially("Belum")
    expect(page.locator("#kept-note")).to_contain_text("Draf tersimpan")
    page.evaluate(
        "told = 0; new MutationObserver(() => told++).observe(document.querySelector('#kept-note'), {childList: true, subtree: true})"
    )
    with page.expect_response("**/draf"):
        page.locator("#note").press_sequentially(" selesai")
    page.wait_for_timeout(300)
    assert page.evaluate("told") == 0


def test_five_alarms_do_not_bury_a_case_on_a_desk(small: Site, enter: Enter) -> None:
    cries(small, 5)
    _, code = small.case()
    page = enter("sari", **DESK)
    page.goto(f"/panel/kasus/{code}")
    expect(page.locator("#alarm").get_by_role("button", name="Akui")).to_have_count(5)
    for button in page.locator("#alarm").get_by_role("button", name="Akui").all():
        expect(button).to_be_visible()
    alarms = page.locator("#alarm .bar.rings:visible")
    assert sum((box := bar.bounding_box()) is not None and box["y"] < 260 for bar in alarms.all()) == 5
    assert _top(page) < 450, "the case begins in the upper half"


def test_the_notices_of_a_first_day_leave_room_for_the_case_on_a_phone(small: Site, enter: Enter) -> None:
    cries(small, 7)  # nobody is on duty, nobody could be called, and the sound is off
    _, code = small.case()
    page = enter("budi", Role.SUPERVISOR, **PHONE)
    page.goto(f"/panel/kasus/{code}")
    for part in ("#trouble-gap", "#arm"):
        expect(page.locator(part)).to_be_visible()
    expect(page.locator("#alarm").get_by_role("button", name="Akui").locator("visible=true")).to_have_count(1)
    expect(page.locator("#alarm").get_by_text("6 keadaan darurat lain")).to_be_visible()
    expect(page.locator("#trouble-gap p")).to_be_hidden()
    page.locator("#trouble-gap summary").tap()
    expect(page.locator("#trouble-gap").get_by_role("link", name="Isi jadwal")).to_be_visible()
    page.locator("#trouble-gap summary").tap()
    assert _top(page) < 500, "at most two thirds of the screen are notices"


def _top(page: Page) -> float:
    box = page.locator("#case h1").bounding_box()
    assert box
    return box["y"]


def test_the_main_buttons_are_large_under_a_finger(small: Site, enter: Enter) -> None:
    _, code = ringing(small)
    page = enter("sari", **PHONE)
    page.goto(f"/panel/kasus/{code}")
    for name in ("Saya sudah melihatnya", "Ambil kasus", "Simpan catatan", "Balas"):
        box = page.get_by_role("button", name=name).first.bounding_box()
        assert box and box["height"] >= 44, name


@pytest.mark.parametrize("width", [320, 640])
def test_a_desk_enlarged_twice_or_four_times_is_read_without_scrolling_sideways(width: int, small: Site, enter: Enter) -> None:
    _, code = ringing(small)
    page = enter("budi", Role.SUPERVISOR, viewport={"width": width, "height": 256})
    for path in ("/", f"/kasus/{code}", "/piket", "/daftar/terbuka"):
        page.goto(f"/panel{path}")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, path


def test_a_case_is_printed_with_its_story_and_without_its_buttons(small: Site, enter: Enter) -> None:
    case_id, code = small.case(level=Level.DARURAT, contact=small.contact())
    small.says(case_id, "Apakah sudah ada petugas?")
    page = enter("budi", Role.SUPERVISOR, color_scheme="light")
    page.goto(f"/panel/kasus/{code}")
    page.emulate_media(media="print")
    for shown in ("#case h1", "#story .entry.said", "#facts", "#live .chip"):
        expect(page.locator(shown).first).to_be_visible()
    for hidden in (".top", "#alarm", "#composer", "#talk", "#acts", ".quick", ".skip"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)


def test_a_wrong_password_is_told_at_its_fields_and_in_the_title(small: Site, browser: Browser) -> None:
    small.operator("sari")
    with served(small.app) as url, opened(browser, base_url=url) as page:
        page.goto("/panel/masuk")
        page.get_by_label("Nama masuk").fill("sari")
        page.get_by_label("Kata sandi").fill("bukan ini sandinya")
        page.get_by_role("button", name="Masuk").click()
        expect(page).to_have_title("Belum berhasil masuk · Masuk · Teduh")
        field = page.get_by_label("Kata sandi")
        expect(field).to_be_focused()
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(
            "Nama atau kata sandi tidak cocok. Periksa kembali; huruf besar dan kecil dibedakan pada kata sandi."
        )
