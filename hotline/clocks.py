"""The clocks of a case: what the Dinas' own times and the law's periods ask for, read from its events. Pure.

The times per level are policy of the Dinas (the profile's `[sla]`), and no citizen is ever told of them. The report to the police
within 3x24 hours of the victim's report stands in UU 12/2022 Pasal 41; the 72 hours of medical care in WHO's guideline of 2017.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from hotline.case import REPORTER, SYSTEM, CaseState, Emergency, Event, EventKind, Level, fold
from hotline.engine.asked_back import thanks
from hotline.engine.fold import fold as fold_words
from hotline.regions import Profile
from hotline.workflow import is_sexual

NEAR = 0.75
"""A clock is near its end when so much of its time has passed."""
PERIOD = timedelta(hours=72)
_A_DAY = 1440
_DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_FURTHEST = 500
"""Days looked ahead for working time at most."""


class Kind(StrEnum):
    """What a clock waits for."""

    ACKNOWLEDGE = "acknowledge"
    ACTION = "action"
    """A word to the reporter, or an emergency action recorded."""
    ASSIGN = "assign"
    """Somebody holds the case."""
    ANSWER = "answer"
    """Somebody does something about what the reporter wrote after people had answered them: it is in nobody's list but the holder's."""
    POLICE = "police"
    """The report to the police is recorded (I11)."""
    MEDICAL = "medical"
    """Medical care is recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock. Stopped ones tell only that there was one."""

    kind: Kind
    level: Level
    started_at: datetime
    near_at: datetime
    due_at: datetime
    running: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """When which roles must hear of a clock; "PEMEGANG" is whoever holds the case."""

    at: datetime
    passed: bool
    to: tuple[str, ...]


HOLDER = "PEMEGANG"


@dataclass(frozen=True)
class Rules:
    """A region's times, its working hours and its holidays."""

    profile: Profile
    holidays: frozenset[date] = frozenset()

    def after(self, start: datetime, minutes: float, *, working_days: bool) -> datetime:
        """So many minutes later; with `working_days` 1,440 of them are one working day of the Dinas."""
        if not working_days:
            return start + timedelta(minutes=minutes)
        hours, zone = self.profile.file.hours, ZoneInfo(self.profile.timezone)
        opens, closes = time.fromisoformat(hours.opens), time.fromisoformat(hours.closes)
        day = start.astimezone(zone).date()
        left = minutes / _A_DAY * (datetime.combine(day, closes) - datetime.combine(day, opens)).total_seconds()
        for _ in range(_FURTHEST):
            if _DAYS[day.weekday()] in hours.days and day not in self.holidays:
                first = max(start, datetime.combine(day, opens, zone))
                here = (datetime.combine(day, closes, zone) - first).total_seconds()
                if 0 < left <= here or (left == 0 and here > 0):
                    return (first + timedelta(seconds=left)).astimezone(start.tzinfo)
                left -= max(0.0, here)
            day += timedelta(days=1)
        return start + timedelta(days=_FURTHEST)

    def minutes(self, kind: Kind, level: Level) -> int:
        """How long a clock of this level runs."""
        sla = self.profile.sla(level)
        match kind:
            case Kind.ACKNOWLEDGE:
                return sla.acknowledge_minutes
            case Kind.ACTION | Kind.ANSWER:
                return sla.contact_minutes
            case Kind.ASSIGN:
                return sla.assign_minutes
            case Kind.POLICE | Kind.MEDICAL:
                return int(PERIOD.total_seconds() // 60)

    def clock(self, kind: Kind, level: Level, start: datetime, *, running: bool) -> Clock:
        """A clock that began then."""
        minutes = self.minutes(kind, level)
        days = self.profile.sla(level).working_days and kind in _SLA
        return Clock(
            kind=kind,
            level=level,
            started_at=start,
            near_at=self.after(start, minutes * NEAR, working_days=days),
            due_at=self.after(start, minutes, working_days=days),
            running=running,
        )

    def tellings(self, clock: Clock, *, held: bool) -> tuple[Telling, ...]:
        """Who hears of it when, in order of time. An emergency nobody acknowledged has its ladder, which rings; it is not told twice."""
        if clock.kind is Kind.ACKNOWLEDGE and clock.level.rings:
            return ()
        holder = HOLDER if held else "OPERATOR"
        grave = ("MANAJER",) if clock.kind in (Kind.POLICE, Kind.MEDICAL) else ()
        found = [
            Telling(at=clock.near_at, passed=False, to=(holder,)),
            Telling(at=clock.due_at, passed=True, to=(holder, "SUPERVISOR", *grave)),
        ]
        if clock.kind is Kind.ACKNOWLEDGE:
            sla = self.profile.sla(clock.level)
            for rung in sla.escalation:
                at = self.after(clock.started_at, rung.minutes, working_days=sla.working_days)
                if at > clock.due_at:
                    found.append(Telling(at=at, passed=True, to=(rung.role,)))
        return tuple(sorted(found, key=lambda telling: telling.at))


_FIRST = (Kind.ACKNOWLEDGE, Kind.ACTION, Kind.ASSIGN)
_SLA = (*_FIRST, Kind.ANSWER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """How fast people answered: the gravest level before somebody acknowledged the case, and since when it had it."""

    level: Level
    began_at: datetime
    acknowledged_at: datetime | None
    acted_at: datetime | None


def read(events: Iterable[Event], rules: Rules) -> tuple[tuple[Clock, ...], Response | None]:
    """All clocks of a case by its events, running and stopped, and how fast it was answered. Sorted by the end of their time."""
    watch = _Watch()
    for event in events:
        watch.see(event)
    clocks = [rules.clock(kind, watch.state.level, start, running=kind in watch.runs) for kind, start in watch.since.items()]
    return tuple(sorted(clocks, key=lambda clock: (clock.due_at, clock.kind))), watch.response()


class _Watch:
    """Goes through a case's events."""

    def __init__(self) -> None:
        self.state = CaseState()
        self.since: dict[Kind, datetime] = {}
        self.runs: set[Kind] = set()
        self._done: set[str] = set()
        self._happened: datetime | None = None
        self._level = Level.RENDAH
        self._began: datetime | None = None
        self._acknowledged: datetime | None = None
        self._acted: datetime | None = None

    def see(self, event: Event) -> None:
        before, self.state = self.state, fold([event], self.state)
        self._wait(before, event)
        match event.kind:
            case EventKind.OPENED | EventKind.REOPENED:
                self._start(event.at, *(_FIRST if self.state.owner_id is None else (Kind.ACTION,)))
            case EventKind.RELEASED:
                self._start(event.at, Kind.ACKNOWLEDGE, Kind.ASSIGN)
            case EventKind.CLAIMED:
                self._stop(Kind.ACKNOWLEDGE, Kind.ASSIGN)
            case EventKind.ACKNOWLEDGED | EventKind.TAKEN:
                self._stop(Kind.ACKNOWLEDGE)
            case EventKind.REPLIED if event.body.get("waits"):
                self._stop(Kind.ACKNOWLEDGE)
            case EventKind.HANDLED | EventKind.REPLIED | EventKind.SPOKEN:
                self._stop(Kind.ACKNOWLEDGE, Kind.ACTION)
            case EventKind.RECORDED:
                self._record(event)
            case EventKind.RAISED:
                self._rise(before, event)
            case _:
                pass
        self._periods(event.at)
        self._measure(event)

    def _wait(self, before: CaseState, event: Event) -> None:
        """Who writes again waits for somebody to look; while nobody has answered at all, the clock of the first action runs for them."""
        if event.author not in (REPORTER, SYSTEM):
            self._stop(Kind.ANSWER)
        elif _asks(event) and not before.closed and not self.runs & {Kind.ACTION, Kind.ANSWER}:
            self._start(event.at, Kind.ANSWER)

    def _start(self, at: datetime, *kinds: Kind) -> None:
        self.since |= dict.fromkeys(kinds, at)
        self.runs |= set(kinds)

    def _stop(self, *kinds: Kind) -> None:
        self.runs -= set(kinds)

    def _rise(self, before: CaseState, event: Event) -> None:
        anew = self.state.emergency is Emergency.AKTIF and before.emergency is not Emergency.AKTIF
        if anew or (event.body.get("again") and self.state.emergency is Emergency.AKTIF):
            self._start(event.at, Kind.ACKNOWLEDGE, Kind.ACTION)
        elif self.state.level > before.level:
            self._start(event.at, *(kind for kind in _SLA if kind in self.runs))

    def _record(self, event: Event) -> None:
        self._done.add(event.text("what"))
        if _is_contact(event):
            self._stop(Kind.ACKNOWLEDGE, Kind.ACTION)
        if event.text("what") == "happened":
            self._happened = datetime.fromisoformat(event.text("on"))
            if Kind.MEDICAL in self.since:
                self.since[Kind.MEDICAL] = self._happened

    def _periods(self, at: datetime) -> None:
        """The law's periods run through release and reopening; a closed case has no clocks."""
        told = {Kind.POLICE: is_sexual(self.state), Kind.MEDICAL: self.state.answers.get("R5") == "<=72_jam"}
        for kind, holds in told.items():
            if holds:
                self.since.setdefault(kind, self._happened if kind is Kind.MEDICAL and self._happened is not None else at)
            if holds and kind.value not in self._done and not self.state.closed:
                self.runs.add(kind)
            else:
                self.runs.discard(kind)
        if self.state.closed:
            self.runs.clear()

    def _measure(self, event: Event) -> None:
        if self._acknowledged is None and (self._began is None or self.state.level > self._level):
            self._level, self._began = self.state.level, event.at
        acted = _is_contact(event) or (event.kind in _ACTED and not event.body.get("waits"))
        if acted and self._acted is None:
            self._acted = event.at
        if (acted or event.kind in _SEEN) and self._acknowledged is None:
            self._acknowledged = event.at

    def response(self) -> Response | None:
        if self._began is None:
            return None
        return Response(level=self._level, began_at=self._began, acknowledged_at=self._acknowledged, acted_at=self._acted)


def _asks(event: Event) -> bool:
    """Whether the reporter wrote something that somebody must see: more than thanks."""
    return event.kind is EventKind.WITHDRAWN or (event.kind is EventKind.SAID and not thanks(fold_words(event.text("text"))))


def _is_contact(event: Event) -> bool:
    """Whether somebody met, visited or called the child, by the sheet of the first contact (`hotline.sheets`)."""
    return event.kind is EventKind.RECORDED and (event.text("what"), event.text("number")) == ("sheet", "kontak_awal")


_ACTED = (EventKind.HANDLED, EventKind.REPLIED, EventKind.SPOKEN)
_SEEN = (EventKind.CLAIMED, EventKind.ACKNOWLEDGED, EventKind.TAKEN, *_ACTED)
