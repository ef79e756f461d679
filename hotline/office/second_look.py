"""The monthly second look at what was heard: false alarms that people cleared, and emergencies that only people saw.

A list for people, never something the machine learns from by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from hotline.case import Event, EventKind, Level
from hotline.seal import Seal
from hotline.store import audit, cases
from hotline.store.second_look import looked_at

ACTION = "triage.review"
_PARTED = ","


@dataclass(frozen=True, slots=True)
class Cleared:
    """Two people, or one for a lower level, said that the words were no danger."""

    code: str
    at: datetime
    words: tuple[str, ...]
    """The danger words, or what weighed in the model; empty when the level came from answers."""


@dataclass(frozen=True, slots=True)
class Missed:
    """An operator raised the case until it rang; no words had."""

    code: str
    at: datetime
    before: Level


@dataclass(frozen=True, slots=True)
class SecondLook:
    """One month of one region, in the order it happened."""

    cleared: tuple[Cleared, ...]
    missed: tuple[Missed, ...]


def second_look(conn: Connection, seal: Seal, region: str, begin: datetime, end: datetime, *, by: int, now: datetime) -> SecondLook:
    """What was cleared or missed from `begin` until before `end`. Opens sealed events, so it is written to the audit as the act of `by`."""
    cleared: list[Cleared] = []
    missed: list[Missed] = []
    for case_id, code in looked_at(conn, region, (EventKind.LOWERED, EventKind.RAISED), begin, end):
        events = cases.load_events(conn, seal, case_id)
        cleared += [one for one in cleared_in(code, events) if begin <= one.at < end]
        missed += [one for one in missed_in(code, events) if begin <= one.at < end]
    audit.record(conn, seal, region=region, action=ACTION, now=now, operator_id=by, detail={"month": begin.strftime("%Y-%m")})
    return SecondLook(tuple(sorted(cleared, key=lambda one: one.at)), tuple(sorted(missed, key=lambda one: one.at)))


def cleared_in(code: str, events: Sequence[Event]) -> list[Cleared]:
    """The times a case was lowered as a false alarm, with the words heard until then."""
    found = []
    for at, event in enumerate(events):
        if event.kind is EventKind.LOWERED and event.body.get("false_alarm"):
            found.append(Cleared(code, event.at, words_heard(events[:at])))
    return found


def missed_in(code: str, events: Sequence[Event]) -> list[Missed]:
    """The times an operator raised a case to a level that rings while nothing in the text had been heard."""
    found, level = [], Level.RENDAH
    for at, event in enumerate(events):
        if event.kind not in (EventKind.RAISED, EventKind.LOWERED):
            continue
        new = Level(int(event.text("level")))
        by_person = event.text("by") == "operator" and event.kind is EventKind.RAISED
        if by_person and new.rings and not level.rings and not words_heard(events[:at]):
            found.append(Missed(code, event.at, level))
        level = new
    return found


def words_heard(events: Sequence[Event]) -> tuple[str, ...]:
    """The danger words that the reporter's story had until then, as the lexicon, the region or the model names them."""
    last = next((e.text("value") for e in reversed(events) if e.kind is EventKind.ANSWERED and e.text("key") == "kata"), "")
    return tuple(word for part in last.split(_PARTED) if (word := part.strip()))
