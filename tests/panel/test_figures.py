"""Deadlines, figures, drills and records in the panel, and how the figures reach the metrics."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from bot.commands import drill
from hotline.alarm.ladder import Ladder
from hotline.case import SYSTEM, Event, EventKind, Level
from hotline.drill import Fault
from hotline.figures.pace import Answered, gauges, paces, quantile
from hotline.remember import Rememberer
from hotline.staff import Role
from hotline.store import cases, figures
from hotline.store import paces as rows
from hotline.store.alarm import drills
from panel.duty import drill_report
from tests.panel.conftest import Enter
from tests.panel.site import Site, answer, desks, visible_text
from webhooks.counts import Counts
from webhooks.health import Health

ZONE = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def answered(level: Level, minutes: float | None, at: datetime = NOW) -> Answered:
    return Answered(level=level, began_at=at, acknowledge=minutes, act=None if minutes is None else minutes * 2)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_a_quantile_is_a_time_that_occurred_and_no_smaller_share_is_above_it(minutes: list[float], share: float) -> None:
    found = quantile(minutes, share)
    assert found in minutes
    assert sum(m <= found for m in minutes) >= share * len(minutes) - 1e-9
    assert quantile([], share) is None


def test_months_and_levels_are_cells_and_few_cases_are_told_to_no_outsider() -> None:
    # The first of December has begun in Kendal while it is still November in UTC.
    late = datetime(2026, 11, 30, 18, 0, tzinfo=UTC)
    told = [answered(Level.DARURAT, m) for m in (1, 2, 3, 4, 50)] + [answered(Level.DARURAT_TELAAH, None, late), answered(Level.TINGGI, 9)]
    cells = {(c.month.month, c.level): c for c in paces(told, ZONE)}
    assert {key: c.cases for key, c in cells.items()} == {(12, Level.DARURAT): 1, (11, Level.DARURAT): 5, (11, Level.TINGGI): 1}
    assert (cells[11, Level.DARURAT].acknowledge_median, cells[11, Level.DARURAT].acknowledge_p90) == (3, 50)
    assert cells[12, Level.DARURAT].acknowledge_median is None
    hidden = {(c.month.month, c.level): c for c in paces(told, ZONE, suppress=True)}
    assert hidden[11, Level.DARURAT].act_median == 6
    few = hidden[11, Level.TINGGI]
    assert (few.cases, few.acknowledged, few.acknowledge_median, few.act_p90) == (None, None, None, None)


def wind(site: Site) -> None:
    for work in ("wind", "tell"):
        with site.database.write() as conn:
            getattr(Rememberer(desks(), site.seal, site.clock), work)(conn)


def test_figures_are_read_from_what_people_did(site: Site) -> None:
    who = site.operator()
    for minutes in (4, 10, 20):
        _, code = site.case(level=Level.DARURAT)
        site.clock.shift(minutes=minutes)
        assert site.signed_in(who).post(f"/kasus/{code}/akui").status_code == 303
        site.clock.shift(minutes=5)
        assert site.signed_in(who).post(f"/kasus/{code}/tindakan", {"isi": "Polisi sudah di sana."}).status_code == 303
    wind(site)
    with site.database.read() as conn:
        found = rows.answered(conn, "kendal", site.clock() - timedelta(days=1), site.clock())
        metrics = rows.measure(conn, ["kendal"], site.clock() + timedelta(seconds=1))
    assert sorted((a.acknowledge, a.act) for a in found) == [(4, 9), (10, 15), (20, 25)]
    assert metrics['teduh_minutes_to_acknowledge{region="kendal",level="DARURAT",quantile="0.5"}'] == 10
    assert metrics['teduh_minutes_to_first_action{region="kendal",level="DARURAT",quantile="0.9"}'] == 25
    text = visible_text(site.signed_in(who).get("/kecepatan").text)
    assert "11/2026 DARURAT 3 3 10,0 mnt 20,0 mnt 3 15,0 mnt 25,0 mnt" in text
    outsider = site.signed_in(site.operator("data", Role.DATA))
    assert "<5" in outsider.get("/kecepatan").text.replace("&lt;", "<")
    assert "10,0 mnt" not in outsider.get("/kecepatan").text
    other = site.signed_in(site.operator("andi", region="luwu-timur"))
    assert "Belum ada kasus dalam setahun ini." in visible_text(other.get("/kecepatan").text)


async def _metrics(values: dict[str, float]) -> str:
    health = Health({}, Counts(), lambda: values, dict)
    response = await health.metrics(None)  # type: ignore[arg-type]
    return bytes(response.body).decode()


def test_labelled_numbers_are_one_family_to_prometheus() -> None:
    told = asyncio.run(_metrics(gauges("kendal", [answered(Level.DARURAT, 3), answered(Level.TINGGI, 8)])))
    assert told.count("# TYPE teduh_minutes_to_acknowledge gauge") == 1
    assert 'teduh_minutes_to_acknowledge{region="kendal",level="TINGGI",quantile="0.9"} 8' in told


def test_a_drill_is_in_no_queue_and_in_no_figure_and_has_its_page(site: Site) -> None:
    who = site.operator()
    with site.database.write() as conn:
        drills.begin(conn, site.seal, "kendal", Ladder.of(desks()["kendal"].profile.file.on_call), site.clock())
    wind(site)
    browser = site.signed_in(who)
    assert "Belum ada kasus dalam setahun ini." in visible_text(browser.get("/kecepatan").text)
    with site.database.read() as conn:
        assert figures.gauges(conn, site.clock())["teduh_emergencies_unacknowledged"] == 0
    text = visible_text(browser.get("/latihan").text)
    assert "Latihan 11/2026" in text
    assert "tidak lulus" in text
    assert "Bulan ini belum ada latihan" in visible_text(browser.get("/latihan?bulan=2026-10").text)
    for wrong in ("2026-13", "x" * 300, "2026-11'--"):
        assert (
            browser.get(
                "/latihan",
            ).status_code
            == browser.get(f"/latihan?bulan={wrong}").status_code
            == 200
        )


def test_the_queue_names_the_deadline_that_comes_next_and_the_badge_counts_those_that_are_over(small: Site, enter: Enter) -> None:
    case_id, code = small.case(level=Level.TINGGI, more=[answer(small.clock, "R5", "daring")])
    wind(small)
    page = enter()
    expect(page.locator(f"[data-row]:has([data-code='{code}']) .clock")).to_have_text("akui sisa 1 j")
    small.clock.shift(minutes=90)
    wind(small)
    page.goto("/panel/tenggat")
    expect(page.locator(f"[data-row]:has([data-code='{code}']) .clock")).to_have_text("akui lewat 30 m")
    expect(page.locator("#nav .count.warn").first).to_contain_text("1")
    page.goto(f"/panel/kasus/{code}")
    expect(page.locator("#facts")).to_contain_text("Laporan ke kepolisian")
    expect(page.locator("#facts")).to_contain_text("sisa 2 hari 22 j")
    page.get_by_role("button", name="Ambil kasus").click()
    expect(page.locator(".holder")).to_have_text("Dipegang Bu Sari")
    page.locator("summary", has_text="Rekam laporan polisi").click()
    page.get_by_label("Kapan").fill("2026-11-23T10:00")
    page.get_by_label("Nomor (untuk laporan polisi)").fill("LP/B/12")
    page.get_by_role("button", name="Rekam", exact=True).click()
    expect(page.locator("#story")).to_contain_text("Laporan ke kepolisian LP/B/12")
    expect(page.locator("#facts")).not_to_contain_text("Laporan ke kepolisian")
    assert EventKind.RECORDED in small.kinds(case_id)


def to_stage(site: Site, case_id: int, stage: str) -> None:
    with site.database.write() as conn:
        cases.append(conn, site.seal, case_id, [Event(kind=EventKind.MOVED, at=site.clock(), author=SYSTEM, body={"stage": stage})])


@pytest.mark.requirement("LUT-16", "LUT-17")
def test_first_contact_waits_for_one_companion_and_their_letter_but_an_emergency_does_not(site: Site) -> None:
    boss, companion, other = (
        site.operator("wati", Role.SUPERVISOR),
        site.operator("dewi", Role.PENDAMPING),
        site.operator("rina", Role.PENDAMPING),
    )
    case_id, code = site.case()
    to_stage(site, case_id, "PENUGASAN")
    browser = site.signed_in(boss)

    def post(path: str, **fields: str) -> int:
        return browser.post(f"/kasus/{code}/{path}", {"versi": str(site.version(case_id)), **fields}).status_code

    assert post("pindah", tahap="KONTAK_AWAL") == 409
    letter = {"kepada": str(companion.id), "nomor": "094/12/2026", "penerbit": "UPTD PPA", "tanggal": "2026-11-20", "draf": "ya"}
    for wrong in ({"nomor": " "}, {"nomor": "x" * 81}, {"tanggal": "besok"}, {"tanggal": "2026-12-20"}, {"kepada": "7"}, {"kepada": "x"}):
        assert post("tugaskan", **(letter | wrong)) == 400
    assert post("tugaskan", **letter) == 303
    assert site.state(case_id).owner_id == companion.id
    assert post("pindah", tahap="KONTAK_AWAL") == 303
    # The companion who works with the child is replaced, never just gone; the new one needs a letter of their own.
    own = site.signed_in(companion)
    version = str(site.version(case_id))
    assert own.post(f"/kasus/{code}/lepas", {"versi": version, "alasan": "cuti"}).status_code == 409
    assert own.post(f"/kasus/{code}/tugaskan", {"versi": version, **letter, "kepada": str(other.id)}).status_code == 303
    assert site.state(case_id).owner_id == other.id == site.state(case_id).letter_for
    # I1: an emergency waits for no paper.
    urgent, code = site.case(level=Level.DARURAT)
    to_stage(site, urgent, "PENUGASAN")
    case_id = urgent
    assert post("tindakan", isi="Dibawa ke puskesmas.") == 303
    assert post("pindah", tahap="KONTAK_AWAL") == 303


def test_mediation_is_barred_where_sexual_violence_was_told_of(site: Site) -> None:
    operator, manager = site.operator(), site.operator("joko", Role.MANAJER)
    case_id, code = site.case(more=[answer(site.clock, "R5", ">72_jam")])
    _, plain = site.case()

    def serve(who: object, of: str, **fields: str) -> int:
        version = str(site.version(case_id)) if of == code else "3"
        return site.signed_in(who).post(f"/kasus/{of}/layanan", {"versi": version, "layanan": "mediasi", **fields}).status_code  # type: ignore[arg-type]

    assert serve(operator, code) == 409
    assert serve(manager, code) == 409
    assert serve(manager, code, anak="ya") == 409
    assert serve(operator, code, anak="ya", keterangan="pelaku 13 tahun") == 409
    assert serve(manager, code, anak="ya", keterangan="pelaku 13 tahun") == 303
    assert serve(operator, code, layanan="penampungan") == 303
    assert serve(operator, plain) == 303
    assert serve(operator, code, layanan="sihir") == 400


def test_every_fault_of_a_drill_has_its_words_here_and_on_the_command_line() -> None:
    assert set(drill_report.FAULTS) == set(Fault) and set(drill.FAULTS) == {fault.value for fault in Fault}
