"""Watching the watcher: a silent scheduler or silent workers are noticed by whoever lives, told once, and shown until they are back."""

from __future__ import annotations

import asyncio
import json
import threading
from datetime import timedelta

import pytest

from bot.processes import schedule
from bot.processes.parts import Parts
from bot.processes.watch import watching
from hotline import watch
from hotline.seal import Seal
from hotline.settings import load_settings
from hotline.staff import Role, Who
from hotline.store import leases, outages, readiness
from hotline.store.alarm import roster
from hotline.store.database import Database
from hotline.store.tables.sending import Outbox
from tests.panel.site import Site, visible_text
from tests.panel.test_phones import alerts, register
from tests.support.clock import Clock
from tests.support.house import desk

_outbox = Outbox.__table__  # type: ignore[attr-defined]


@pytest.fixture
def site(database: Database, seal: Seal, clock: Clock) -> Site:
    return Site(database, seal, clock)


def beat(site: Site, *parts: str) -> None:
    with site.database.write() as conn:
        for part in parts:
            leases.beat(conn, f"{part}/here/1", site.clock())


def look(site: Site, by: str = "web/1") -> list[str]:
    with site.database.write() as conn:
        return watch.look(conn, site.seal, ["kendal"], by, site.clock())


def on_duty(site: Site, name: str = "sari") -> tuple[Who, int]:
    """An officer with a registered phone who is on duty now."""
    who = site.operator(name)
    contact = register(site, who)
    with site.database.write() as conn:
        roster.add_duty(conn, "kendal", operator_id=who.id, position=1, starts_at=site.clock(), ends_at=site.clock() + timedelta(days=2))
    return who, contact


def told(site: Site) -> list[int]:
    return [contact for contact, _ in alerts(site)]


def test_a_silent_scheduler_is_told_once_to_who_is_on_duty_and_again_only_when_it_stops_again(site: Site) -> None:
    _, phone = on_duty(site)
    beat(site, "scheduler", "worker")
    site.clock.shift(seconds=60)
    beat(site, "worker")
    assert look(site) == []
    site.clock.shift(seconds=1)
    assert (look(site), told(site)) == (["scheduler"], [phone])
    site.clock.shift(seconds=10)
    beat(site, "worker")
    assert (look(site, "worker/1"), told(site)) == (["scheduler"], [phone])
    beat(site, "scheduler")
    assert look(site) == []
    site.clock.shift(minutes=2)
    beat(site, "worker")
    assert (look(site), told(site)) == (["scheduler"], [phone, phone])


def test_one_living_worker_of_many_is_enough(site: Site) -> None:
    with site.database.write() as conn:
        leases.beat(conn, "worker/dead/1", site.clock())
    site.clock.shift(minutes=5)
    beat(site, "worker", "scheduler")
    assert look(site) == []


def test_a_part_never_heard_of_is_silent(site: Site) -> None:
    assert look(site) == ["scheduler", "worker"]
    with site.database.read() as conn:
        assert [(s.part, s.heard_at, s.told) for s in outages.running(conn)] == [("scheduler", None, 0), ("worker", None, 0)]


