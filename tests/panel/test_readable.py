"""Every page of the panel: fits a desk and a phone, in light and dark, and axe finds nothing to complain of."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from hotline.case import SYSTEM, Event, EventKind, Level
from hotline.messages import Outgoing
from hotline.staff import Role
from hotline.store import cases, officers, outages, outbox
from hotline.store.alarm import roster
from tests.panel.conftest import Enter
from tests.panel.served import served
from tests.panel.site import Site, answer
from tests.support.browser import opened


def _full(site: Site) -> str:
    """A region with one of everything; the code of a case with all its parts."""
    contact = site.contact()
    for level in Level:
        site.case(level=level, contact=site.contact(phone="shared"), reasons=("R3=serumah", "R6=belum_ditanyakan", "kata_bahaya=ya"))
    story = "Murid saya kelas tiga. Tadi pagi ada memar di lengan kirinya, ia menangis waktu disebut ayahnya. " * 4
    more = [
        answer(site.clock, "cerita", story, question="Ceritakan apa yang terjadi"),
        answer(site.clock, "kecamatan", "Limbangan"),
        answer(site.clock, "R4", "6-12", "6-12 tahun", "Berapa umur anak itu?"),
        answer(site.clock, "pelapor", "guru"),
    ]
    case_id, code = site.case(level=Level.DARURAT, contact=contact, more=more)
    browser = site.signed_in(site.operator("dewi", Role.SUPERVISOR))
    site.says(case_id, "Apakah sudah ada petugas? " + "a" * 90)
    for verb, fields in (
        ("ambil", {}),
        ("catat", {"isi": "Kepala sekolah sudah dihubungi."}),
        ("balas", {"isi": "Kami datang hari ini."}),
        ("tindakan", {"isi": "Dijemput bersama Polsek."}),
        ("turunkan", {"tingkat": "2", "alasan": "sudah aman"}),
    ):
        browser.post(f"/kasus/{code}/{verb}", {"versi": str(site.version(case_id))} | fields)
    with site.database.write() as conn:
        letter = outbox.put(conn, site.seal, contact, Outgoing(text="x"), purpose=outbox.PUSH, case_id=case_id, now=site.clock())
        done = {"at": site.clock(), "took": site.clock() - site.clock(), "outcome": "blocked", "state": outbox.DEAD, "reason": "blocked"}
        outbox.settle(conn, [outbox.Outcome(id=letter, **done)])  # type: ignore[arg-type]
    return code


def _troubled(site: Site) -> str:
    """The same with an emergency that called somebody, an officer on duty, a holiday, and every banner; the emergency's code."""
    sari, now = site.operator("sari"), site.clock()
    site.operator("rini", must_change=True)
    contact = site.contact(channel="telegram")
    with site.database.write() as conn:
        invited = officers.invite(conn, sari.id, now)
        officers.register(conn, invited, contact, now, channel="telegram", region="kendal")
        for position in roster.POSITIONS:
            times = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=30)}
            roster.add_duty(conn, "kendal", operator_id=sari.id, position=position, **times)
        roster.add_holiday(conn, "kendal", now.date() + timedelta(days=1), "Hari Guru Nasional")
        outages.begin(conn, outages.SCHEDULER, now - timedelta(minutes=2), "x", now)
    return site.case(level=Level.DARURAT, rings=True, more=[answer(site.clock, "kecamatan", "Weleri")])[1]


PAGES = (
    "/panel/",
    "/panel/kasus/{code}",
    "/panel/kasus/{rings}",
    "/panel/daftar/terbuka",
    "/panel/pesan-gagal",
    "/panel/sesi",
    "/panel/sandi",
    "/panel/tidak-ada",
    "/panel/piket",
    "/panel/akun",
    "/panel/hp-piket",
    "/panel/tinjauan",
    "/panel/dialog/report",
    "/panel/kepuasan",
    "/panel/poster",
    "/panel/kasus/{code}/surat-tugas",
    "/panel/kasus/{code}/lembar/kontak_awal",
    "/panel/kasus/{closed}",
    "/panel/cari?kode=111222333",
    "/panel/daftar/ditutup",
    "/panel/tenggat",
    "/panel/latihan",
    "/panel/angka",
    "/panel/kecepatan",
)
SMALL = """() => [...document.querySelectorAll(":is(main,#alarm) :is(a,button, summary, select, textarea, input:not([type=hidden], .vh))")]
  .filter((e) => e.checkVisibility() && !e.closest(".vh, p:not(.tabs, .bar p, main > p, .acts p), .entry.mark, .trail li"))
  .filter((e) => (({ width, height }) => width && (height < 24 || width < 24))(e.getBoundingClientRect()))
  .map((e) => e.outerHTML.slice(0, 120))"""
"""What is smaller than 24 pixels (WCAG 2.5.8), links within a sentence left out."""
LOOKS = {
    "desk": {"viewport": {"width": 1280, "height": 900}},
    "desk, dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}},
    "phone, dark": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
}


@pytest.mark.parametrize("look", ["desk", "phone"])
def test_the_menu_opens_on_the_screen(look: str, enter: Enter) -> None:
    page = enter("kusumaningrum", Role.SUPERVISOR, **LOOKS[look])
    page.locator(".me summary").click()
    box, size = page.locator(".menu").bounding_box(), page.viewport_size
    assert box and size
    assert box["x"] >= 0 and box["x"] + box["width"] <= size["width"]


@pytest.mark.requirement("KEN-44")
@pytest.mark.parametrize("look", LOOKS)
def test_every_page_fits_its_screen_and_is_readable_by_everybody(look: str, small: Site, enter: Enter) -> None:
    small.panel.state.panel.ways["kendal"]["telegram"] = "https://t.me/contoh_bot?text={text}"
    code, rings = _full(small), _troubled(small)
    closed_id, closed = small.case(track="layanan", level=Level.RENDAH, reasons=(), contact=small.contact())
    end = Event(kind=EventKind.CLOSED, at=small.clock(), author=SYSTEM, body={"reason": "selesai"})
    small.do(lambda conn: cases.append(conn, small.seal, closed_id, [end]))
    page = enter("budi", Role.SUPERVISOR, bypass_csp=True, reduced_motion="reduce", **LOOKS[look])
    # Dark is the same page in other colours: everything else that axe looks at was looked at in light.
    rules = ["color-contrast"] if "dark" in look else ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = {}
    for address in PAGES:
        page.goto(address.format(code=code, rings=rings, closed=closed))
        page.evaluate("document.querySelectorAll('details:not(.me)').forEach((part) => { part.open = true })")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        axe = Axe().run(page, options={"runOnly": rules})
        broken = [(v["id"], n["target"], n["failureSummary"]) for v in axe.response["violations"] for n in v["nodes"][:3]]
        tiny = page.evaluate(SMALL)
        if wide or broken or tiny:
            found[address] = (wide, broken, tiny)
    assert found == {}, "\n".join(str(x) for x in found.values())


def test_the_sign_in_page_is_readable_by_everybody(small: Site, browser: Browser) -> None:
    with served(small.app) as url, opened(browser, base_url=url, bypass_csp=True) as page:
        page.goto("/panel/masuk")
        assert Axe().run(page).violations_count == 0
