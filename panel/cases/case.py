"""One case on one page: what was told, what we did, why it has its level, what reached the reporter, and the forms to go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from hotline.case import SYSTEM, CaseState, Event, EventKind, Track, fold, operator_author
from hotline.casework import disclose, records
from hotline.casework.levels import open_proposal
from hotline.casework.missteps import way_back
from hotline.clocks import read
from hotline.messages import CHANNELS
from hotline.regions import Profile
from hotline.staff import Right
from hotline.store import audit, cases, drafts, letters, operators, queue
from hotline.store.alarm import alarm_board
from hotline.workflow import approver_of, closing_reasons, is_sexual, next_stages
from panel.cases import file_list
from panel.cases.chat import chat
from panel.cases.concerned import concerning
from panel.cases.timeline import Entry, since, timeline
from panel.context import Asked, asked
from panel.frame.pages import page
from panel.guard import REFRESH, SEE_CASE, allow
from panel.queue.clocks import rules
from panel.words.refusals import Said

router = APIRouter()
_TRAIL = 40
_WRITING = timedelta(minutes=2)
"""Whoever has not touched a draft for so long is not writing any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """What a refused or special act adds to the page: the words for it, and what the operator had written."""

    status: int = 200
    said: Said | None = None
    changed_since: int | None = None
    """The version the operator's page showed, when somebody saved in between."""
    form: str = ""
    """The form that was sent, shown open again with `kept`."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """Field -> what was written."""
    address: disclose.Address | None = None


@router.get("/kasus/{code}")
@allow(SEE_CASE)
def case_page(request: Request, code: str) -> Response:
    """The case; every look is audited."""
    return _looked_at(request, Aside(), again=REFRESH in request.headers)


def show(request: Request, aside: Aside) -> Response:
    """The page as it stands now, after an act that was refused or told something: whoever reads it so has looked at it too."""
    return _looked_at(request, aside, again=True)


def _looked_at(request: Request, aside: Aside, *, again: bool) -> Response:
    ask = asked(request)
    with ask.panel.database.write() as conn:
        disclose.viewed(conn, ask.panel.seal, ask.who, ask.case, refresh=again, now=ask.now)
    with ask.panel.database.read() as conn:
        found = _gather(conn, ask, aside)
    return page(request, "cases/case.html", aside.status, aside=aside, **found)


def _gather(conn: Connection, ask: Asked, aside: Aside) -> dict[str, Any]:
    line = queue.by_id(conn, ask.who, ask.case.id)
    events = cases.load_events(conn, ask.panel.seal, line.id)
    state, entries, profile = fold(events), timeline(events), ask.panel.desk(ask.who).profile
    track = Track(line.track)
    trail = audit.of_case(conn, ask.panel.seal, line.id, _TRAIL) if ask.who.may(Right.TRAIL) else []
    found = file_list.gather(conn, ask, line)
    ids = {int(a) for e in events if (a := _operator(e.author))} | {t.operator_id for t in trail if t.operator_id is not None}
    ids |= file_list.openers(found)
    writing = drafts.being_written(conn, line.id, ask.now - _WRITING, ask.who.id)
    ids |= writing.keys()
    return {
        "line": line,
        "state": state,
        "others": max((e.seq for e in events if e.author != operator_author(ask.who.id)), default=0),
        "entries": entries,
        "between": _between(entries, aside),
        "names": operators.names(conn, ids),
        "proposal": open_proposal(events),
        "withdrawn": any(e.kind is EventKind.WITHDRAWN for e in events),
        "trail": trail,
        "closing": closing_reasons(profile, state),
        "closing_names": {r.code: r.name for r in profile.closing_reasons(track)},
        "letters": letters.pushes(conn, line.id),
        "drafts": drafts.load(conn, ask.panel.seal, ask.who.id, line.id) | dict(aside.kept),
        "writing": writing,
        "window": _window(line, ask),
        "chat": chat(conn, ask, line, events),
        "own_kinds": profile.kinds(track),
        "companions": records.companions(conn, line.region, line.id) if ask.who.may(Right.WORK) else [],
        "sexual": is_sexual(state),
        "clocks": [clock for clock in read(events, rules(conn, ask))[0] if clock.running],
        "rings": alarm_board.of_case(conn, line.id),
        "first_level": _first_level(events),
        "may": {right.value: ask.who.may(right) for right in Right},
        "author": _operator,
        **_steps(ask, profile, state, events),
        **concerning(conn, ask, line),
        **found,
    }


def _steps(ask: Asked, profile: Profile, state: CaseState, events: list[Event]) -> dict[str, Any]:
    """Where the case may go from its stage, on and back."""
    return {
        "stages": [(stage, approver_of(profile, state, stage.code)) for stage in next_stages(profile, state)],
        "way_back": way_back(events, ask.who, ask.now) if ask.who.may(Right.WORK) else None,
        "stage_names": {stage.code: stage.name for stage in profile.stages(state.track)},
    }


def _between(entries: list[Entry], aside: Aside) -> list[Entry]:
    return [] if aside.changed_since is None else since(entries, aside.changed_since)


def _operator(author: str) -> str:
    """The id in an event's author, empty for the reporter and the system."""
    kind, _, number = author.partition(":")
    return number if kind == "operator" else ""


def _first_level(events: list[Event]) -> Event | None:
    """The event that explains the present level: the last rise with reasons, or the last change by a person."""
    levels = [e for e in events if e.kind in (EventKind.RAISED, EventKind.LOWERED)]
    return next((e for e in reversed(levels) if e.author != SYSTEM or e.body.get("reasons")), None)


def _window(line: queue.Line, ask: Asked) -> bool | None:
    """Whether free text may still be sent on the reporter's channel; None where there is no such window."""
    hours = CHANNELS[line.channel].window_hours if line.channel in CHANNELS else None
    if hours is None or line.last_in_at is None:
        return None
    return ask.now - line.last_in_at < timedelta(hours=hours)
