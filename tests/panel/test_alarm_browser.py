"""The alarm in a real browser: sound that is really there, one click, other tabs, notifications, the clock, the keyboard."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from hotline.staff import Role
from tests.panel.conftest import Enter
from tests.panel.site import Site
from tests.panel.test_alarm import officer, ringing

SOON = 15_000
LISTEN = """
    const connect = AudioNode.prototype.connect;
    AudioNode.prototype.connect = function (to, ...rest) {
      if (to instanceof AudioDestinationNode && !(this instanceof AnalyserNode)) {
        window.tapped ??= new AnalyserNode(this.context, { fftSize: 32768 });
        connect.call(this, window.tapped);
      }
      return connect.call(this, to, ...rest);
    };
    window.loudness = () => {
      if (!window.tapped) return 0;
      const wave = new Float32Array(window.tapped.fftSize);
      window.tapped.getFloatTimeDomainData(wave);
      return Math.sqrt(wave.reduce((sum, x) => sum + x * x, 0) / wave.length);
    };
"""
"""Taps what goes to the loudspeaker: the newest 0.7 seconds of it."""


UNGUARDED = "navigator.serviceWorker.getRegistration('/panel/static/').then((held) => held ? held.getNotifications() : [])"
SHOWN = f"navigator.locks.request('teduh-notification', () => {UNGUARDED})"
"""What is shown, asked in turn with the page."""


def listening(page: Page, path: str = "/panel/sesi") -> Page:
    """The page opened afresh, as by its address, with an ear at the loudspeaker."""
    page.add_init_script(LISTEN)
    page.goto(path)
    expect(page.locator("#wire")).to_contain_text("diperbarui")
    return page


def until(page: Page, expression: str) -> None:
    """Ask again until it is so: asking inside the page would need eval, which its policy forbids."""
    deadline = time.monotonic() + 20
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, expression
        page.wait_for_timeout(100)


def heard(page: Page) -> None:
    until(page, "loudness() > 0.05")


def silent(page: Page) -> None:
    until(page, "loudness() === 0")


def test_one_click_arms_the_sound_and_it_falls_silent_when_somebody_takes_it(small: Site, enter: Enter) -> None:
    officer(small)
    page, other = listening(enter("sari")), enter("budi")
    small.clock.shift(seconds=1)
    _, code = ringing(small)
    bar = page.locator("[data-alarm]")
    expect(bar).to_contain_text("Weleri", timeout=SOON)
    expect(page.locator("#arm")).to_be_visible()
    expect(page.locator("#bell")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Nyalakan suara").last.click()
    expect(page.locator("#bell")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#arm")).to_be_hidden()
    heard(page)
    small.clock.shift(seconds=1)
    other.goto("/panel/sesi")
    other.get_by_role("button", name=f"Akui {code[:3]} {code[3:6]} {code[6:]}").click()
    expect(other.locator("#code")).to_have_attribute("data-code", code)
    expect(bar).to_contain_text("Diakui Bu Budi", timeout=SOON)
    silent(page)
    expect(page.locator("#bell")).to_have_attribute("data-sounding", "0")


def test_it_rings_in_a_tab_behind_another_and_marks_its_title(small: Site, enter: Enter) -> None:
    page = listening(enter("sari"))
    page.get_by_role("button", name="Nyalakan suara").last.click()
    expect(page.locator("#bell")).to_have_attribute("aria-pressed", "true")
    front = page.context.new_page()
    front.goto("about:blank")
    front.bring_to_front()
    small.clock.shift(seconds=1)
    ringing(small)
    heard(page)
    expect(page).to_have_title("(1) Sesi saya · Teduh")


def test_muted_is_said_and_stays_muted(small: Site, enter: Enter) -> None:
    ringing(small)
    page = enter("sari")
    bell = page.locator("#bell")
    page.locator("h2").first.click()
    expect(bell).to_have_attribute("data-sounding", "1")
    bell.click()
    expect(bell).to_have_attribute("data-sounding", "0")
    listening(page)
    expect(page.locator("#arm")).to_be_visible()
    page.locator("h1").first.click()
    expect(page.locator("#arm")).to_be_visible()


def test_a_notification_says_code_level_and_kecamatan_and_goes_when_it_is_taken(small: Site, enter: Enter) -> None:
    officer(small)
    page = enter("sari")
    page.context.grant_permissions(["notifications"])
    page.goto("/panel/sesi")
    small.clock.shift(seconds=1)
    _, code = ringing(small)
    until(page, f"{SHOWN}.then((all) => all.length === 1)")
    titles = page.evaluate(f"{SHOWN}.then((all) => all.map((one) => [one.title, one.body, one.data.open]))")
    assert titles == [[f"DARURAT · {code[:3]} {code[3:6]} {code[6:]} · Weleri", "", f"/panel/kasus/{code}"]]
    small.clock.shift(seconds=1)
    small.signed_in(small.who("sari")).post(f"/kasus/{code}/akui")
    until(page, f"{SHOWN}.then((all) => all.length === 0)")


TURNS = """
    const kept = ServiceWorkerRegistration.prototype;
    for (const name of ["showNotification", "getNotifications"]) {
      const act = kept[name];
      kept[name] = async function (...rest) {
        window.acts = [...(window.acts ?? []), name];
        if (window.acting) window.crossed = true;
        window.acting = true;
        try { return await act.apply(this, rest); } finally { window.acting = false; }
      };
    }