def test_of_many_processes_that_notice_at_once_one_tells(site: Site) -> None:
    _, phone = on_duty(site)
    beat(site, "worker")
    begin = threading.Barrier(4)

    def notice(number: int) -> None:
        begin.wait()
        look(site, f"web/{number}")

    threads = [threading.Thread(target=notice, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert told(site) == [phone]


def test_without_anybody_on_duty_those_who_lead_are_told(site: Site) -> None:
    bos = site.operator("bos", Role.SUPERVISOR)
    phone, _ = register(site, bos), register(site, site.operator("budi"))
    look(site)
    assert told(site) == [phone, phone]


def test_the_message_names_no_case_and_fits_the_template(site: Site) -> None:
    on_duty(site)
    beat(site, "worker")
    look(site)
    ((_, call),) = alerts(site)
    assert call.text == "Gangguan sistem piket: penjadwal berhenti, panggilan darurat tidak berlanjut. Buka panel."
    assert call.alert == ("Teduh", "gangguan sistem", "-")


def test_everybody_who_is_signed_in_sees_the_reason_and_what_to_do(site: Site) -> None:
    browser = site.signed_in(site.operator("tata", Role.ADMIN))
    beat(site, "scheduler", "worker")
    site.clock.shift(minutes=2)
    beat(site, "scheduler")
    look(site)
    page = visible_text(browser.get("/").text)
    assert "Pengirim pesan berhenti" in page and "teduh worker" in page and "Tidak ada HP petugas yang bisa dikirimi kabar" in page
    assert "Penjadwal berhenti" not in page
    beat(site, "worker")
    look(site)
    assert "Pengirim pesan berhenti" not in visible_text(browser.get("/").text)


def test_the_numbers_tell_how_long_each_part_is_silent(site: Site) -> None:
    beat(site, "scheduler")
    site.clock.shift(seconds=90)
    look(site)
    with site.database.read() as conn:
        numbers = outages.gauges(conn, site.clock())
    assert numbers == {"teduh_scheduler_silent_seconds": 90.0, "teduh_worker_silent_seconds": -1.0, "teduh_outages_open": 2.0}


def made(database: Database, seal: Seal, clock: Clock) -> Parts:
    """A process's parts over this database, with the test's clock."""
    return Parts(load_settings({}), database, seal, {"kendal": desk("kendal")}, clock)


def test_a_young_process_and_one_that_was_held_up_judge_nobody(sqlite_database: Database, seal: Seal, clock: Clock) -> None:
    site = Site(sqlite_database, seal, clock)

    async def live() -> list[int]:
        task = asyncio.create_task(watching(made(sqlite_database, seal, clock), every=0.01))
        found = []
        for seconds in (0, 25, 25, 3600, 25, 25, 25):
            clock.shift(seconds=seconds)
            await asyncio.sleep(0.1)
            with site.database.read() as conn:
                found.append(len(outages.running(conn)))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return found

    assert asyncio.run(live()) == [0, 0, 0, 0, 0, 0, 2]


def test_a_web_process_sends_in_the_workers_stead_until_one_is_back(sqlite_database: Database, seal: Seal, clock: Clock) -> None:
    site, events = Site(sqlite_database, seal, clock), []

    async def stand_in() -> None:
        events.append("begins")
        try:
            await asyncio.Event().wait()
        finally:
            events.append("ends")

    async def live() -> None:
        task = asyncio.create_task(watching(made(sqlite_database, seal, clock), stand_in, every=0.01))
        for seconds, parts in ((0, ("worker",)), (25, ()), (25, ()), (25, ()), (1, ("worker",))):
            clock.shift(seconds=seconds)
            beat(site, "scheduler", *parts)
            await asyncio.sleep(0.15)
            events.append(seconds)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(live())
    assert events == [0, 25, 25, "begins", 25, "ends", 1]


def test_a_scheduler_that_is_really_stopped_is_missed_by_a_worker(sqlite_database: Database, seal: Seal, clock: Clock) -> None:
    """The real clock with its real jobs beats, is cancelled, and the watch of another process notices a minute later."""
    site = Site(sqlite_database, seal, clock)
    parts = made(sqlite_database, seal, clock)

    async def live() -> tuple[list[str], list[str]]:
        clockwork = asyncio.create_task(schedule.scheduler(parts))
        async with asyncio.timeout(20):
            while "scheduler" not in _heard(site):
                await asyncio.sleep(0.05)
        beat(site, "worker")
        before = look(site)
        clockwork.cancel()
        await asyncio.gather(clockwork, return_exceptions=True)
        clock.shift(seconds=61)
        beat(site, "worker")
        return before, look(site)

    assert asyncio.run(live()) == ([], ["scheduler"])


def test_a_stop_in_the_middle_of_scheduled_work_is_no_error(
    sqlite_database: Database, seal: Seal, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    class Busy:
        begun = 0

        async def do(self, _job: object) -> None:
            self.begun += 1
            await asyncio.Event().wait()

    parts = made(sqlite_database, seal, clock)
    parts.writer = busy = Busy()  # type: ignore[assignment]

    async def live() -> None:
        clockwork = asyncio.create_task(schedule.scheduler(parts))
        async with asyncio.timeout(20):
            while not busy.begun:
                await asyncio.sleep(0.01)
        clockwork.cancel()
        await asyncio.gather(clockwork, return_exceptions=True)
        await asyncio.sleep(0.05)

    asyncio.run(live())
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.parametrize(("seconds", "beats"), [(29, {"scheduler"}), (31, set())])
def test_a_clock_that_can_no_longer_look_at_the_alarms_beats_no_more(
    sqlite_database: Database, seal: Seal, clock: Clock, seconds: int, beats: set[str]
) -> None:
    moments = iter([0.0, 100.0, 100.0 + seconds])
    looked = schedule.Looked(made(sqlite_database, seal, clock), lambda: next(moments))
    looked.now()
    with sqlite_database.write() as conn:
        looked.beat(conn)
    assert _heard(Site(sqlite_database, seal, clock)) == beats


def test_a_beat_from_before_the_clock_was_set_back_says_nothing(sqlite_database: Database, seal: Seal, clock: Clock) -> None:
    site = Site(sqlite_database, seal, clock)
    beat(site, "scheduler", "worker")
    clock.shift(hours=-1)
    beat(site, "worker")
    with site.database.read() as conn:
        assert set(outages.silent(conn, clock())) >= {"scheduler"}


def _heard(site: Site) -> set[str]:
    with site.database.read() as conn:
        return set(outages.last_heard(conn))


def test_readiness_tells_since_when_each_part_is_silent(sqlite_database: Database, seal: Seal, clock: Clock) -> None:
    from starlette.testclient import TestClient

    from bot.web.application import application

    site = Site(sqlite_database, seal, clock)
    beat(site, "scheduler")
    clock.shift(seconds=50)
    answer = TestClient(application(made(sqlite_database, seal, clock))).get("/health/ready")
    body = json.loads(answer.text)
    assert (answer.status_code, body["scheduler"], body["scheduler_silent_seconds"], body["worker_silent_seconds"]) == (
        503,
        False,
        50,
        None,
    )


def test_a_disk_without_room_is_not_ready(sqlite_database: Database) -> None:
    assert readiness.has_room(sqlite_database.url)
    assert not readiness.has_room(sqlite_database.url, least=1 << 62)
    assert readiness.has_room("postgresql+psycopg://teduh@127.0.0.1/teduh", least=1 << 62), "another machine's room is its own matter"
