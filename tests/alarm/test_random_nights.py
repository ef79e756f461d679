"""Random nights over the real tables: people, providers and processes fail in any order, and each rung still rings once and on time."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline.alarm.bell import State
from hotline.deliver import Failure
from hotline.escalate import Escalator
from hotline.seal import Seal
from hotline.store.database import Database
from tests.alarm.conftest import KENDAL
from tests.support.clock import Clock
from tests.support.house import House
from tests.support.nights import REPORTER, Night

SEAL = Seal([bytes(range(32))])
_numbers = itertools.count(1)
NAMES = ("ani", "budi", "citra", "dewi", "eko")
_HAPPENINGS = st.one_of(
    st.tuples(st.just("wait"), st.sampled_from([0.3, 2, 6, 16, 40])),
    st.tuples(st.just("nobody looks"), st.sampled_from([1, 8, 33])),
    st.tuples(st.sampled_from(["Ambil", "Tidak bisa"]), st.sampled_from(NAMES)),
    st.tuples(st.just("blocked"), st.sampled_from(NAMES)),
    st.tuples(st.just("down"), st.sampled_from(NAMES)),
    st.tuples(st.just("back"), st.just("")),
    st.tuples(st.just("cry"), st.just("")),
    st.tuples(st.just("act"), st.sampled_from(NAMES)),
)


@pytest.fixture(scope="module")
def peopled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """A database to copy in which everybody of the ladder has a phone, and their ids."""
    file = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("nights") / "people.db"))
    database = Database(f"sqlite:///{file}")
    night = Night(House(database, SEAL, Clock(), {"kendal": KENDAL})).people()
    database.close()
    return file, night.ids


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(_HAPPENINGS, min_size=1, max_size=12), st.booleans())
def test_each_rung_rings_once_on_time_and_none_is_skipped(
    peopled: tuple[Path, dict[str, int]], tmp_path: Path, happenings: list[tuple[str, object]], two_schedulers: bool
) -> None:
    file = Path(shutil.copy(peopled[0], tmp_path / f"night-{next(_numbers)}.db"))
    database = Database(f"sqlite:///{file}")
    try:
        night = Night(House(database, SEAL, Clock(), {"kendal": KENDAL}))
        night.ids = peopled[1]
        night.clock.shift(minutes=5)
        if two_schedulers:
            night.schedulers.append(Escalator(night.house.desks, SEAL, night.clock))
        _live_through(night, happenings)
    finally:
        database.close()
        file.unlink()


def _live_through(night: Night, happenings: list[tuple[str, object]]) -> None:
    night.cry()
    failing: dict[str, Failure] = {}
    night.refuses = failing.get
    for what, more in happenings:
        name = str(more)
        match what:
            case "wait":
                night.wait(float(name), every=float(name) / 2)
            case "nobody looks":
                night.clock.shift(minutes=float(name))
            case "Ambil" | "Tidak bisa" if any(o.label == what for m in night.heard(name) for o in m.options):
                night.answer(name, what)
            case "blocked" | "down":
                failing[name] = Failure.BLOCKED if what == "blocked" else Failure.PROVIDER_DOWN
            case "back":
                failing.clear()
            case "cry":
                night.house.say(REPORTER, "dia ambil parang")
            case "act":
                night.handled(night.house.cases()[0][0], name)
        night.send()
        night.look()
        _check(night)


def _check(night: Night) -> None:
    alarm, rungs, now = night.alarm(), night.rungs(), night.clock()
    assert [r.number for r in rungs] == list(range(len(rungs)))
    ladder = [r.rung_at for r in rungs if not r.repeat]
    rang = [at for at in ladder if at is not None]
    assert ladder[: len(rang)] == rang == sorted(rang), "skipped, or out of order"
    if alarm.state is State.RINGING:
        assert [r.number for r in rungs if r.rung_at is None and r.due_at <= now] == [], "late"
        assert alarm.next_rung_at is not None and alarm.next_rung_at > now
    calls = [(r.number, p.operator_id, p.channel) for r in rungs for p in r.pages]
    assert len(calls) == len(set(calls)), "rang twice"
