"""What a dialog may ask of the host in the middle of a turn: a case to open, a status to read, words to add."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hotline import pins
from hotline.case import REPORTER, CaseState, Emergency, Event, EventKind, Told, Track, fold
from hotline.engine.effects import Fetch
from hotline.store import cases, surveys
from hotline.times import to_us
from hotline.turns import hiding
from hotline.turns.story import Story
from hotline.turns.visit import Visit

_PROVEN = timedelta(minutes=30)
"""So long after code and PIN a report may be withdrawn, or its data asked to be erased, without the PIN again."""
_WISHES = {"perbaiki": "[minta data diperbaiki]", "hapus": "[minta data dihapus]"}
_COVERS = {"jadwal": "info jadwal layanan", "perpustakaan": "perpustakaan daerah", "salah_sambung": "salah sambung"}
_NONE = {"has": "no", "code": "", "told": "", "track": "", "news": "no"}
_NO_CASE: Mapping[str, Any] = {"id": 0, "contact_id": None, "pin_sealed": None, "pin_hash": None, "pins_locked_until": None}


class UnknownFetch(Exception):
    """A dialog asks for something the host does not have."""


@dataclass(frozen=True, slots=True)
class _Asked:
    visit: Visit
    story: Story
    given: Mapping[str, str]


def answer(visit: Visit, story: Story, fetch: Fetch) -> dict[str, str]:
    """What the host says to a Fetch; its doing is part of the turn's transaction."""
    try:
        do = _FETCHES[fetch.name]
    except KeyError:
        raise UnknownFetch(UnknownFetch.__doc__) from None
    return do(_Asked(visit, story, fetch.arguments))


def _open_case(asked: _Asked) -> dict[str, str]:
    case_id, ledger, pin = asked.story.open("finished", Told.LENGKAP), asked.visit.ledger, pins.new_pin()
    ledger.set(case_id, pin_sealed=asked.visit.seal(pin, "case_file", case_id, "pin"), pin_hash=None, wrong_pins=0)
    return {"code": spaced(ledger.row(case_id)["code"]), "pin": pin}


def _look_up(asked: _Asked) -> dict[str, str]:
    visit = asked.visit
    case_id, found = _try_pin(asked)
    if case_id is None:
        return {"found": found, "status": "", "words": "", "code": "", "survey": "no", "unfinished": "no", "track": ""}
    waits = visit.person.session.waits
    hiding.show(visit.person)
    events = cases.load_events(visit.conn, visit.seal, case_id)
    visit.ledger.append(case_id, [Event(kind=EventKind.READ, at=visit.now, author=REPORTER)])
    words = "\n\n".join(_unread_words(events))
    state, code = fold(events), spaced(visit.ledger.row(case_id)["code"])
    _turn_to(visit, case_id, state)
    asked_before = any(e.kind is EventKind.SURVEYED for e in events)
    survey = state.closed and state.track is Track.LAYANAN and state.answers.get("R4") != "dewasa" and not asked_before
    return {
        "found": "ok",
        "status": state.reporter_status.value,
        "words": words,
        "code": code,
        "survey": "yes" if survey else "no",
        "unfinished": "yes" if waits == case_id and not state.closed else "no",
        "track": state.track.value,
        "at": str(to_us(visit.now)),
    }


def _turn_to(visit: Visit, case_id: int, state: CaseState) -> None:
    """What is written next answers what was just read, where it is a case of this phone; an emergency still open stays the nearest."""
    person, last = visit.person, visit.person.last_case_id
    rings = last is not None and visit.ledger.state(last).emergency is Emergency.AKTIF
    if visit.ledger.row(case_id)["contact_id"] == person.id and not state.closed and not rings:
        person.last_case_id = case_id


def _unread_words(events: list[Event]) -> list[str]:
    """What operators wrote since the reporter last read; else the last thing they wrote."""
    last_read = max((e.seq for e in events if e.kind is EventKind.READ), default=0)
    replies = [e for e in events if e.kind is EventKind.REPLIED]
    return [e.text("text") for e in replies if e.seq > last_read] or [e.text("text") for e in replies[-1:]]


def _is_unread(events: list[Event]) -> bool:
    """Whether an operator wrote something that the reporter has not read: the notice of it may have been held."""
    last_read = max((e.seq for e in events if e.kind is EventKind.READ), default=0)
    return any(e.kind is EventKind.REPLIED and e.seq > last_read for e in events)


def _try_pin(asked: _Asked) -> tuple[int | None, str]:
    """The case if code and PIN fit. A wrong code, a wrong PIN and a locked case answer alike, after the same work.

    The phone that told the story is counted by itself: no stranger locks its owner out, and whoever took it may guess as little.
    """
    visit, person, at = asked.visit, asked.visit.person, to_us(asked.visit.now)
    if person.pins_locked_until is not None and person.pins_locked_until > at:
        return None, "locked"
    code, pin = digits(asked.given.get("code", "")), digits(asked.given.get("pin", ""))
    case_id = visit.ledger.find(person.region, code)
    row = visit.ledger.row(case_id) if case_id is not None else _NO_CASE
    sealed = visit.seal.open(row["pin_sealed"], "case_file", row["id"], "pin") if row["pin_sealed"] is not None else None
    fits = pins.matches(visit.seal, code, pin, stored=row["pin_hash"], sealed=sealed)
    theirs = row["contact_id"] == person.id
    locked = (row["pins_locked_until"] or 0) > at and not theirs
    if case_id is not None and fits and not locked:
        person.wrong_pins = 0
        visit.ledger.set(case_id, wrong_pins=0)
        return case_id, "ok"
    _count_wrong(visit, None if locked else case_id, theirs=theirs)
    return None, "wrong" if person.wrong_pins % 2 else "wrong_again"


