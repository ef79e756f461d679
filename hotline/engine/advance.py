"""The engine's one door: a session and what came in, to the session after it and what the host must do."""

from __future__ import annotations

from datetime import datetime

from hotline.engine.book import Book
from hotline.engine.effects import Effect, Fetched, Said
from hotline.engine.hear import hear_text, tapped
from hotline.engine.session import Session
from hotline.engine.turn import START, Turn
from hotline.messages import Incoming, Kind, Place


def advance(book: Book, session: Session, incoming: Incoming | Fetched, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
    """One step of a conversation. Pure: the same arguments give the same result, and nothing given is changed.

    After a `Fetch` effect the host calls again with `Fetched`, before any other message of the same person. `now` is aware.
    """
    turn = Turn(book, session, now)
    if isinstance(incoming, Fetched):
        turn.fetched[incoming.name] = dict(incoming.values)
        turn.proceed("@" + incoming.name)
        return turn.result()
    match incoming.kind:
        case Kind.TEXT:
            hear_text(turn, incoming.text)
        case Kind.CHOICE:
            tapped(turn, incoming.choice, incoming.text)
        case Kind.PLACE if incoming.place is not None:
            _place(turn, incoming.place)
        case Kind.MEDIA:
            _media(turn, incoming)
        case _:
            _answer_kindly(turn, "unreadable")
    return turn.result()


def _media(turn: Turn, incoming: Incoming) -> None:
    """Pictures and recordings are asked for nowhere; the host keeps them sealed, the person hears that words are enough."""
    turn.effects.append(Said(f"[lampiran: {', '.join(sorted({m.content_type for m in incoming.media})) or '?'}]"))
    spoken = any(m.content_type.startswith("audio") for m in incoming.media)
    turn.phrase("voice" if spoken else "picture")
    if incoming.text.strip():
        hear_text(turn, incoming.text)
    else:
        _go_on(turn)


def _place(turn: Turn, place: Place) -> None:
    words = f"{place.latitude:.5f}, {place.longitude:.5f}"
    if turn.open_key == "tempat":
        hear_text(turn, words)
        return
    turn.effects.append(Said(f"[lokasi: {words}]"))
    _answer_kindly(turn, "place")


def _answer_kindly(turn: Turn, phrase: str) -> None:
    turn.phrase(phrase)
    _go_on(turn)


def _go_on(turn: Turn) -> None:
    turn.proceed(None if turn.open_key else START)
