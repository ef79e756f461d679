"""The alarm in the panel: the banner on every page, who was called and what became of it, the case's history, calls that failed, drills."""

from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from hotline.alarm.ladder import Ladder
from hotline.case import Level
from hotline.escalate import Escalator
from hotline.staff import Role
from hotline.store.alarm import alarm_board, alarms, roster
from tests.panel.site import Site, answer, desks, visible_text
from tests.panel.test_phones import register


def ringing(site: Site, **more: object) -> tuple[int, str]:
    """An emergency in Weleri, just cried."""
    return site.case(level=Level.DARURAT, rings=True, more=[answer(site.clock, "kecamatan", "Weleri")], **more)  # type: ignore[arg-type]


def officer(site: Site, name: str = "rini", *, phone: bool = True) -> None:
    """First on call now."""
    who = site.operator(name, Role.PIKET)
    if phone:
        register(site, who)
    with site.database.write() as conn:
        times = {"starts_at": site.clock(), "ends_at": site.clock() + timedelta(days=8)}
        roster.add_duty(conn, "kendal", operator_id=who.id, position=1, **times)


def banner(page: str) -> str:
    return visible_text(page[page.index('id="alarm"') : page.index('id="pulse"')])


def test_the_banner_stands_on_every_page_and_says_who_was_called(site: Site) -> None:
    officer(site)
    _, code = ringing(site)
    _, other = site.case()
    browser = site.signed_in(site.operator("sari"))
    site.clock.shift(minutes=3)
    for path in ("/", "/daftar/terbuka", "/daftar/ditutup", f"/kasus/{other}", "/piket", "/hp-piket", "/sesi", "/pesan-gagal"):
        said = banner(browser.get(path).text)
        assert f"{code[:3]} {code[3:6]} {code[6:]}" in said and "Weleri" in said and "3 mnt" in said, path
        assert "Bu Rini Telegram: sedang dikirim" in said and "Berikutnya pukul" in said, path


def test_the_banner_says_when_the_reporter_is_told_although_nobody_could_be_called(site: Site) -> None:
    ringing(site)
    told = (site.clock() + timedelta(minutes=5)).astimezone(ZoneInfo("Asia/Jakarta"))
    said = banner(site.signed_in(site.operator("sari")).get("/").text)
    assert f"Berikutnya pukul {told:%H.%M}: pelapor diberi tahu" in said


def test_the_banner_tells_code_level_and_kecamatan_and_nothing_of_the_story(site: Site) -> None:
    site.case(
        level=Level.DARURAT,
        rings=True,
        more=[answer(site.clock, "cerita", "dia memukul adik di dapur"), answer(site.clock, "kecamatan", "Weleri")],
    )
    said = banner(site.signed_in(site.operator("sari")).get("/sesi").text)
    assert "memukul" not in said and "fisik" not in said.lower()


def test_taking_it_in_the_panel_silences_it_and_says_when_it_rings_again(site: Site) -> None:
    officer(site)
    _, code = ringing(site)
    browser = site.signed_in(site.operator("sari"))
    assert 'data-ringing="1"' in browser.get("/").text
    assert browser.post(f"/kasus/{code}/akui").status_code == 303
    page = browser.get("/").text
    assert 'data-ringing="0"' in page and 'data-ringing="1"' not in page
    assert "Diakui Bu Sari" in banner(page) and "berbunyi lagi pukul" in banner(page)


def minutes_pass(site: Site, minutes: int, by: int = 1) -> None:
    """The alarm's clock looks once in so many minutes."""
    escalator = Escalator(desks(), site.seal, site.clock)
    for _ in range(0, minutes, by):
        site.clock.shift(minutes=by)
        with site.database.write() as conn:
            escalator.look(conn)


