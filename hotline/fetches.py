"""What a dialog may ask of the host in the middle of a turn: a case to open, a status to read, words to add."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from hotline import pins
from hotline.case import REPORTER, Event, EventKind, Told, fold
from hotline.desk import Desk
from hotline.engine.effects import Fetch
from hotline.seal import Seal
from hotline.store import cases
from hotline.store.conversations import Conversation
from hotline.store.tables import CaseFile
from hotline.story import Story
from hotline.times import to_us

_case = CaseFile.__table__  # type: ignore[attr-defined]


class UnknownFetch(Exception):
    """A dialog asks for something the host does not have."""


@dataclass(frozen=True, slots=True)
class _Asked:
    conn: Connection
    seal: Seal
    desk: Desk
    person: Conversation
    story: Story
    given: Mapping[str, str]
    now: datetime


def answer(conn: Connection, seal: Seal, desk: Desk, person: Conversation, story: Story, fetch: Fetch, now: datetime) -> dict[str, str]:
    """What the host says to a Fetch; its doing is part of the turn's transaction."""
    try:
        do = _FETCHES[fetch.name]
    except KeyError:
        raise UnknownFetch(UnknownFetch.__doc__) from None
    return do(_Asked(conn, seal, desk, person, story, fetch.arguments, now))


def _open_case(asked: _Asked) -> dict[str, str]:
    case_id = asked.story.open("finished", Told.LENGKAP)
    code, pin = asked.conn.execute(select(_case.c.code).where(_case.c.id == case_id)).scalar_one(), pins.new_pin()
    sealed = asked.seal(pin, "case_file", case_id, "pin")
    asked.conn.execute(update(_case).where(_case.c.id == case_id).values(pin_sealed=sealed, pin_hash=None, wrong_pins=0))
    return {"code": spaced(code), "pin": pin}


def _look_up(asked: _Asked) -> dict[str, str]:
    row, found = _try_pin(asked)
    if row is None:
        return {"found": found, "status": "", "words": "", "code": ""}
    events = cases.load_events(asked.conn, asked.seal, row.id)
    state = fold(events)
    cases.append(asked.conn, asked.seal, row.id, [Event(kind=EventKind.READ, at=asked.now, author=REPORTER)])
    return {"found": "ok", "status": state.reporter_status.value, "words": "\n\n".join(_unread_words(events)), "code": spaced(row.code)}


def _unread_words(events: list[Event]) -> list[str]:
    """What operators wrote since the reporter last read; else the last thing they wrote."""
    last_read = max((e.seq for e in events if e.kind is EventKind.READ), default=0)
    replies = [e for e in events if e.kind is EventKind.REPLIED]
    return [e.text("text") for e in replies if e.seq > last_read] or [e.text("text") for e in replies[-1:]]


def _try_pin(asked: _Asked) -> tuple[Row[Any] | None, str]:
    """The case if code and PIN fit. A wrong code, a wrong PIN and an ended case answer alike, after the same work."""
    person, at = asked.person, to_us(asked.now)
    if person.pins_locked_until is not None and person.pins_locked_until > at:
        return None, "locked"
    code, pin = digits(asked.given.get("code", "")), digits(asked.given.get("pin", ""))
    row = asked.conn.execute(select(_case).where(_case.c.code == code, _case.c.region == person.region).with_for_update()).first()
    locked = row is not None and row.pins_locked_until is not None and row.pins_locked_until > at
    sealed = asked.seal.open(row.pin_sealed, "case_file", row.id, "pin") if row is not None and row.pin_sealed is not None else None
    fits = pins.matches(asked.seal, code, pin, stored=row.pin_hash if row is not None else None, sealed=sealed)
    if row is not None and fits and not locked:
        person.wrong_pins = 0
        asked.conn.execute(update(_case).where(_case.c.id == row.id).values(wrong_pins=0))
        return row, "ok"
    _count_wrong(asked, row)
    return None, "wrong"


def _count_wrong(asked: _Asked, row: Row[Any] | None) -> None:
    person = asked.person
    person.wrong_pins += 1
    if person.wrong_pins >= pins.TRIES:
        person.wrong_pins, person.pins_locked_until = 0, to_us(asked.now + pins.CONTACT_LOCK)
    if row is not None:
        wrong = row.wrong_pins + 1
        until = to_us(asked.now + pins.CASE_LOCK) if wrong >= pins.TRIES else row.pins_locked_until
        asked.conn.execute(update(_case).where(_case.c.id == row.id).values(wrong_pins=wrong % pins.TRIES, pins_locked_until=until))


def _mine(asked: _Asked) -> Row[Any] | None:
    """The case that this person may act on: their own, or the one they just opened with code and PIN."""
    code = digits(asked.given.get("code", ""))
    row = asked.conn.execute(select(_case).where(_case.c.code == code, _case.c.region == asked.person.region)).first() if code else None
    if row is None:
        return None
    looked_up = asked.person.session.fetched.get("look_up", {})
    proven = looked_up.get("found") == "ok" and digits(looked_up.get("code", "")) == row.code
    return row if proven or row.contact_id == asked.person.id else None


def _add_words(asked: _Asked) -> dict[str, str]:
    row, words = _mine(asked), asked.given.get("text", "").strip()
    if row is None or not words:
        return {"added": "no"}
    asked.story.add(row.id, words)
    return {"added": "yes"}


def _withdraw(asked: _Asked) -> dict[str, str]:
    row = _mine(asked)
    if row is None:
        return {"done": "no"}
    cases.append(asked.conn, asked.seal, row.id, [Event(kind=EventKind.WITHDRAWN, at=asked.now, author=REPORTER)])
    return {"done": "yes"}


def _own_case(asked: _Asked) -> dict[str, str]:
    case_id = asked.person.case_id if asked.person.case_id is not None else asked.person.last_case_id
    row = asked.conn.execute(select(_case).where(_case.c.id == case_id)).first() if case_id is not None else None
    if row is None or row.closed:
        return {"has": "no", "code": "", "told": ""}
    return {"has": "yes", "code": spaced(row.code), "told": row.told}


_FETCHES: Mapping[str, Callable[[_Asked], dict[str, str]]] = {
    "open_case": _open_case,
    "look_up": _look_up,
    "add_words": _add_words,
    "withdraw": _withdraw,
    "own_case": _own_case,
}


def spaced(code: str) -> str:
    """Nine digits in groups of three, as people read and say them."""
    return " ".join(code[i : i + 3] for i in range(0, len(code), 3))


def digits(words: str) -> str:
    """Only the digits of what was typed."""
    return "".join(c for c in words if c.isascii() and c.isdigit())
