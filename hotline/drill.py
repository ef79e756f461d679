"""A drill: a marked fake emergency through the real channels, and what it proves. Pure; a drill has no case and is in no statistics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.alarm.reach import Outcome
from hotline.messages import WEB_PUSH

LEAVES_WITHIN = timedelta(seconds=10)
"""A provider must have taken the first call by then: a worker looks several times a second."""


ABANDONED_AFTER = timedelta(seconds=60)
"""A drill whose command has not been heard of for so long is over: it may have been killed, and nobody else would end it."""
_NO_PHONES = ("", WEB_PUSH)


class Fault(StrEnum):
    """What a drill found wrong."""

    NOBODY = "nobody"
    """The first rung means nobody, or nobody with a registered phone."""
    NOT_SENT = "not_sent"
    """No provider took a call of the first rung."""
    RUNG_NOT_SENT = "rung_not_sent"
    """A later rung rang, and no provider took a call of it."""
    SLOW = "slow"
    """The first call left later than ten seconds after the drill began."""
    UNANSWERED = "unanswered"
    LATE = "late"
    """Answered, but later than the Dinas asks for an emergency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call to one phone; the moments are what was seen of it."""

    rung: int
    name: str
    channel: str
    outcome: Outcome
    reason: str
    queued_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    """As the provider's receipt says; Telegram gives none."""
    answered_at: datetime | None
    contact_id: int | None = None
    """Which of the officer's phones or browsers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """One drill as it stands."""

    id: int
    region: str
    started_at: datetime
    ended_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str
    empty: tuple[str, ...]
    """Why rungs that rang meant nobody, such as no_duty:PIKET_1."""
    calls: tuple[Call, ...]
    rang: tuple[int, ...] = ()
    """The rungs that rang for officers."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One rung of a drill; each moment counts from when the drill began, None: it did not come."""

    number: int
    rang: timedelta
    sent: timedelta | None
    delivered: timedelta | None
    answered: timedelta | None


def measured(drill: Drill) -> tuple[Measured, ...]:
    """Each rung that called a phone, by the first of its calls that came so far."""
    found = []
    for number in sorted({call.rung for call in drill.calls}):
        calls = [call for call in drill.calls if call.rung == number and call.channel not in _NO_PHONES]
        if calls:
            sent, delivered, answered = (_first(drill, calls, what) for what in ("sent_at", "delivered_at", "answered_at"))
            found.append(Measured(number, calls[0].queued_at - drill.started_at, sent, delivered, answered))
    return tuple(found)


def _first(drill: Drill, calls: Sequence[Call], what: str) -> timedelta | None:
    return min((at - drill.started_at for call in calls if (at := getattr(call, what)) is not None), default=None)


def faults(drill: Drill, answer_within: timedelta) -> tuple[Fault, ...]:
    """What is wrong with a drill that is over; nothing: it passed."""
    found = []
    # A browser is called beside the phones; a drill asks whether the phones can be relied on.
    first = [call for call in drill.calls if call.rung == 0 and call.channel not in _NO_PHONES]
    sent = [call.sent_at for call in first if call.sent_at is not None]
    if not first:
        found.append(Fault.NOBODY)
    elif not sent:
        found.append(Fault.NOT_SENT)
    elif min(sent) - drill.started_at > LEAVES_WITHIN:
        found.append(Fault.SLOW)
    phones = [call for call in drill.calls if call.channel not in _NO_PHONES]
    # What has only just been queued is on its way; after a minute it counts as late.
    sent_of = {call.rung for call in phones if call.sent_at is not None or call.outcome is Outcome.QUEUED}
    if any(number > 0 and number not in sent_of for number in drill.rang):
        found.append(Fault.RUNG_NOT_SENT)
    if drill.acknowledged_at is None:
        found.append(Fault.UNANSWERED)
    elif drill.acknowledged_at - drill.started_at > answer_within:
        found.append(Fault.LATE)
    return tuple(found)


def steps(before: Sequence[Call], after: Sequence[Call]) -> list[tuple[Call, str, datetime]]:
    """What is new of the calls, in order of time: (call, queued | sent | delivered | answered | failed, when)."""
    known = {_key(c): c for c in before}
    new: list[tuple[Call, str, datetime]] = []
    for call in after:
        old = known.get(_key(call))
        if old is None:
            new.append((call, "queued", call.queued_at))
        for what, at, was in (
            ("sent", call.sent_at, old and old.sent_at),
            ("delivered", call.delivered_at, old and old.delivered_at),
            ("answered", call.answered_at, old and old.answered_at),
        ):
            if at is not None and was is None:
                new.append((call, what, at))
        bad = (Outcome.FAILED, Outcome.LATE)
        if call.outcome in bad and (old is None or old.outcome not in bad):
            new.append((call, "failed", call.queued_at))
    return sorted(new, key=lambda step: step[2])


def _key(call: Call) -> tuple[int, str, str, int | None]:
    return call.rung, call.name, call.channel, call.contact_id
