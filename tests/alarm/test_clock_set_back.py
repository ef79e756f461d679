"""Somebody sets the machine's clock back in the middle of an alarm: every rung rings when it would have, counted by a clock nobody sets."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from hotline.deliver import Failure
from hotline.escalate import Escalator
from hotline.store.alarm import alarms
from hotline.store.outbox import DUE, REPLY
from hotline.store.tables.sending import Outbox
from hotline.times import to_us
from tests.support.nights import Night

_outbox = Outbox.__table__  # type: ignore[attr-defined]


class Watch:
    """Time as it really passes; `pass_` moves the wall clock with it, setting the wall clock does not move it."""

    def __init__(self, night: Night) -> None:
        self.night, self.seconds = night, 0.0
        night.schedulers = [self.scheduler()]

    def __call__(self) -> float:
        return self.seconds

    def scheduler(self) -> Escalator:
        house = self.night.house
        return Escalator(house.desks, house.seal, house.clock, monotonic=self)

    def pass_(self, minutes: float) -> None:
        """The scheduler looks every ten seconds."""
        for _ in range(round(minutes * 6)):
            self.seconds += 10
            self.night.clock.shift(seconds=10)
            self.night.send()
            self.night.look()


@pytest.mark.parametrize("back", [timedelta(minutes=3), timedelta(hours=2), timedelta(days=400)])
def test_every_rung_rings_when_it_would_have(night: Night, back: timedelta) -> None:
    watch = Watch(night)
    night.cry()
    watch.pass_(4)
    assert len(night.rang()) == 1
    night.clock.set(night.clock() - back)
    watch.pass_(0.5)
    assert len(night.rang()) == 1
    watch.pass_(0.7)
    assert night.rang() == {0: 0.0, 1: pytest.approx(5, abs=0.4)}
    watch.pass_(10)
    assert sorted(night.rang()) == [0, 1, 2]
    assert night.rang()[2] == pytest.approx(15, abs=0.4)


@pytest.mark.parametrize("back", [timedelta(hours=2), timedelta(days=400)])
def test_a_scheduler_that_did_not_see_it_goes_on_from_what_rang_last(night: Night, back: timedelta) -> None:
    watch = Watch(night)
    night.cry()
    watch.pass_(4)
    night.clock.set(night.clock() - back)
    night.schedulers = [watch.scheduler()]
    watch.pass_(5.2)
    assert sorted(night.rang()) == [0, 1]
    watch.pass_(10.2)
    assert sorted(night.rang()) == [0, 1, 2]


def test_an_alarm_that_began_after_it_keeps_its_own_time(night: Night) -> None:
    watch = Watch(night)
    night.cry()
    watch.pass_(4)
    night.clock.set(night.clock() - timedelta(minutes=30))
    night.house.say("orang lain", "aku dipukul, tolong")
    watch.seconds += 20
    watch.pass_(1.4)
    with night.house.database.read() as conn:
        ladders = {a.started_at: len([r for r in alarms.rungs(conn, a.id) if r.rung_at]) for a in alarms.open_alarms(conn, night.region)}
    assert sorted(ladders.values()) == [1, 2]
    assert ladders[max(ladders)] == 1


def test_a_call_that_waited_for_its_next_try_goes_at_once(night: Night) -> None:
    watch = Watch(night)
    night.refuses = lambda name: Failure.UNREACHABLE
    night.cry()
    watch.pass_(0.3)
    night.clock.set(night.clock() - timedelta(hours=2))
    night.refuses = lambda name: None
    watch.pass_(0.5)
    assert next(page.outcome for _, name, page in night.pages() if name == "ani") == "sent"


def test_answers_that_waited_when_it_was_set_back_hold_up_nobody(night: Night) -> None:
    watch, house = Watch(night), night.house
    night.cry()
    waiting = select(_outbox.c.due_at).where(_outbox.c.state == DUE, _outbox.c.purpose == REPLY)
    night.clock.set(night.clock() - timedelta(hours=2))
    night.schedulers = [watch.scheduler()]
    night.look()
    with house.database.read() as conn:
        due = conn.execute(waiting).scalars().all()
    assert due and max(due) <= to_us(night.clock())


def test_a_silenced_alarm_rings_anew_when_it_would_have(night: Night) -> None:
    watch = Watch(night)
    night.cry()
    watch.pass_(1)
    night.answer("ani", "Ambil")
    watch.pass_(5)
    night.clock.set(night.clock() - timedelta(hours=2))
    watch.pass_(4.5)
    assert night.alarm().state == "silenced"
    watch.pass_(1)
    assert night.alarm().state == "ringing"


def test_a_clock_set_forward_rings_early_and_never_twice(night: Night) -> None:
    watch = Watch(night)
    night.cry()
    watch.pass_(1)
    night.clock.shift(hours=1)
    watch.pass_(0.5)
    assert sorted(night.rang()) == [0, 1, 2, 3, 4]
    called = night.called()
    watch.pass_(1)
    assert night.called() == called
