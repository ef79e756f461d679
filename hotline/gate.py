"""The safe-contact gate: the one place that decides whether a message may leave for a phone, asked before every send and every retry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hotline.store.outbox import ALERT, OUTSIDE_HOURS, PUSH, Claimed

REPLY_STAYS_A_REPLY = timedelta(minutes=15)
"""An answer that goes out later than this after the person last wrote arrives unexpected: on a phone called unsafe it is held."""

UNKNOWN_PHONE_WAITS = timedelta(hours=2)
"""After this an answer to someone who was never asked about the phone is held too: whoever holds it now may be somebody else."""

NOW_LASTS = timedelta(hours=24)
"""“Safe to be contacted here now”, said in danger, is no word about next week."""
_UNTIL = "~"
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Verdict:
    """May it go now? `reason` says why it is held; `later` is the next moment at which it may go."""

    go: bool
    reason: str = ""
    later: datetime | None = None


GO = Verdict(True)


def verdict(message: Claimed, last_in: datetime, now: datetime, zone: ZoneInfo) -> Verdict:
    """Domain 4.4: only a phone that the person alone holds and has allowed is written to first, at the hours they named.

    Shared, watched or unknown: no push at all; the person comes back with CEK. An officer has registered a phone for being rung:
    only that officer's own STOP holds an alert.
    """
    if message.purpose == ALERT:
        return Verdict(False, "stopped") if message.stopped else GO
    if message.purpose != PUSH:
        return reply_verdict(message.phone, message.push, message.push_hours, now - last_in, now, zone)
    return Verdict(False, "stopped") if message.stopped else push_verdict(message.phone, message.push, message.push_hours, now, zone)


def for_now(push: str, push_hours: str, now: datetime) -> str:
    """The hours of somebody who is safe to be written to just now: those they named before, and all of the next `NOW_LASTS`."""
    named = push_hours.partition(_UNTIL)[0] if push == "hours" else ""
    return f"{named}{_UNTIL}{int((now + NOW_LASTS).timestamp()) // _HOUR}"


def _is_for_now(push: str, push_hours: str, now: datetime) -> bool:
    until = push_hours.partition(_UNTIL)[2]
    return push == "hours" and until.isdigit() and now.timestamp() < int(until) * _HOUR


def push_verdict(phone: str, push: str, push_hours: str, now: datetime, zone: ZoneInfo) -> Verdict:
    """May we write first to a phone of which this was said (fields of `hotline.store.tables.people.Contact`)?"""
    if phone in ("mine", "unknown") and _is_for_now(push, push_hours, now):
        return GO
    if phone != "mine":
        return Verdict(False, "unsafe_phone")
    if push == "hours":
        return _within_hours(push_hours, now, zone)
    return GO if push == "yes" else Verdict(False, "not_allowed")


def reply_verdict(phone: str, push: str, push_hours: str, age: timedelta, now: datetime, zone: ZoneInfo) -> Verdict:
    """May an answer go to a phone of which this was said, when its person last wrote `age` ago?"""
    if age <= REPLY_STAYS_A_REPLY or (phone in ("mine", "unknown") and _is_for_now(push, push_hours, now)):
        return GO
    if phone in ("shared", "watched") or push == "no" or (phone == "unknown" and age > UNKNOWN_PHONE_WAITS):
        return Verdict(False, "late_reply_unsafe_phone")
    return _within_hours(push_hours, now, zone) if push == "hours" else GO


def _within_hours(hours: str, now: datetime, zone: ZoneInfo) -> Verdict:
    first, _, last = hours.partition(_UNTIL)[0].partition("-")
    if not (first.isdigit() and last.isdigit()):
        return Verdict(False, "not_allowed")
    local = now.astimezone(zone)
    if int(first) <= local.hour < int(last):
        return GO
    opening = local.replace(hour=int(first), minute=0, second=0, microsecond=0)
    return Verdict(False, OUTSIDE_HOURS, opening if opening > local else opening + timedelta(days=1))
