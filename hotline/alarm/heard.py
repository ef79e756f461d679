"""What a case's events mean to its alarm."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from hotline.case import LIVE, CaseState, Emergency, Event, EventKind, Level, fold


class Heard(StrEnum):
    """What an event does to the alarm; the value of the last three is the alarm's end_reason."""

    RINGS = "rings"
    """An emergency begins, or danger is said anew."""
    SEEN = "seen"
    ACTED = "acted"
    """The first action: an emergency action recorded, or a word of an officer to the reporter. Claiming, noting and moving are none, nor
    is a reply of which the reporter's phone may not be told: it waits for their next CEK. Words in the chat silence; once they have left
    (`hotline.store.alarm.spoken`) they are an action."""
    LOWERED = "lowered"
    """Two people decided that it is no emergency."""
    CLOSED = "closed"


_MATTERS = frozenset(
    {
        EventKind.RAISED,
        EventKind.REOPENED,
        EventKind.ACKNOWLEDGED,
        EventKind.HANDLED,
        EventKind.TAKEN,
        EventKind.REPLIED,
        EventKind.SPOKEN,
        EventKind.LOWERED,
        EventKind.CLOSED,
    }
)


def heard(before: CaseState, events: Iterable[Event]) -> tuple[CaseState, list[tuple[Heard, Event]]]:
    """A case that was `before`, after these events, and what they do, in their order, to its alarm; most do nothing."""
    found, state = [], before
    for event in events:
        after = fold([event], state)
        if event.kind in _MATTERS and (what := _one(state, event, after)) is not None:
            found.append((what, event))
        state = after
    return state, found


def _one(before: CaseState, event: Event, after: CaseState) -> Heard | None:
    match event.kind:
        case EventKind.RAISED if after.emergency is Emergency.AKTIF:
            return Heard.RINGS if before.emergency is not Emergency.AKTIF or event.body.get("again") else None
        case EventKind.REOPENED if after.emergency is Emergency.AKTIF:
            return Heard.RINGS
        case EventKind.ACKNOWLEDGED | EventKind.TAKEN | EventKind.SPOKEN if before.emergency in LIVE:
            return Heard.SEEN
        case EventKind.REPLIED if event.body.get("waits"):
            return Heard.SEEN if before.emergency in LIVE else None
        case EventKind.HANDLED | EventKind.REPLIED if before.emergency in LIVE:
            return Heard.ACTED
        case EventKind.LOWERED if not Level(int(event.text("level"))).rings:
            return Heard.LOWERED
        case EventKind.CLOSED:
            return Heard.CLOSED
        case _:
            return None