def test_a_long_alarm_tells_its_last_call_and_how_many_there_were(site: Site) -> None:
    officer(site)
    began = site.clock().astimezone(ZoneInfo("Asia/Jakarta"))
    _, code = ringing(site)
    browser = site.signed_in(site.operator("sari"))
    minutes_pass(site, 110, 5)
    for path in ("/", f"/kasus/{code}"):
        page = browser.get(path).text
        said = visible_text(page[page.index("data-since") : page.index('class="buttons"' if path == "/" else 'id="code"')])
        assert re.search(rf"\bpanggilan ke-1\d sejak pukul {began:%H.%M}: Bu Rini Telegram", said), said
        assert said.count("Bu Rini Telegram") == (1 if path == "/" else 2), "On the case's own page its bar is there, hidden."
        assert "1 j 50 mnt" in said
    assert "6 panggilan darurat tidak sampai" in banner(page), "What fails again at each repetition is one."
    history = visible_text(page[page.index('id="rings"') :])
    assert history.count("Bu Rini Telegram") >= 5, "The case keeps every call."


def test_an_alarm_that_rings_anew_says_who_had_it(site: Site) -> None:
    officer(site)
    _, code = ringing(site)
    browser = site.signed_in(site.operator("sari"))
    site.clock.shift(minutes=2)
    at = site.clock().astimezone(ZoneInfo("Asia/Jakarta"))
    browser.post(f"/kasus/{code}/akui")
    assert "belum ada tindakan yang dicatat. " not in banner(browser.get("/").text).partition("berbunyi lagi")[0]
    minutes_pass(site, 12)
    held = f"Diakui Bu Sari pukul {at:%H.%M}, belum ada tindakan yang dicatat."
    page = browser.get("/").text
    assert 'data-ringing="1"' in page and held in banner(page) and "Darurat, alarm berbunyi" in visible_text(page)
    case = visible_text(browser.get(f"/kasus/{code}").text)
    assert held in case and "Keadaan darurat: belum ada tindakan" in case and "belum diakui" not in case


def test_acting_ends_it_everywhere_and_its_history_stays_in_the_case(site: Site) -> None:
    officer(site)
    case_id, code = ringing(site)
    browser = site.signed_in(site.operator("sari"))
    site.clock.shift(minutes=2)
    browser.post(f"/kasus/{code}/akui")
    site.clock.shift(minutes=4)
    browser.post(f"/kasus/{code}/tindakan", {"isi": "Dijemput bersama Polsek."})
    assert "data-alarm=" not in browser.get("/").text
    page = browser.get(f"/kasus/{code}").text
    history = visible_text(page[page.index('id="rings"') :].partition('class="acts')[0])
    for said in ("berhenti: ada tindakan", "petugas piket pertama", "Bu Rini Telegram", "Bu Sari · 2 mnt", "6 mnt", "tidak perlu lagi"):
        assert said in history, said
    with site.database.read() as conn:
        assert [alarm.state for alarm in alarm_board.of_case(conn, case_id)] == ["ended"]


def test_calls_that_reached_nobody_are_a_red_banner_with_the_reason(site: Site) -> None:
    officer(site, phone=False)
    ringing(site)
    said = banner(site.signed_in(site.operator("sari")).get("/").text)
    assert "tidak sampai" in said and "Bu Rini" in said and "belum mendaftarkan HP" in said and "Telepon langsung" in said


def test_an_empty_roster_is_told_as_the_reason(site: Site) -> None:
    ringing(site)
    assert "jadwal piket kosong" in banner(site.signed_in(site.operator("sari")).get("/").text)


@pytest.mark.parametrize(("role", "region"), [(Role.PENDAMPING, "kendal"), (Role.ADMIN, "kendal"), (Role.OPERATOR, "luwu-timur")])
def test_whoever_may_not_see_the_case_sees_nothing_of_its_alarm(role: Role, region: str, site: Site) -> None:
    officer(site, phone=False)
    _, code = ringing(site)
    page = site.signed_in(site.operator("lain", role, region)).get("/").text
    assert "data-alarm=" not in page and code not in page and "Weleri" not in page and "tidak sampai" not in page