def _count_wrong(visit: Visit, case_id: int | None, *, theirs: bool) -> None:
    """Count it for the phone and for the case. Too many lock the case for strangers, and the phone that told it instead of the case."""
    person = visit.person
    person.wrong_pins += 1
    spent = person.wrong_pins >= pins.TRIES
    if case_id is not None:
        row = visit.ledger.row(case_id)
        wrong = row["wrong_pins"] + 1
        spent = spent or (theirs and wrong >= pins.TRIES)  # A right PIN of another case forgives nothing here.
        until = to_us(visit.now + pins.CASE_LOCK) if wrong >= pins.TRIES and not theirs else row["pins_locked_until"]
        visit.ledger.set(case_id, wrong_pins=wrong % pins.TRIES, pins_locked_until=until)
    if spent:
        person.wrong_pins, person.pins_locked_until = 0, to_us(visit.now + (pins.CASE_LOCK if theirs else pins.CONTACT_LOCK))


def _mine(asked: _Asked) -> int | None:
    """The case that this person may act on: their own, or the one they just opened with code and PIN."""
    visit, code = asked.visit, digits(asked.given.get("code", ""))
    case_id = visit.ledger.find(visit.person.region, code)
    if case_id is None:
        return None
    looked_up = visit.person.session.fetched.get("look_up", {})
    proven = looked_up.get("found") == "ok" and digits(looked_up.get("code", "")) == code
    return case_id if proven or visit.ledger.row(case_id)["contact_id"] == visit.person.id else None


def _is_proven_now(asked: _Asked) -> bool:
    """Whether the PIN was given a short while ago: the phone may have changed hands since, with the dialog still open on it."""
    given = int(asked.visit.person.session.fetched.get("look_up", {}).get("at", "0"))
    return given <= to_us(asked.visit.now) <= given + _PROVEN // timedelta(microseconds=1)


def _prove(asked: _Asked) -> dict[str, str]:
    """Asked before words are, so that none are lost to a PIN that is wanted first."""
    return {"now": "yes" if _is_proven_now(asked) else "no"}


def _add_words(asked: _Asked) -> dict[str, str]:
    case_id, words = _mine(asked), asked.given.get("text", "").strip()
    if case_id is None or not words:
        return {"added": "no"}
    asked.story.add(case_id, words)
    return {"added": "yes"}


def _withdraw(asked: _Asked) -> dict[str, str]:
    case_id = _mine(asked)
    if case_id is None or not _is_proven_now(asked):
        return {"done": "no" if case_id is None else "pin"}
    asked.visit.ledger.append(case_id, [Event(kind=EventKind.WITHDRAWN, at=asked.visit.now, author=REPORTER)])
    return {"done": "yes"}


def _ask_data(asked: _Asked) -> dict[str, str]:
    """A wish to have data corrected or erased goes to people: they decide, a machine does neither."""
    case_id, text = _mine(asked), asked.given.get("text", "").strip()
    what = _WISHES.get(asked.given.get("what", ""))
    if case_id is None or what is None:
        return {"done": "no"}
    asked.story.add(case_id, what if text in ("", "lewati") else f"{what}: {text}")
    return {"done": "yes"}


def _ask_call(asked: _Asked) -> dict[str, str]:
    """A wish to be called: the safe hours and the cover stand in the case, a person decides."""
    case_id, hours = _mine(asked), asked.given.get("hours", "")
    if case_id is None or not hours:
        return {"done": "no"}
    cover = _COVERS.get(asked.given.get("cover", ""), "")
    asked.story.add(case_id, f"[minta ditelepon, aman jam {hours}]" + (f" [sebutan: {cover}]" if cover else ""))
    return {"done": "yes"}


def _keep_survey(asked: _Asked) -> dict[str, str]:
    """The answers go where nothing leads back from; the case only knows that its reporter was asked."""
    visit = asked.visit
    looked_up = visit.person.session.fetched.get("look_up", {})
    case_id = visit.ledger.find(visit.person.region, digits(looked_up.get("code", "")))
    if case_id is None or looked_up.get("survey") != "yes":
        return {"kept": "no"}
    visit.ledger.append(case_id, [Event(kind=EventKind.SURVEYED, at=visit.now, author=REPORTER)])
    local = visit.now.astimezone(ZoneInfo(visit.desk.profile.timezone))
    return {"kept": "yes" if surveys.keep(visit.conn, visit.person.region, asked.given, local) else "no"}


def _own_case(asked: _Asked) -> dict[str, str]:
    person = asked.visit.person
    case_id = person.case_id if person.case_id is not None else person.last_case_id
    if case_id is None or not hiding.is_known(person):
        return _NONE
    state = asked.visit.ledger.state(case_id)
    if state.closed:
        return _NONE
    code = spaced(asked.visit.ledger.row(case_id)["code"])
    news = _is_unread(cases.load_events(asked.visit.conn, asked.visit.seal, case_id))
    return {"has": "yes", "code": code, "told": state.told.value, "track": state.track.value, "news": "yes" if news else "no"}


_FETCHES: Mapping[str, Callable[[_Asked], dict[str, str]]] = {
    "open_case": _open_case,
    "look_up": _look_up,
    "add_words": _add_words,
    "withdraw": _withdraw,
    "prove": _prove,
    "ask_data": _ask_data,
    "ask_call": _ask_call,
    "keep_survey": _keep_survey,
    "own_case": _own_case,
}


def spaced(code: str) -> str:
    """Nine digits in groups of three, as people read and say them."""
    return " ".join(code[i : i + 3] for i in range(0, len(code), 3))


def digits(words: str) -> str:
    """Only the digits of what was typed."""
    return "".join(c for c in words if c.isascii() and c.isdigit())
