"""How the conversation in a reporter's chat stands, for the case's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from hotline import talk
from hotline.case import Event, EventKind
from hotline.gate import push_verdict
from hotline.staff import Right
from hotline.store import letters, talks
from hotline.store.letters import Letter
from hotline.store.queue import Line
from hotline.store.talks import Talk
from hotline.turns import talking
from panel.context import Asked

_SHOWN = talking.OPEN
"""How long the page tells how the last talk ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """How the conversation stands for the operator who looks."""

    talk: Talk | None
    """The running one."""
    last: Talk | None
    """The one that ended last, while it matters."""
    mine: bool
    may_take: bool
    here: bool
    """The reporter wrote just now; otherwise they are greeted first."""
    refusal: str
    """Why nobody may write there now: nobody, over, unsafe or closed; empty when somebody may."""
    asks: str
    """What the dialog asked last."""
    last_in_at: datetime | None
    sent: dict[int, Letter]
    """What became of the operators' words, by outbox id."""
    noticed: bool
    """A notice of a reply may leave for the reporter's phone, now or at an hour that is safe."""
    held: str
    """Why none may (`hotline.gate`); empty when one may, or nobody is there."""


def chat(conn: Connection, ask: Asked, line: Line, events: list[Event]) -> Chat:
    """What the case's page shows of it."""
    latest = talks.of_case(conn, line.id)
    running = latest if latest is not None and latest.ended_at is None else None
    ended = latest if running is None and latest is not None and latest.ended_at and ask.now - latest.ended_at < _SHOWN else None
    left = ended is not None and ended.why == talking.Why.LEFT and (line.last_in_at or ask.now) <= (ended.ended_at or ask.now)
    here = line.last_in_at is not None and ask.now - line.last_in_at <= talking.HERE and not left
    first = push_verdict(line.phone, line.push, line.push_hours, ask.now, ZoneInfo(ask.panel.desk(ask.who).profile.timezone))
    spoken = [int(str(e.body.get("outbox") or 0)) for e in events if e.kind is EventKind.SPOKEN]
    return Chat(
        talk=running,
        last=ended,
        mine=running is not None and running.operator_id == ask.who.id,
        may_take=running is None or (running.operator_id != ask.who.id and ask.who.may(Right.APPROVE)),
        here=here,
        refusal=_refusal(ask, line, may_write=here or first.go),
        asks=talk.open_question(ask.panel.seal, ask.panel.desk(ask.who), conn, line.contact_id) if line.contact_id else "",
        last_in_at=line.last_in_at,
        sent={letter.id: letter for letter in letters.of_ids(conn, spoken)} if spoken else {},
        noticed=line.contact_id is not None and (first.go or first.later is not None),
        held="" if first.go or first.later is not None else first.reason,
    )


def _refusal(ask: Asked, line: Line, *, may_write: bool) -> str:
    if line.closed:
        return "closed"
    if line.contact_id is None or line.last_in_at is None:
        return "nobody"
    if ask.now - line.last_in_at > talking.OPEN:
        return "over"
    return "" if may_write else "unsafe"
