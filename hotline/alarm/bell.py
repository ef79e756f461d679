"""One alarm as a value: which rung rings at which moment of a wall clock that nothing pauses, and what seeing and acting change.

Seeing it (Ambil) only silences: unless an action is recorded in time it rings anew, and every rung whose minute has passed in between
rings at once, in order. Each rung rings once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.alarm.ladder import REPORTER, Ladder


class State(StrEnum):
    """What an alarm does now."""

    RINGING = "ringing"
    SILENCED = "silenced"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One call to some people. `number` counts from 0 in the order of the ladder; repetitions count on."""

    number: int
    targets: tuple[str, ...]
    due_at: datetime
    repeat: bool = False
    rung_at: datetime | None = None
    spent: bool = False
    """Everybody it calls could not be reached or said they cannot come."""

    @property
    def tells_reporter(self) -> bool:
        """Whether it tells the reporter, and no officer."""
        return REPORTER in self.targets


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell:
    """An alarm. `rungs` by number: the ladder's, then repetitions."""

    state: State = State.RINGING
    started_at: datetime
    rungs: tuple[Rung, ...]
    rearm: timedelta
    """None at all: seeing it silences nothing, as in a drill that measures every rung."""
    repeat: timedelta
    rearm_at: datetime | None = None


def begin(ladder: Ladder, now: datetime) -> Bell:
    """It rings from now on."""
    steps = enumerate(ladder.steps)
    rungs = tuple(Rung(number=i, targets=s.targets, due_at=now + timedelta(minutes=s.minutes)) for i, s in steps)
    return Bell(started_at=now, rungs=rungs, rearm=ladder.rearm, repeat=ladder.repeat)


def upcoming(bell: Bell) -> tuple[Rung, datetime] | None:
    """The rung that rings next, and when; None while nothing rings. A moment that has passed means at once."""
    if bell.state is not State.RINGING or not bell.rungs:
        return None
    waiting = min((r for r in bell.rungs if r.rung_at is None), key=_order, default=None)
    rung = [r for r in bell.rungs if r.rung_at is not None]
    if waiting is None:
        again = _repetition(bell, max(r.rung_at for r in rung if r.rung_at is not None) + bell.repeat)
        return again, again.due_at
    return waiting, min(waiting.due_at, _brought_forward(bell, waiting, rung))


def due(bell: Bell, now: datetime) -> Rung | None:
    """The rung that must ring now. Ask again after it rang: several may be due, and ring in order."""
    found = upcoming(bell)
    return found[0] if found is not None and found[1] <= now else None


def look_at(bell: Bell) -> datetime | None:
    """The next moment at which something happens by itself; None: never."""
    if bell.state is State.SILENCED:
        return bell.rearm_at
    found = upcoming(bell)
    return None if found is None else found[1]


def rang(bell: Bell, rung: Rung, now: datetime, *, spent: bool) -> Bell:
    """This rung has rung; `spent` when it reached nobody."""
    done = replace(rung, rung_at=now, spent=spent)
    others = [r for r in bell.rungs if r.number != rung.number]
    return replace(bell, rungs=tuple(sorted([*others, done], key=lambda r: r.number)))


def silenced(bell: Bell, now: datetime) -> Bell:
    """Somebody has seen it."""
    return bell if bell.state is State.ENDED or not bell.rearm else replace(bell, state=State.SILENCED, rearm_at=now + bell.rearm)


def anew(bell: Bell, now: datetime) -> Bell:
    """A silenced alarm rings again: whom it had reached before is called once more. One that rings goes on as it is."""
    if bell.state is not State.SILENCED:
        return bell
    ringing = replace(bell, state=State.RINGING, rearm_at=None)
    if any(r.rung_at is not None for r in bell.rungs):
        ringing = replace(ringing, rungs=(*bell.rungs, _repetition(bell, now)))
    return ringing


def ended(bell: Bell) -> Bell:
    """Somebody has acted, or people decided that it is no emergency."""
    return replace(bell, state=State.ENDED, rearm_at=None)


def _order(rung: Rung) -> tuple[datetime, int]:
    return rung.due_at, rung.number


def _repetition(bell: Bell, at: datetime) -> Rung:
    told = [t for r in bell.rungs if r.rung_at is not None and not r.tells_reporter for t in r.targets]
    return Rung(number=len(bell.rungs), targets=tuple(dict.fromkeys(told)), due_at=at, repeat=True)


def _brought_forward(bell: Bell, waiting: Rung, rung: Iterable[Rung]) -> datetime:
    """When nobody who was called last can come, the next are called at once.

    The reporter is not: the people in the panel, who are called as well, have as long to answer as the first officer has.
    """
    done = [(r.rung_at, r) for r in rung if r.rung_at is not None]
    last = max((at for at, _ in done), default=None)
    if last is None or not all(r.spent for at, r in done if at == last):
        return waiting.due_at
    return max(last, bell.rungs[1].due_at) if waiting.tells_reporter and len(bell.rungs) > 1 else last