"""


def watched(small: Site, enter: Enter, script: str = "") -> Page:
    """A page that may notify and keeps what it does (TURNS); it has looked through its notifications once, as each does when it opens."""
    officer(small)
    page = enter("sari")
    page.context.grant_permissions(["notifications"])
    page.add_init_script(TURNS + script)
    page.goto("/panel/sesi")
    until(page, "window.acts?.includes('getNotifications') && !window.acting")
    return page


def test_notifications_are_not_read_while_one_is_shown_for_then_chromium_forgets_it(small: Site, enter: Enter) -> None:
    officer(small)
    page = enter("sari")
    page.context.grant_permissions(["notifications"])
    page.add_init_script(TURNS)
    _, code = ringing(small)
    page.goto("/panel/sesi")
    until(page, "['showNotification', 'getNotifications'].every((name) => window.acts?.includes(name)) && !window.acting")
    assert not page.evaluate("Boolean(window.crossed)")
    until(page, f"{SHOWN}.then((all) => all.length === 1)")
    page.goto("/panel/")
    small.signed_in(small.who("sari")).post(f"/kasus/{code}/akui")
    until(page, f"{SHOWN}.then((all) => all.length === 0)")


def test_a_notification_waits_only_so_long_for_its_turn(small: Site, enter: Enter) -> None:
    page = watched(small, enter)
    page.evaluate("void navigator.locks.request('teduh-notification', () => new Promise(() => {}))")
    small.clock.shift(seconds=1)
    ringing(small)
    until(page, "window.acts.includes('showNotification') && !window.acting")
    assert page.evaluate(f"{UNGUARDED}.then((all) => all.length)") == 1


@pytest.mark.parametrize(
    "without",
    [
        "Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined });",
        "delete AbortSignal.timeout;",
        "LockManager.prototype.request = async () => { throw new DOMException('', 'SecurityError'); };",
    ],
    ids=["no locks", "no limits", "refused"],
)
def test_a_browser_that_gives_no_turns_notifies_all_the_same(without: str, small: Site, enter: Enter) -> None:
    page = watched(small, enter, without)
    small.clock.shift(seconds=1)
    ringing(small)
    until(page, "window.acts.includes('showNotification') && !window.acting")
    assert page.evaluate(f"{UNGUARDED}.then((all) => all.length)") == 1


SLOW_WORKER = """
    const register = ServiceWorkerContainer.prototype.register;
    window.asked = 0;
    ServiceWorkerContainer.prototype.register = async function (...rest) {
      if (window.slow && !window.asked++) await new Promise((go) => { window.go = go; });
      return register.apply(this, rest);
    };
