"""The engine's one door: a session and what came in, to the session after it and what the host must do."""

from __future__ import annotations

from datetime import datetime

from hotline.engine import beside
from hotline.engine.book import Book
from hotline.engine.effects import Effect, Fetched
from hotline.engine.hear import hear_text, tapped
from hotline.engine.session import Session
from hotline.engine.turn import Turn
from hotline.messages import Incoming, Kind


def advance(book: Book, session: Session, incoming: Incoming | Fetched, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
    """One step of a conversation. Pure: the same arguments give the same result, and nothing given is changed.

    After a `Fetch` effect the host calls again with `Fetched`, before any other message of the same person. `now` is aware.
    """
    turn = Turn(book, session, now)
    if isinstance(incoming, Fetched):
        turn.fetched[incoming.name] = dict(incoming.values)
        turn.unheard = session.unheard
        turn.proceed("@" + incoming.name)
        return turn.result()
    match incoming.kind:
        case Kind.TEXT if incoming.edited:
            beside.reworded(turn, incoming.text)
        case Kind.TEXT if incoming.late:
            beside.belated(turn, incoming.text)
        case Kind.TEXT:
            hear_text(turn, incoming.text)
        case Kind.CHOICE:
            tapped(turn, incoming.choice, incoming.text)
        case Kind.PLACE if incoming.place is not None:
            beside.place(turn, incoming.place)
        case Kind.MEDIA:
            beside.media(turn, incoming)
        case _:
            beside.unreadable(turn, incoming)
    return turn.result()
