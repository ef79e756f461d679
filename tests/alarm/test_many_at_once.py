"""Reporters, officers, the panel and two schedulers all at once on PostgreSQL: nobody waits in a circle, nothing is lost or doubled."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable

from sqlalchemy import func, select

from hotline import operate
from hotline.casework.acting import NothingToDo
from hotline.escalate import Escalator
from hotline.remember import Rememberer
from hotline.seal import Seal
from hotline.staff import Role, Who
from hotline.store.alarm import alarms
from hotline.store.database import Database
from hotline.store.tables.alarm import AlarmPage
from tests.alarm.conftest import KENDAL
from tests.support.clock import Clock
from tests.support.house import House
from tests.support.nights import Night

_page = AlarmPage.__table__  # type: ignore[attr-defined]
SECONDS = 4.0
PEOPLE = [f"orang-{i}" for i in range(6)]
WORDS = ["DARURAT", "dia dipukuli lagi sekarang", "halo", "1", "tutup"]


def test_nobody_waits_in_a_circle_and_nothing_is_lost_or_doubled(postgresql_database: Database, seal: Seal, clock: Clock) -> None:
    night = Night(House(postgresql_database, seal, clock, {"kendal": KENDAL})).people()
    for person in PEOPLE:
        night.cry(sender=person)
    failures = _together(reporters(night), reporters(night), officers(night), panel(night), schedulers(night), schedulers(night))
    assert failures == []
    assert all(worked for _, _, worked in night.house.messages())
    once = (_page.c.alarm_id, _page.c.number, _page.c.operator_id, _page.c.channel)
    with night.house.database.read() as conn:
        assert conn.execute(select(*once).group_by(*once).having(func.count() > 1)).all() == []


def _together(*works: Callable[[random.Random], None]) -> list[str]:
    """Each again and again in a thread of its own; gives the names of what failed."""
    until, failures = time.monotonic() + SECONDS, list[str]()

    def loop(number: int, work: Callable[[random.Random], None]) -> None:
        chance = random.Random(number)
        while time.monotonic() < until:
            try:
                work(chance)
            except Exception as error:
                failures.append(f"{work.__qualname__}: {type(error).__name__}")

    threads = [threading.Thread(target=loop, args=numbered) for numbered in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def running(night: Night, chance: random.Random) -> list[alarms.Alarm]:
    """Two alarms that run now, or fewer."""
    with night.house.database.read() as conn:
        found = alarms.open_alarms(conn, "kendal")
    return chance.sample(found, min(2, len(found)))


def reporters(night: Night) -> Callable[[random.Random], None]:
    def say(chance: random.Random) -> None:
        night.house.take(*(night.house.incoming(chance.choice(PEOPLE), chance.choice(WORDS)) for _ in range(3)))

    return say


def officers(night: Night) -> Callable[[random.Random], None]:
    def tap(chance: random.Random) -> None:
        chosen = [f"piket:{chance.choice('at')}:{alarm.id}" for alarm in running(night, chance)]
        phones = [night.phone(name) for name in ("ani", "budi")]
        taps = [night.house.incoming(phone, channel="sim-telegram", choice=token) for phone, token in zip(phones, chosen, strict=False)]
        night.house.take(*taps, night.house.incoming(chance.choice(PEOPLE), "tolong"))

    return tap


def panel(night: Night) -> Callable[[random.Random], None]:
    citra = Who(id=night.ids["citra"], region="kendal", name="citra", display_name="Citra", role=Role.SUPERVISOR)

    def act(chance: random.Random) -> None:
        for alarm in running(night, chance)[:1]:
            case_id, seal, now = alarm.case_id or 0, night.house.seal, night.clock()
            try:
                with night.house.database.write() as conn:
                    if chance.random() < 0.5:
                        operate.acknowledge(conn, seal, citra, case_id, now=now)
                    else:
                        operate.act(conn, seal, citra, case_id, text="polisi di jalan", ended=False, now=now)
            except NothingToDo:
                pass

    return act


def schedulers(night: Night) -> Callable[[random.Random], None]:
    house = night.house
    escalator, keeper = Escalator(house.desks, house.seal, night.clock), Rememberer(house.desks, house.seal, night.clock)

    def look(chance: random.Random) -> None:
        night.clock.shift(seconds=chance.randrange(200))
        for work in (escalator.look, escalator.sweep, keeper.wind, keeper.tell):
            with house.database.write() as conn:
                work(conn)

    return look
