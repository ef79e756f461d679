"""A drill goes the real way, says that it is one, measures every call, and is in no queue and no statistics."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from hotline.alarm.ladder import Ladder
from hotline.alarm.reach import Outcome
from hotline.deliver import Failure
from hotline.drill import Call, Drill, Fault, faults, measured, steps
from hotline.messages import Incoming, Kind
from hotline.seal import Seal
from hotline.store import figures
from hotline.store.alarm import alarms, drills
from hotline.store.database import Database
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.live import CaseWatch
from hotline.times import now
from tests.support.clock import Clock
from tests.support.house import House, desk
from tests.support.nights import LADDER, Night
from tests.support.program import KEY, Program
from tests.support.source import ROOT

KENDAL = desk("kendal")
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WITHIN = timedelta(minutes=15)


def call(rung: int = 0, sent: float | None = 1, answered: float | None = None, channel: str = "telegram", **more: object) -> Call:
    at = {"sent_at": sent, "answered_at": answered, "delivered_at": None}
    moments = {name: None if s is None else START + timedelta(seconds=s) for name, s in at.items()}
    values = {"rung": rung, "name": "Bu Ani", "channel": channel, "outcome": Outcome.SENT, "reason": "", "queued_at": START}
    return Call(**(values | moments | more))  # type: ignore[arg-type]


def drilled(*calls: Call, acknowledged: float | None = 60) -> Drill:
    at = None if acknowledged is None else START + timedelta(seconds=acknowledged)
    return Drill(
        id=1, region="kendal", started_at=START, ended_at=None, acknowledged_at=at, acknowledged_by="Bu Ani", empty=(), calls=calls
    )


@pytest.mark.parametrize(
    ("drill", "wrong"),
    [
        (drilled(call()), ()),
        (drilled(), (Fault.NOBODY,)),
        (drilled(call(channel="")), (Fault.NOBODY,)),
        (drilled(call(rung=1)), (Fault.NOBODY,)),
        (drilled(call(sent=None)), (Fault.NOT_SENT,)),
        (drilled(call(sent=11)), (Fault.SLOW,)),
        (drilled(call(sent=11), call(sent=2)), ()),
        (drilled(call(), acknowledged=None), (Fault.UNANSWERED,)),
        (drilled(call(), acknowledged=15 * 60), ()),
        (drilled(call(), acknowledged=15 * 60 + 1), (Fault.LATE,)),
    ],
)
def test_the_verdict_names_what_is_wrong(drill: Drill, wrong: tuple[Fault, ...]) -> None:
    assert faults(drill, WITHIN) == wrong


def test_each_step_of_each_call_is_told_once() -> None:
    queued, sent, answered = call(sent=None), call(sent=2), call(sent=2, answered=9)
    told = [
        what
        for before, after in (((), (queued,)), ((queued,), (sent,)), ((sent,), (answered,)), ((answered,), (answered,)))
        for _, what, _ in steps(before, after)
    ]
    assert told == ["queued", "sent", "answered"]
    refused = call(sent=None, outcome=Outcome.FAILED, reason="blocked")
    assert [what for _, what, _ in steps((queued,), (refused,))] == ["failed"]
    assert steps((refused,), (refused,)) == []


@pytest.fixture
def night(database: Database, seal: Seal, clock: Clock) -> Night:
    return Night(House(database, seal, clock, {"kendal": KENDAL}))


def begin(night: Night) -> int:
    with night.house.database.write() as conn:
        return drills.begin(conn, night.house.seal, "kendal", Ladder.of(KENDAL.profile.file.on_call), night.clock())


def read(night: Night, drill_id: int) -> Drill:
    with night.house.database.read() as conn:
        found = drills.read(conn, drill_id)
    assert found is not None
    return found


def answer(house: House, phone: str, drill_id: int) -> None:
    tap = Incoming(
        region="kendal", channel="sim-telegram", sender=phone, message_id=f"tap{drill_id}{phone}",
        received_at=house.clock(), kind=Kind.CHOICE,
        choice=f"piket:a:{drill_id}",
    )  # fmt: skip
    house.take(tap)


@pytest.mark.parametrize("refused", [None, Failure.BLOCKED])
def test_a_drill_rings_the_first_on_call_and_is_nobodys_case(night: Night, refused: Failure | None) -> None:
    night.people(roles=LADDER)
    night.refuses = lambda name: refused if name == "ani" else None
    drill_id = begin(night)
    night.clock.shift(seconds=2)
    night.send()
    for scheduler in night.schedulers:
        with night.house.database.write() as conn:
            scheduler.look(conn)
    assert "LATIHAN" in night.house.heard(night.phone("ani"), "sim-telegram")[-1].text or refused
    first = [c for c in read(night, drill_id).calls if c.rung == 0]
    assert [(c.name, c.channel) for c in first] == [("Ani", "sim-telegram")]
    if refused:
        assert faults(read(night, drill_id), WITHIN) == (Fault.NOT_SENT, Fault.UNANSWERED)
    else:
        assert first[0].sent_at == START + timedelta(seconds=2) or first[0].sent_at is not None
        answer(night.house, night.phone("ani"), drill_id)
        found = read(night, drill_id)
        assert (found.acknowledged_by, faults(found, WITHIN)) == ("Ani", ())
    with night.house.database.read() as conn:
        assert conn.execute(select(func.count()).select_from(CaseFile.__table__)).scalar() == 0  # type: ignore[attr-defined]
        assert conn.execute(select(func.count()).select_from(CaseWatch.__table__)).scalar() == 0  # type: ignore[attr-defined]
        assert figures.gauges(conn, night.clock())["teduh_emergencies_unacknowledged"] == 0


def test_one_drill_at_a_time_and_each_month_has_its_own(night: Night) -> None:
    night.people(roles={"ani": "PIKET", "budi": "PIKET"}, phones=False)
    first = begin(night)
    with pytest.raises(drills.DrillRuns):
        begin(night)
    with night.house.database.write() as conn:
        assert alarms.end(conn, first, night.clock())
    assert faults(read(night, first), WITHIN) == (Fault.NOBODY, Fault.RUNG_NOT_SENT, Fault.UNANSWERED)
    night.clock.shift(days=20)
    second = begin(night)
    with night.house.database.read() as conn:
        november = drills.between(conn, "kendal", START.replace(day=1), START.replace(month=12, day=1))
        december = drills.between(conn, "kendal", START.replace(month=12, day=1), START.replace(year=2027, month=1, day=1))
        assert drills.read(conn, 1) is None
    assert ([d.id for d in november], [d.id for d in december]) == ([first], [second])


# -- as a command, with the whole program running


class _Real(Clock):
    """The real time, which nobody moves."""

    def __call__(self) -> datetime:
        return now()

    def shift(self, **by: float) -> datetime:
        return now()


@pytest.fixture
def program(tmp_path: Path, sqlite_url: str) -> Iterator[Program]:
    program = Program(tmp_path, sqlite_url)
    program.start()
    yield program
    program.stop()


Teduh = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def teduh(tmp_path: Path, sqlite_url: str) -> Teduh:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "TEDUH_DATA_DIR": str(tmp_path / "data")}
    env |= {"TEDUH_DATABASE_URL": sqlite_url, "TEDUH_SECRET_KEY": KEY, "PYTHONUNBUFFERED": "1"}

    def run(*words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "bot", "drill", *words], env=env, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    return run


def test_the_command_watches_a_drill_through_the_running_program_and_says_whether_it_passed(
    program: Program, sqlite_database: Database, seal: Seal, teduh: Teduh
) -> None:
    night = Night(House(sqlite_database, seal, _Real(), {"kendal": KENDAL})).people(roles={"ani": "PIKET", "budi": "PIKET"})
    running = teduh("--minutes", "1")
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with sqlite_database.read() as conn:
            rung = [a for a in alarms.open_alarms(conn, "kendal") if a.drill]
            sent = rung and any(c.sent_at for c in (drills.read(conn, rung[0].id) or drilled()).calls)
        if sent:
            break
        time.sleep(0.1)
    second = teduh()
    assert "sedang ada latihan" in second.communicate(timeout=30)[1]
    answer(night.house, night.phone("ani"), rung[0].id)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, err) == (0, "")
    for step in ("masuk antrean", "diterima penyedia", "dijawab", "Dijawab Ani setelah", "Putusan: LULUS"):
        assert step in out
    report = teduh("--report", f"{now().astimezone(ZoneInfo(KENDAL.profile.timezone)):%Y-%m}")
    assert "lulus" in report.communicate(timeout=30)[0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--report", "november"), "2026-11"),
        (("--report", "2026-13"), "2026-11"),
        (("--region", "atlantis"), "atlantis"),
        (("--region", "luwu-timur"), "TEDUH_REGION"),
        (("--minutes", "-1"), "minutes"),
    ],
)
def test_bad_input_is_answered_in_a_sentence(teduh: Teduh, words: tuple[str, ...], said: str) -> None:
    run = teduh(*words)
    out, err = run.communicate(timeout=30)
    assert run.returncode in (1, 2)
    assert said in out + err
    assert "Traceback" not in err


# -- every rung, and a command that was killed


def test_with_all_rungs_an_answer_silences_nothing_and_each_rung_is_measured(night: Night) -> None:
    night.people(roles=LADDER)
    ladder = Ladder.of(KENDAL.profile.file.on_call)
    with night.house.database.write() as conn:
        drill_id = drills.begin(conn, night.house.seal, "kendal", ladder, night.clock(), all_rungs=True)
    night.clock.shift(seconds=2)
    night.send()
    night.look()
    night.wait(0.5)
    said = answered_by(night, "ani", drill_id)
    assert "Latihan" in said and "menit" not in said
    night.wait(5)
    answered_by(night, "citra", drill_id)
    night.wait(25)
    found = read(night, drill_id)
    assert (found.acknowledged_by, found.ended_at) == ("Ani", None)
    assert found.rang == (0, 1, 2, 3)
    rungs = measured(found)
    assert [round(one.rang.total_seconds() / 60) for one in rungs] == [0, 5, 15, 30]
    assert all(one.sent is not None and one.sent - one.rang <= timedelta(minutes=1) for one in rungs)
    assert [one.answered is not None for one in rungs] == [True, True, False, False]
    assert faults(found, WITHIN) == ()
    assert not [rung for rung in night.rungs() if rung.repeat]


def answered_by(night: Night, name: str, drill_id: int) -> str:
    before = len(night.heard(name))
    answer(night.house, night.phone(name), drill_id)
    return night.heard(name)[before:][-1].text


def test_a_rung_that_reaches_nobody_is_a_fault() -> None:
    rang = replace(drilled(call(), call(rung=1, sent=None, outcome=Outcome.LATE)), rang=(0, 1))
    assert faults(rang, WITHIN) == (Fault.RUNG_NOT_SENT,)
    assert faults(replace(drilled(call()), rang=(0, 2)), WITHIN) == (Fault.RUNG_NOT_SENT,)
    assert faults(replace(drilled(call(), call(rung=1, channel="web-push")), rang=(0, 1)), WITHIN) == (Fault.RUNG_NOT_SENT,)


def test_a_drill_whose_command_was_killed_ends_within_a_minute_and_a_watched_one_goes_on(night: Night) -> None:
    night.people()
    drill_id = begin(night)
    scheduler = night.schedulers[0]
    for _ in range(12):
        night.clock.shift(seconds=10)
        with night.house.database.write() as conn:
            drills.alive(conn, drill_id, night.clock())
            assert scheduler.end_abandoned(conn) == 0
    night.clock.shift(seconds=61)
    with night.house.database.write() as conn:
        assert scheduler.end_abandoned(conn) == 1
        assert scheduler.end_abandoned(conn) == 0
        assert alarms.open_alarms(conn, "kendal") == []
    assert night.alarm().end_reason == "abandoned"
    begin(night)


def test_no_emergency_is_taken_for_a_drill_without_its_command(night: Night) -> None:
    night.people().cry()
    night.clock.shift(minutes=30)
    with night.house.database.write() as conn:
        assert night.schedulers[0].end_abandoned(conn) == 0
        assert len(alarms.open_alarms(conn, "kendal")) == 1