"""


def test_what_was_answered_before_it_could_be_shown_is_not_shown(small: Site, enter: Enter) -> None:
    page = watched(small, enter, SLOW_WORKER)
    page.evaluate("window.slow = true")
    small.clock.shift(seconds=1)
    _, code = ringing(small)
    until(page, "window.asked === 1")
    small.clock.shift(seconds=1)
    small.signed_in(small.who("sari")).post(f"/kasus/{code}/akui")
    until(page, "window.asked === 2 && !document.querySelector('#alarm [data-ringing=\"1\"]')")
    page.evaluate("window.go()")
    page.wait_for_timeout(1000)
    assert page.evaluate(f"{SHOWN}.then((all) => all.length)") == 0


def test_permission_is_only_asked_by_a_click_and_can_be_declined(small: Site, enter: Enter) -> None:
    page = enter("sari")
    page.locator("h2").first.click()
    asked = page.evaluate("Notification.permission")
    if asked == "default":
        expect(page.locator("#ask")).to_be_visible()
        page.get_by_role("button", name="Jangan").click()
        expect(page.locator("#ask")).to_be_hidden()
    page.reload()
    page.locator("h2").first.click()
    expect(page.locator("#ask")).to_be_hidden()


def test_the_clock_ticks_from_the_cry_on_whatever_the_screens_own_clock_says(small: Site, enter: Enter) -> None:
    ringing(small)
    small.clock.shift(minutes=12, seconds=30)
    page = enter("sari")
    since = page.locator(".since")
    expect(since).to_contain_text("12 mnt")
    before = since.inner_text()
    expect(since).not_to_have_text(before)


def test_the_clock_and_the_chip_keep_still_for_whoever_asks_for_less_motion(small: Site, enter: Enter) -> None:
    ringing(small)
    small.clock.shift(minutes=12, seconds=30)
    page = enter("sari", reduced_motion="reduce")
    expect(page.locator(".since")).to_have_text("12 mnt")
    assert page.locator(".bar .chip").evaluate("(chip) => getComputedStyle(chip).animationName") == "none"


def test_a_new_alarm_is_read_out_once(small: Site, enter: Enter) -> None:
    officer(small)
    page = enter("sari")
    expect(page.locator("#ear")).to_have_text("")
    small.clock.shift(seconds=1)
    _, code = ringing(small)
    expect(page.locator("#ear")).to_have_text(f"DARURAT · {code[:3]} {code[3:6]} {code[6:]} · Weleri", timeout=SOON)
    assert page.locator("#ear").get_attribute("aria-live") == "assertive"


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_it_is_taken_by_keyboard_or_by_thumb(phone: bool, small: Site, enter: Enter) -> None:
    case_id, code = ringing(small)
    look = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True} if phone else {}
    page = enter("piket", Role.PIKET, **look)
    page.goto("/panel/piket")
    take = page.get_by_role("button", name="Akui")
    if phone:
        box = take.bounding_box()
        assert box and box["height"] >= 40 and box["width"] >= 100
        take.tap()
    else:
        take.focus()
        page.keyboard.press("Enter")
    expect(page.locator("#code")).to_have_attribute("data-code", code)
    assert small.state(case_id).emergency.value == "DITANGANI"


def test_a_week_is_read_as_a_list_on_a_phone_and_a_duty_entered_and_undone(small: Site, enter: Enter) -> None:
    small.operator("rini", Role.PIKET)
    page = enter("bos", Role.SUPERVISOR, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.goto("/panel/piket")
    days = [box["y"] for box in (day.bounding_box() for day in page.locator(".day").all()) if box]
    assert len(days) == 7 and days == sorted(days)
    page.get_by_label("Petugas").select_option(label="Bu Rini (Petugas piket) – belum mendaftarkan HP")
    page.get_by_role("button", name="Tambah", exact=True).tap()
    turn = page.locator(".turn", has_text="Bu Rini")
    expect(turn.first).to_be_visible()
    turn.first.get_by_role("button").tap()
    expect(turn).to_have_count(0)
    page.get_by_role("button", name="Urungkan").tap()
    expect(turn.first).to_be_visible()
