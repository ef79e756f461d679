"""Arming one's own browsers: only what a browser gives, only one's own, and in Chromium the notification itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, Page, expect

from hotline.messages import WEB_PUSH
from hotline.push import PushKey
from hotline.staff import Role
from hotline.store.alarm import pushes
from panel.duty.push import browser_name
from tests.panel.conftest import Enter
from tests.panel.served import Gate
from tests.panel.site import Site, visible_text
from tests.panel.test_alarm import officer, ringing
from tests.panel.test_alarm_browser import until
from tests.panel.test_phones import alerts
from tests.support.push_service import Browser

_, KEY = PushKey.made()
AGENT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
ENDPOINT = "https://push.example.com/kapabilitas-rahasia"


@pytest.fixture
def armed_site(site: Site) -> Site:
    return with_key(site)


def with_key(site: Site) -> Site:
    object.__setattr__(site.panel.state.panel, "push_key", KEY.public)
    return site


def browsers(site: Site, operator_id: int) -> list[pushes.Browser]:
    with site.database.read() as conn:
        return pushes.of_officer(conn, operator_id)


def test_a_browser_is_armed_tested_and_taken_off(armed_site: Site) -> None:
    site, sari = armed_site, armed_site.operator("sari")
    client = site.signed_in(sari)
    assert f'data-key="{KEY.public}"' in client.get("/hp-piket").text
    assert client.post("/hp-piket/peramban", {"langganan": Browser(ENDPOINT).subscription}).status_code == 303
    (mine,) = browsers(site, sari.id)
    page = client.get("/hp-piket?peramban=menyala").text
    assert "Peramban ini menyala" in visible_text(page) and "rahasia" not in page
    client.post("/hp-piket/peramban/uji", {"peramban": str(mine.id)})
    ((to, call),) = alerts(site)
    assert (to, call.alert) == (mine.contact_id, ("Teduh", "UJI", "-"))
    assert "menunggu dikirim" in visible_text(client.get("/hp-piket").text)
    client.post("/hp-piket/peramban/lepas", {"peramban": str(mine.id)})
    assert browsers(site, sari.id) == []
    assert site.actions() == ["browser.arm", "browser.test", "browser.remove"]


@pytest.mark.parametrize(
    "given",
    [
        "",
        "{}",
        "[]",
        "null",
        "\x00",
        Browser("https://127.0.0.1/x").subscription,
        Browser("http://push.example.com/x").subscription,
        Browser("https://push.example.com/" + "x" * 1024).subscription,
        json.dumps({"endpoint": ENDPOINT, "keys": {}}),
    ],
)
def test_what_no_browser_gives_is_refused(small: Site, given: str) -> None:
    sari = with_key(small).operator("sari")
    client = small.signed_in(sari)
    assert client.post("/hp-piket/peramban", {"langganan": given}).headers["location"].endswith("?peramban=ditolak")
    assert "tidak dapat dipakai" in visible_text(client.get("/hp-piket?peramban=ditolak").text)
    assert browsers(small, sari.id) == []


def test_without_a_key_nothing_is_armed(small: Site) -> None:
    sari = small.operator("sari")
    client = small.signed_in(sari)
    assert "belum disiapkan" in visible_text(client.get("/hp-piket").text)
    client.post("/hp-piket/peramban", {"langganan": Browser(ENDPOINT).subscription})
    assert browsers(small, sari.id) == []


def test_only_ones_own_browser_is_called_or_taken_off(small: Site) -> None:
    sari, budi = with_key(small).operator("sari"), small.operator("budi")
    small.signed_in(sari).post("/hp-piket/peramban", {"langganan": Browser(ENDPOINT).subscription})
    (hers,) = browsers(small, sari.id)
    his = small.signed_in(budi)
    for act in ("uji", "lepas"):
        for number in (str(hers.id), "0", "-1", "x", str(1 << 63)):
            his.post(f"/hp-piket/peramban/{act}", {"peramban": number})
    assert browsers(small, sari.id) == [hers] and alerts(small) == []


def test_an_admin_arms_nothing(small: Site) -> None:
    tata = with_key(small).operator("tata", Role.ADMIN)
    assert small.signed_in(tata).post("/hp-piket/peramban", {"langganan": Browser(ENDPOINT).subscription}).status_code == 403
    assert browsers(small, tata.id) == []


def test_a_notification_leads_to_its_case_and_a_drills_to_the_queue(small: Site) -> None:
    officer(small)
    _, code = ringing(small)
    client = small.signed_in(small.operator("budi"))
    assert client.get(f"/hp-piket/panggilan/{code}").headers["location"] == f"/panel/kasus/{code}"
    for strange in ("abc", "1" * 40, "12٣"):
        assert client.get(f"/hp-piket/panggilan/{strange}").headers["location"] == "/panel/"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (AGENT, "Chrome · Android"),
        (AGENT + " Edg/140", "Edge · Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari · iPhone"),
        ("", "?"),
        ("<script>", "?"),
    ],
)
def test_a_browser_is_known_by_its_kind_alone(agent: str, name: str) -> None:
    assert browser_name(agent) == name


# -- in Chromium, which reaches no push service here: the subscription is made up, the call comes as the browser would bring it

SUBSCRIBES = """
    PushManager.prototype.getSubscription = async () => null;
    PushManager.prototype.subscribe = async (asked) => {
      window.asked = [asked.userVisibleOnly, asked.applicationServerKey.length];
      return { toJSON: () => (%s) };
    };
