"""The alarm as a value: whatever happens in whatever order, each rung rings once, on time, and none is skipped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.alarm import bell as bells
from hotline.alarm.bell import Bell, Rung, State
from hotline.alarm.gaps import gaps
from hotline.alarm.ladder import FIRST_ON_CALL, REPORTER, Ladder, Step
from hotline.alarm.reach import Outcome, spent

START = datetime(2026, 11, 23, 19, 10, tzinfo=UTC)
LADDER = Ladder(
    (Step(0, (FIRST_ON_CALL,)), Step(5, ("SUPERVISOR",)), Step(15, ("KEPALA_UNIT",)), Step(30, ("MANAJER",)), Step(60, (REPORTER,))),
    rearm=timedelta(minutes=10),
    repeat=timedelta(minutes=15),
)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def look(bell: Bell, now: datetime, reaches: bool = True) -> tuple[Bell, list[Rung]]:
    """As a scheduler does: everything that is due, in order."""
    if bell.state is State.SILENCED and bell.rearm_at is not None and bell.rearm_at <= now:
        bell = bells.anew(bell, now)
    rung = []
    while (due := bells.due(bell, now)) is not None:
        bell = bells.rang(bell, due, now, spent=not reaches and not due.tells_reporter)
        rung.append(due)
    return bell, rung


@st.composite
def happenings(draw: st.DrawFn) -> list[tuple[str, int]]:
    """(what, seconds since the one before): looks, people who see, cries anew, calls that fail, processes that sleep."""
    what = st.sampled_from(["look", "look", "look", "see", "cry", "fail", "act"])
    return draw(st.lists(st.tuples(what, st.integers(0, 1500)), min_size=1, max_size=40))


@given(happenings(), st.booleans())
def test_each_rung_rings_once_on_time_and_none_is_skipped(nights: list[tuple[str, int]], reaches: bool) -> None:
    bell, now = bells.begin(LADDER, START), START
    bell, rang = look(bell, now, reaches)
    for what, seconds in nights:
        now += timedelta(seconds=seconds)
        before = bell
        match what:
            case "see":
                bell = bells.silenced(bell, now)
            case "cry":
                bell = bells.anew(bell, now)
            case "fail":
                bell = _all_failed(bell)
            case "act":
                bell = bells.ended(bell)
        was_ringing = bell.state is State.RINGING or (bell.rearm_at is not None and bell.rearm_at <= now)
        bell, newly = look(bell, now, reaches)
        rang += newly
        assert not newly or was_ringing
        _check(before, bell, now)
    assert len({r.number for r in rang}) == len(rang)
    assert [r.number for r in bell.rungs] == list(range(len(bell.rungs)))


def _all_failed(bell: Bell) -> Bell:
    rungs = tuple(Rung(**{**_fields(r), "spent": r.rung_at is not None and not r.tells_reporter}) for r in bell.rungs)
    return Bell(state=bell.state, started_at=bell.started_at, rungs=rungs, rearm=bell.rearm, repeat=bell.repeat, rearm_at=bell.rearm_at)


def _fields(rung: Rung) -> dict[str, object]:
    return {name: getattr(rung, name) for name in ("number", "targets", "due_at", "repeat", "rung_at")}


def _check(before: Bell, bell: Bell, now: datetime) -> None:
    known = {r.number: r.rung_at for r in before.rungs if r.rung_at is not None}
    assert {n: t for n, t in known.items() if bell.rungs[n].rung_at != t} == {}, "a rung rang twice"
    if bell.state is State.RINGING:
        assert [r.number for r in bell.rungs if r.due_at <= now and r.rung_at is None] == [], "a rung is late"
        following = bells.look_at(bell)
        assert following is not None and following > now, "the next look is not in the future"
    ladder = [r for r in bell.rungs if not r.repeat and r.rung_at is not None]
    assert [r.number for r in ladder] == list(range(len(ladder))), "a rung was skipped"
    assert [r.rung_at for r in ladder] == sorted(r.rung_at for r in ladder if r.rung_at is not None), "out of order"


@pytest.mark.parametrize("late", [0, 1, 4.9, 5, 61, 600])
def test_a_late_scheduler_rings_everything_overdue_at_once_in_order(late: float) -> None:
    _, rang = look(bells.begin(LADDER, START), at(late))
    assert [r.number for r in rang] == [n for n, minutes in enumerate((0, 5, 15, 30, 60)) if minutes <= late]


def test_the_reporter_is_not_told_before_the_panel_has_had_as_long_as_the_first_officer() -> None:
    bell, rang = look(bells.begin(LADDER, START), START, reaches=False)
    assert [r.number for r in rang] == [0, 1, 2, 3]
    assert bells.look_at(bell) == at(5)
    bell, rang = look(bell, at(5), reaches=False)
    assert [r.tells_reporter for r in rang] == [True]


def test_after_the_last_rung_officers_are_called_again_and_the_reporter_is_not() -> None:
    bell, _ = look(bells.begin(LADDER, START), at(60))
    bell, rang = look(bell, at(75))
    assert [(r.number, r.repeat, REPORTER in r.targets) for r in rang] == [(5, True, False)]
    assert bells.look_at(bell) == at(90)


def test_seeing_again_puts_off_ringing_anew_and_acting_ends_it() -> None:
    bell, _ = look(bells.begin(LADDER, START), START)
    bell = bells.silenced(bells.silenced(bell, at(1)), at(8))
    assert bells.look_at(bell) == at(18)
    assert bells.look_at(bells.ended(bell)) is None
    assert bells.silenced(bells.ended(bell), at(9)).state is State.ENDED


@pytest.mark.parametrize(
    ("calls", "nobody"),
    [
        ([], True),
        ([(1, Outcome.FAILED)], True),
        ([(1, Outcome.FAILED), (1, Outcome.SENT)], False),
        ([(1, Outcome.DECLINED), (2, Outcome.LATE)], True),
        ([(1, Outcome.DECLINED), (2, Outcome.QUEUED)], False),
        ([(None, Outcome.FAILED)], False),
    ],
)
def test_a_rung_is_spent_when_nobody_of_it_is_left(calls: list[tuple[int | None, str]], nobody: bool) -> None:
    assert spent(calls) is nobody


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=12))
def test_gaps_and_duties_together_are_the_whole_time(duties: list[tuple[int, int]]) -> None:
    covered = [(at(begin), at(begin + length)) for begin, length in duties]
    found = gaps(covered, at(0), at(168))
    for minute in range(168):
        moment = at(minute + 0.5)
        assert any(a <= moment < b for a, b in covered) is not any(a <= moment < b for a, b in found)
    assert all(a < b for a, b in found)
