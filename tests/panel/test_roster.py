"""The roster page: weeks, gaps, repetition, undo, holidays; wrong forms are told, and only those who keep it may change it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hotline.staff import Role, Who
from hotline.store import officers
from hotline.store.alarm import roster
from panel.duty.week import proposed, week
from tests.panel.site import Browser, Site, visible_text

ZONE = ZoneInfo("Asia/Jakarta")


def form(who: Who | str, begins: str, ends: str, **more: str) -> dict[str, str]:
    return {"petugas": who if isinstance(who, str) else str(who.id), "posisi": "1", "mulai": begins, "selesai": ends, "ulang": "0"} | more


def local(site: Site, hours: float) -> str:
    """The form's moment so many hours from now."""
    return f"{(site.clock() + timedelta(hours=hours)).astimezone(ZONE):%Y-%m-%dT%H:%M}"


def duties(site: Site, region: str = "kendal") -> list[roster.Duty]:
    with site.database.read() as conn:
        return roster.duties(conn, region, site.clock() - timedelta(days=30), site.clock() + timedelta(days=400))


@pytest.fixture
def bos(site: Site) -> Browser:
    return site.signed_in(site.operator("bos", Role.SUPERVISOR))


def test_a_duty_is_entered_in_the_regions_own_time_and_covers_the_gap(site: Site, bos: Browser) -> None:
    sari = site.operator("sari")
    assert "kosong dalam tujuh hari" in visible_text(bos.get("/").text)
    answer = bos.post("/piket/tugas", form(sari, local(site, 0), local(site, 24 * 7.1)))
    assert answer.status_code == 303
    (entered,) = duties(site)
    assert entered.starts_at == site.clock().replace(second=0, microsecond=0)
    assert "kosong dalam tujuh hari" not in visible_text(bos.get("/").text)
    assert "Bu Sari" in bos.get("/piket").text
    assert site.actions() == ["duty.add"]


def test_a_duty_is_repeated_every_week_at_the_same_hours(site: Site, bos: Browser) -> None:
    bos.post("/piket/tugas", form(site.operator("sari"), local(site, 5), local(site, 13), ulang="3"))
    starts = [duty.starts_at for duty in duties(site)]
    assert [later - starts[0] for later in starts] == [timedelta(weeks=n) for n in range(4)]


WRONG = {
    "no officer": ({"petugas": ""}, 400),
    "no such officer": ({"petugas": "12345"}, 400),
    "an officer of another region": ({"petugas": "jauh"}, 400),
    "words for an officer": ({"petugas": "sari' OR 1=1"}, 400),
    "no day": ({"mulai": ""}, 400),
    "a day that is none": ({"mulai": "2026-02-30T07:00"}, 400),
    "an end before the start": ({"selesai": "-1"}, 400),
    "a position that is none": ({"posisi": "3"}, 400),
    "half a week": ({"ulang": "1.5"}, 400),
    "a hundred weeks": ({"ulang": "100"}, 400),
    "weeks back": ({"ulang": "-1"}, 400),
    "a month": ({"selesai": "720"}, 400),
}


@pytest.mark.parametrize("how", WRONG)
def test_a_wrong_form_enters_nothing_and_says_why(how: str, small: Site) -> None:
    sari, foreign = small.operator("sari"), small.operator("jauh", region="luwu-timur")
    browser = small.signed_in(small.operator("bos", Role.SUPERVISOR))
    change, status = dict(WRONG[how][0]), WRONG[how][1]
    if change.get("petugas") == "jauh":
        change["petugas"] = str(foreign.id)
    if re.fullmatch(r"-?\d+", change.get("selesai", "")):
        change["selesai"] = local(small, float(change["selesai"]))
    answer = browser.post("/piket/tugas", form(sari, local(small, 1), local(small, 9)) | change)
    assert (answer.status_code, duties(small)) == (status, [])
    assert 'role="alert" id="notice"' in answer.text


def test_one_wrong_week_of_many_enters_none(site: Site, bos: Browser) -> None:
    sari = site.operator("sari")
    bos.post("/piket/tugas", form(sari, local(site, 24 * 14), local(site, 24 * 14 + 8)))
    answer = bos.post("/piket/tugas", form(sari, local(site, 4), local(site, 24 * 7.5), ulang="2"))
    assert (answer.status_code, len(duties(site))) == (409, 1)


def test_what_is_over_cannot_be_entered(small: Site) -> None:
    browser = small.signed_in(small.operator("bos", Role.SUPERVISOR))
    answer = browser.post("/piket/tugas", form(small.operator("sari"), local(small, -9), local(small, -1)))
    assert (answer.status_code, "Waktunya sudah lewat" in answer.text) == (400, True)


def test_a_removed_duty_can_be_put_back(site: Site, bos: Browser) -> None:
    bos.post("/piket/tugas", form(site.operator("sari"), local(site, 1), local(site, 9), posisi="2"))
    (before,) = duties(site)
    answer = bos.post(f"/piket/tugas/{before.id}/hapus")
    assert (answer.status_code, duties(site)) == (303, [])
    page = bos.http.get(answer.headers["location"]).text
    undo = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page[page.index('id="undo"') :].partition("</form>")[0]))
    assert bos.post("/piket/tugas", undo).status_code == 303
    (after,) = duties(site)
    assert (after.operator_id, after.position, after.starts_at, after.ends_at) == (
        before.operator_id,
        2,
        before.starts_at.replace(second=0, microsecond=0),
        before.ends_at.replace(second=0, microsecond=0),
    )
    assert bos.post(f"/piket/tugas/{before.id}/hapus").status_code == 404