"""


@pytest.fixture
def duty(small: Site, enter: Enter, gate: Gate) -> Iterator[Page]:
    """The page of one's own phones, in a browser that allows notifications."""
    with_key(small)
    page = enter("sari", permissions=["notifications"])
    page.add_init_script(SUBSCRIBES % Browser(ENDPOINT).subscription)
    yield page


def worker_of(page: Page) -> tuple[CDPSession, str]:
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(r["registrationId"] for r in told["registrations"]))
    session.send("ServiceWorker.enable")
    for _ in range(50):
        if found:
            return session, found[0]
        page.wait_for_timeout(100)
    raise AssertionError("no service worker")


def call(page: Page) -> None:
    """As the browser's push service brings it."""
    session, registration = worker_of(page)
    told = json.dumps({"code": "482 177 359", "level": "DARURAT", "area": "Weleri"})
    origin = re.match(r"https?://[^/]+", page.url)
    assert origin is not None
    session.send("ServiceWorker.deliverPushMessage", {"origin": origin[0], "registrationId": registration, "data": told})


SHOWN = """async () => {
    const held = await navigator.serviceWorker.getRegistration(document.body.dataset.worker);
    const list = await navigator.locks.request("teduh-notification", () => held.getNotifications());
    return list.map((n) => [n.title, n.body, n.tag, n.data.open]);
}"""


def test_one_click_arms_this_browser_and_a_call_is_shown_while_no_page_rings(small: Site, duty: Page) -> None:
    duty.goto("/panel/hp-piket")
    duty.get_by_role("button", name="Panggil juga di peramban ini").click()
    expect(duty.get_by_text("Peramban ini menyala")).to_be_visible()
    expect(duty.locator("#browsers-title ~ ul li")).to_contain_text("Chrome")
    with small.database.read() as conn:
        (chat,) = next(iter(pushes.armed(conn, _operators(small)).values()))
    assert chat.channel == WEB_PUSH
    call(duty)
    until(duty, f"({SHOWN})().then((shown) => shown.length === 1)")
    assert duty.evaluate(SHOWN) == [["DARURAT · 482 177 359 · Weleri", "", "teduh-482177359", "/panel/hp-piket/panggilan/482177359"]]
    duty.goto("/panel/sesi")
    until(duty, f"({SHOWN})().then((shown) => shown.length === 0)")


SLOW_TO_LIST = """
    const list = ServiceWorkerRegistration.prototype.getNotifications;
    let first = true;
    ServiceWorkerRegistration.prototype.getNotifications = async function (asked) {
      if (first) { first = false; await new Promise((go) => setTimeout(go, 1000)); }
      return list.call(this, asked);
    };
"""


def test_a_call_that_comes_while_a_page_still_opens_stays_shown(small: Site, duty: Page) -> None:
    duty.goto("/panel/hp-piket")
    duty.get_by_role("button", name="Panggil juga di peramban ini").click()
    expect(duty.get_by_text("Peramban ini menyala")).to_be_visible()
    duty.add_init_script(SLOW_TO_LIST)
    duty.goto("/panel/hp-piket")
    call(duty)
    duty.wait_for_timeout(2500)
    assert [shown[2] for shown in duty.evaluate(SHOWN)] == ["teduh-482177359"]


def _operators(site: Site) -> list[int]:
    from sqlalchemy import select

    from hotline.store.tables.office import Operator

    with site.database.read() as conn:
        return list(conn.execute(select(Operator.__table__.c.id)).scalars())  # type: ignore[attr-defined]


def test_a_browser_that_says_no_is_told_what_to_do(small: Site, enter: Enter) -> None:
    with_key(small)
    page = enter("sari", permissions=[])
    page.goto("/panel/hp-piket")
    page.get_by_role("button", name="Panggil juga di peramban ini").click()
    expect(page.locator("#push-told")).to_be_visible()
    assert browsers(small, _operators(small)[0]) == []