def test_a_companion_sees_the_alarm_of_the_case_they_hold(site: Site) -> None:
    dewi = site.operator("dewi", Role.PENDAMPING)
    case_id, _ = ringing(site)
    site.give(case_id, dewi.id)
    assert "data-alarm=" in site.signed_in(dewi).get("/").text


def drill(site: Site, region: str = "kendal") -> int:
    ladder = Ladder.of(desks()[region].profile.file.on_call)
    with site.database.write() as conn:
        return alarms.start(
            conn,
            site.seal,
            region=region,
            ladder=ladder,
            code="000000123",
            level=Level.DARURAT,
            area="Weleri",
            now=site.clock(),
            drill=True,
        )


def test_a_drill_is_marked_and_answered_without_a_case(site: Site) -> None:
    officer(site)
    made = drill(site)
    browser = site.signed_in(site.operator("sari"))
    page = browser.get("/").text
    assert "LATIHAN" in banner(page) and "/kasus/000000123" not in page
    assert browser.post(f"/latihan/{made}/ambil").status_code == 303
    assert "Diakui Bu Sari" in banner(browser.get("/").text)
    browser.post(f"/latihan/{made}/tindakan")
    assert "data-alarm=" not in browser.get("/").text
    assert site.actions() == ["drill.take", "drill.act"]


def test_a_drill_of_another_region_and_a_real_alarm_are_no_drills_of_mine(site: Site) -> None:
    far = drill(site, "luwu-timur")
    ringing(site)
    with site.database.read() as conn:
        (real,) = alarms.open_alarms(conn, "kendal")
    browser = site.signed_in(site.operator("sari"))
    for made in (far, real.id, 17):
        for act in ("ambil", "tindakan"):
            assert browser.post(f"/latihan/{made}/{act}").status_code == 404
    with site.database.read() as conn:
        assert [a.state.value for r in ("kendal", "luwu-timur") for a in alarms.open_alarms(conn, r)] == ["ringing", "ringing"]


def test_a_storm_of_emergencies_shows_the_first_and_counts_the_rest(small: Site) -> None:
    for _ in range(8):
        ringing(small)
    page = small.signed_in(small.operator("sari")).get("/").text
    assert page.count("data-alarm=") == 5 and "3 keadaan darurat lain" in banner(page)
    assert 'data-count="8"' in page
    assert 'class="bar spare rings"><a' in page, "what is only counted rings too"


def test_a_cases_own_page_tells_of_its_emergency_once(small: Site) -> None:
    officer(small)
    _, code = ringing(small)
    _, other = ringing(small)
    browser = small.signed_in(small.operator("budi"))
    page = browser.get(f"/kasus/{code}").text
    hidden = r'<div hidden class="bar rings" data-alarm="\d+" data-ringing="1" data-say="DARURAT · '  # it sounds, it is not seen
    assert len(re.findall(hidden, page)) == 1
    assert page.count('class="emergency"') == 1 and "Berikutnya pukul" in page[page.index('class="emergency"') :]
    assert f'Akui<span class="vh"> {other[:3]} {other[3:6]} {other[6:]}</span>' in page
    pulse = browser.get(f"/denyut?di=case&kasus={code}").text
    assert len(re.findall(hidden, pulse)) == 1
    assert not re.findall(hidden, browser.get("/").text)
    browser.post(f"/kasus/{code}/akui")
    page = browser.get(f"/kasus/{code}").text
    assert 'class="emergency"' not in page and "berbunyi lagi pukul" in page[page.index('class="notice hushed"') :]


def test_a_deadline_says_its_hour_once(small: Site) -> None:
    _, code = ringing(small)
    page = visible_text(small.signed_in(small.operator("budi")).get(f"/kasus/{code}").text)
    assert "Tenggat diakui sisa 15 m pukul 09.15 WIB · kebijakan Dinas" in page
    assert "(sampai" not in page