def test_a_forged_undo_shows_nothing_of_itself(small: Site) -> None:
    browser = small.signed_in(small.operator("bos", Role.SUPERVISOR))
    for forged in ("<script>,1,a,b", "1,3,a,b", "1,1,a", "," * 60, "1,1," + "x" * 90 + ",b"):
        assert 'id="undo"' not in browser.get(f"/piket?urung={forged}").text


def test_who_shares_an_hour_is_allowed_and_shown(small: Site) -> None:
    browser = small.signed_in(small.operator("bos", Role.SUPERVISOR))
    for name in ("sari", "rini"):
        assert browser.post("/piket/tugas", form(small.operator(name), local(small, 1), local(small, 4))).status_code == 303
    assert "bersamaan dengan petugas lain" in browser.get("/piket").text


def test_a_disabled_officer_covers_nothing(small: Site) -> None:
    bos, sari = small.operator("bos", Role.SUPERVISOR), small.operator("sari")
    browser = small.signed_in(bos)
    browser.post("/piket/tugas", form(sari, local(small, 0), local(small, 24 * 7.1)))
    browser.post(f"/akun/{sari.id}/nonaktif")
    page = visible_text(browser.get("/piket").text)
    assert "akun nonaktif, tidak dihitung" in page and "kosong dalam tujuh hari" in page


def test_holidays_are_entered_shown_and_removed(site: Site, bos: Browser) -> None:
    day = site.clock().astimezone(ZONE).date() + timedelta(days=1)
    assert bos.post("/piket/libur", {"hari": day.isoformat(), "nama": "Hari <b>Batik</b>"}).status_code == 303
    page = bos.get(f"/piket?minggu={day}").text
    assert "Hari &lt;b&gt;Batik&lt;/b&gt;" in page
    assert bos.post(f"/piket/libur/{day}/hapus").status_code == 303
    assert "Batik" not in bos.get(f"/piket?minggu={day}").text
    for wrong in (
        {"hari": "", "nama": "X"},
        {"hari": "besok", "nama": "X"},
        {"hari": day.isoformat(), "nama": " "},
        {"hari": "2199-01-01", "nama": "X"},
    ):
        assert bos.post("/piket/libur", wrong).status_code == 400, wrong
    assert [a for a in site.actions() if a.startswith("holiday")] == ["holiday.add", "holiday.remove"]


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.PIKET, Role.PENGAWAS])
def test_others_read_the_roster_and_are_not_troubled_by_its_gaps(role: Role, small: Site) -> None:
    browser = small.signed_in(small.operator("budi", role))
    page = browser.get("/piket")
    assert page.status_code == 200 and "Tambah tugas" not in page.text
    assert "kosong dalam tujuh hari" not in visible_text(page.text)
    assert browser.post("/piket/tugas", form("1", local(small, 1), local(small, 2))).status_code == 403


def test_another_regions_roster_is_neither_shown_nor_changed(site: Site) -> None:
    far = site.signed_in(site.operator("jauh", Role.SUPERVISOR, "luwu-timur"))
    far.post("/piket/tugas", form(site.who("jauh"), local(site, 1), local(site, 9)))
    (theirs,) = duties(site, "luwu-timur")
    near = site.signed_in(site.operator("bos", Role.SUPERVISOR))
    assert near.post(f"/piket/tugas/{theirs.id}/hapus").status_code == 404
    assert "Bu Jauh" not in near.get("/piket").text
    assert duties(site, "luwu-timur") == [theirs]


def test_an_officer_without_a_phone_is_marked_until_they_have_one(small: Site) -> None:
    bos = small.signed_in(small.operator("bos", Role.SUPERVISOR))
    sari = small.operator("sari")
    bos.post("/piket/tugas", form(sari, local(small, 0), local(small, 9)))
    assert "belum mendaftarkan HP" in bos.get("/piket").text.partition("Tambah tugas")[0]
    contact = small.contact(channel="telegram")
    with small.database.write() as conn:
        code = officers.invite(conn, sari.id, small.clock())
        officers.register(conn, code, contact, small.clock(), channel="telegram", region="kendal")
    assert "belum mendaftarkan HP" not in bos.get("/piket").text.partition("Tambah tugas")[0]


def test_a_night_is_shown_on_both_its_days_and_a_gap_between() -> None:
    start = datetime(2026, 11, 23, 20, 0, tzinfo=ZONE)
    night = roster.Duty(id=1, operator_id=1, name="Bu Sari", position=1, starts_at=start, ends_at=start + timedelta(hours=12))
    gap = (night.ends_at, night.ends_at + timedelta(hours=30))
    days = week(date(2026, 11, 23), ZONE, [night], [gap], [(date(2026, 11, 25), "Libur")], date(2026, 11, 24))
    shown = [[(f"{s.begins:%H}-{s.ends:%H}", s.duty is not None) for s in day.stretches] for day in days[:3]]
    assert shown == [[("20-00", True)], [("00-08", True), ("08-00", False)], [("00-14", False)]]
    assert ([day.holiday for day in days[:3]], [day.today for day in days[:3]]) == (["", "", "Libur"], [False, True, False])


def test_the_form_offers_the_nearest_gap_at_most_a_day_of_it() -> None:
    now = datetime(2026, 11, 23, 1, 20, tzinfo=UTC)
    assert proposed([(now, now + timedelta(days=7))], ZONE, now) == (
        datetime(2026, 11, 23, 8, 0, tzinfo=ZONE),
        datetime(2026, 11, 24, 8, 0, tzinfo=ZONE),
    )
