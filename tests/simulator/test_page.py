"""The simulator's page in a real browser: two messengers to talk with, by mouse, by keyboard and on a small screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from hotline.messages import SIMULATED_TELEGRAM, SIMULATED_WHATSAPP, Outgoing
from tests.channels.serving import House
from tests.simulator.talker import Talker
from tests.support.browser import opened

NEWS = Outgoing(text="Info layanan: ada pembaruan untuk kode 482 177 359. Balas CEK bila sudah sempat.")


@pytest.fixture
def small(browser: Browser) -> Iterator[Page]:
    """A page on a small phone."""
    with opened(browser, viewport={"width": 360, "height": 640}) as page:
        yield page


def sim(page: Page, house: House) -> tuple[Locator, Locator]:
    """The page opened; its Telegram and its WhatsApp phone."""
    page.goto(f"{house.url}/simulator")
    telegram, whatsapp = page.locator(".phone.telegram").first, page.locator(".phone.whatsapp").first
    telegram.wait_for(state="attached")
    return telegram, whatsapp


def say(phone: Locator, text: str) -> None:
    phone.get_by_role("textbox").fill(text)
    phone.get_by_role("textbox").press("Enter")


def sender(phone: Locator) -> str:
    return (phone.get_attribute("id") or "").rpartition(".")[2]


def told(phone: Locator) -> Locator:
    return phone.locator(".turn:not(.mine) .bubble:not(.typing)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_is_readable_by_everybody(width: int, scheme: str, browser: Browser, sqlite_house: House) -> None:
    look = {"viewport": {"width": width, "height": 740}, "color_scheme": scheme}
    with opened(browser, bypass_csp=True, reduced_motion="reduce", **look) as page:
        telegram, _ = sim(page, sqlite_house)
        say(telegram, "halo")
        expect(told(telegram)).to_have_count(1)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        for link in page.locator(".bar a").all():
            box = link.bounding_box()
            assert box and box["height"] >= 24
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_buttons_on_telegram(page: Page, sqlite_house: House, sqlite_talker: Talker) -> None:
    telegram, _ = sim(page, sqlite_house)
    say(telegram, "halo")
    telegram.get_by_role("button", name="Tidak", exact=True).click()
    expect(told(telegram).last).to_contain_text("Terima kasih (choice).")
    expect(told(telegram).first).to_contain_text("Tidak")
    expect(telegram.locator(".keys")).to_have_count(0)
    expect(telegram.locator(".turn.mine")).to_have_count(1)
    assert sqlite_talker.heard[-1].choice == "1.R1.tidak"


def test_numbers_on_whatsapp(page: Page, sqlite_house: House, sqlite_talker: Talker) -> None:
    _, whatsapp = sim(page, sqlite_house)
    say(whatsapp, "halo")
    expect(told(whatsapp).last).to_contain_text("2. Tidak")
    say(whatsapp, "2")
    expect(told(whatsapp).last).to_contain_text("Terima kasih (text).")
    assert [i.text for i in sqlite_talker.heard] == ["halo", "2"]


def test_past_midnight_today_is_yesterday(page: Page, sqlite_house: House) -> None:
    telegram, _ = sim(page, sqlite_house)
    say(telegram, "halo")
    expect(told(telegram)).to_have_count(1)
    expect(telegram.locator(".day")).to_have_text(["Hari ini"])
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=1))
    say(telegram, "diam")
    expect(telegram.locator(".day")).to_have_text(["Kemarin", "Hari ini"])


def test_a_reload_keeps_the_chats(page: Page, sqlite_house: House) -> None:
    telegram, whatsapp = sim(page, sqlite_house)
    say(telegram, "halo")
    expect(told(telegram)).to_have_count(1)
    telegram.get_by_role("button", name="Ya", exact=True).click()
    say(whatsapp, "halo")
    expect(told(telegram)).to_have_count(2)
    expect(told(whatsapp)).to_have_count(1)
    before = [phone.locator(".chat").inner_text() for phone in (telegram, whatsapp)]
    telegram, whatsapp = sim(page, sqlite_house)
    expect(told(telegram)).to_have_count(2)
    expect(told(whatsapp)).to_have_count(1)
    assert [phone.locator(".chat").inner_text() for phone in (telegram, whatsapp)] == before
    expect(page.locator(".notification")).to_have_count(0)


def test_a_message_bears_the_moment_the_server_kept(page: Page, sqlite_house: House) -> None:
    page.clock.set_fixed_time(datetime.now(UTC) - timedelta(hours=3, minutes=20))
    telegram, _ = sim(page, sqlite_house)
    say(telegram, "halo")
    expect(told(telegram)).to_have_count(1)
    mine, theirs = (datetime.fromisoformat(turn.get_attribute("datetime") or "") for turn in telegram.locator(".turn time").all())
    assert timedelta() <= theirs - mine < timedelta(minutes=5)


def test_another_browser_is_shown_the_phones_that_wrote(page: Page, browser: Browser, sqlite_house: House) -> None:
    telegram, _ = sim(page, sqlite_house)
    say(telegram, "halo")
    expect(told(telegram)).to_have_count(1)
    with opened(browser) as other:
        other.goto(f"{sqlite_house.url}/simulator")
        expect(other.locator(".phone")).to_have_count(1)
        expect(told(other.locator(".phone"))).to_contain_text("bahaya")
        expect(other.locator(".caption .badge")).to_be_hidden()


def test_several_phones_stand_side_by_side_and_can_be_put_away(page: Page, sqlite_house: House, sqlite_talker: Talker) -> None:
    sim(page, sqlite_house)
    page.get_by_role("button", name="HP WhatsApp").click()
    phones = page.locator(".phone")
    expect(phones).to_have_count(3)
    say(phones.nth(2), "halo")
    expect(told(phones.nth(2))).to_have_count(1)
    say(phones.nth(1), "halo")
    expect(told(phones.nth(1))).to_have_count(1)
    assert len({i.sender for i in sqlite_talker.heard}) == 2
    for _ in range(3):
        phones.first.get_by_role("button", name="Tutup HP ini").click()
    expect(page.get_by_text("Belum ada HP.")).to_be_visible()


def test_a_push_is_a_notification_and_stays_unread_until_looked_at(page: Page, sqlite_house: House, sqlite_talker: Talker) -> None:
    telegram, whatsapp = sim(page, sqlite_house)
    say(whatsapp, "halo")
    expect(told(whatsapp)).to_have_count(1)
    say(telegram, "halo")
    expect(told(telegram)).to_have_count(1)
    sqlite_talker.push(SIMULATED_WHATSAPP, "kendal", sender(whatsapp), NEWS)
    banner = whatsapp.locator(".notification")
    expect(banner).to_contain_text("482 177 359")
    expect(whatsapp.locator(".caption .badge")).to_have_text("1")
    expect(page).to_have_title("(1) Simulator · Teduh")
    expect(telegram.locator(".notification")).to_have_count(0)
    banner.click()
    expect(whatsapp.locator(".caption .badge")).to_be_hidden()
    expect(whatsapp.get_by_role("textbox")).to_be_focused()
    expect(page).to_have_title("Simulator · Teduh")


def test_a_redelivery_is_recognised(page: Page, sqlite_house: House, sqlite_talker: Talker) -> None:
    telegram, _ = sim(page, sqlite_house)
    telegram.get_by_role("button", name="Kirim ulang").click()
    expect(page.get_by_role("status").filter(has_text="Belum ada pesan")).to_be_visible()
    say(telegram, "halo")
    expect(told(telegram)).to_have_count(1)
    telegram.get_by_role("button", name="Kirim ulang").click()
    expect(page.get_by_role("status").filter(has_text="tidak dikerjakan dua kali")).to_be_visible()
    assert len(sqlite_talker.heard) == 1


def test_a_message_waits_for_the_service_and_keeps_its_place(page: Page, sqlite_house: House, sqlite_talker: Talker) -> None:
    _, whatsapp = sim(page, sqlite_house)
    sqlite_talker.away = True
    say(whatsapp, "halo")
    say(whatsapp, "satu lagi")
    expect(whatsapp.locator(".turn.mine.sending")).to_have_count(2)
    sqlite_talker.away = False
    expect(whatsapp.locator(".turn.mine.answered")).to_have_count(2)
    assert [i.text for i in sqlite_talker.heard] == ["halo", "satu lagi"]


def test_by_keyboard_alone(page: Page, sqlite_house: House, sqlite_talker: Talker) -> None:
    telegram, _ = sim(page, sqlite_house)
    telegram.get_by_role("textbox").focus()
    page.keyboard.type("baris satu")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("baris dua")
    page.keyboard.press("Enter")
    expect(told(telegram)).to_have_count(1)
    assert sqlite_talker.heard[0].text == "baris satu\nbaris dua"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(telegram.get_by_role("button", name="Foto")).to_be_focused()
    page.keyboard.press("Escape")
    expect(telegram.get_by_role("button", name="Foto")).to_be_hidden()
    telegram.get_by_role("button", name="Lampirkan").press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(telegram.locator(".turn.mine").last).to_contain_text("Lokasi")
    expect(told(telegram)).to_have_count(2)
    assert sqlite_talker.heard[1].place is not None


def test_whatsapp_counts_down_to_its_limit(page: Page, sqlite_house: House) -> None:
    _, whatsapp = sim(page, sqlite_house)
    whatsapp.get_by_role("textbox").fill("a" * 1500)
    expect(whatsapp.locator(".left")).to_have_text("sisa 100")


def test_on_a_small_screen_one_phone_at_a_time_fills_it(small: Page, sqlite_house: House, sqlite_talker: Talker) -> None:
    telegram, whatsapp = sim(small, sqlite_house)
    expect(telegram).to_be_visible()
    expect(whatsapp).to_be_hidden()
    say(telegram, "halo")
    expect(told(telegram)).to_have_count(1)
    tab = small.get_by_role("tab", name="WhatsApp")
    tab.click()
    expect(whatsapp).to_be_visible()
    expect(telegram).to_be_hidden()
    sqlite_talker.push(SIMULATED_TELEGRAM, "kendal", sender(telegram), NEWS)
    expect(small.get_by_role("tab", name="Telegram").locator(".badge")).to_have_text("1")
    assert small.evaluate("document.documentElement.scrollWidth") <= 360
    box = whatsapp.locator(".send").bounding_box()
    assert box is not None and box["y"] + box["height"] <= 640


def test_what_is_written_is_shown_as_text(page: Page, sqlite_house: House) -> None:
    telegram, _ = sim(page, sqlite_house)
    say(telegram, "<img src=x onerror=document.title='x'> <b>tebal</b>")
    expect(telegram.locator(".turn.mine .bubble")).to_contain_text("<b>tebal</b>")
    expect(telegram.locator(".bubble img, .bubble b")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, sqlite_house: House, scheme: str) -> None:
    with opened(browser, color_scheme=scheme) as page:
        telegram, whatsapp = sim(page, sqlite_house)
        for phone in (telegram, whatsapp):
            say(phone, "halo")
            expect(told(phone)).to_have_count(1)
        low = page.evaluate(CONTRAST)
        assert low == []


# Every visible text against the nearest opaque ground behind it: 4.5 to 1 (WCAG 2.2 AA), 3 to 1 for large text.
CONTRAST = """
() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      const colour = rgb(style.backgroundColor);
      if (colour.length === 3 || colour[3] > 0.75) return colour;
      if (style.backgroundImage.includes("gradient")) return null;
    }
    return [255, 255, 255];
  };
  const low = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !element.checkVisibility() || element.closest("[aria-hidden=true], .unseen, template, noscript")) continue;
    const behind = ground(element);
    const style = getComputedStyle(element);
    const found = behind && ratio(rgb(style.color), behind);
    const enough = parseFloat(style.fontSize) >= 24 ? 3 : 4.5;
    const text = element.textContent.trim().slice(0, 30);
    if (behind && found < enough) low.push(`${element.className || element.tagName} ${found.toFixed(2)}: ${text}`);
  }
  return low;
}
"""
