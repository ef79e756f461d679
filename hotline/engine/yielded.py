"""While a person of the Dinas answers in the chat: words are kept, not walked; danger is still heard; the tree resumes afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from hotline.engine import location, secret
from hotline.engine.book import Book
from hotline.engine.commands import call_quietly, obey
from hotline.engine.effects import Effect, Said
from hotline.engine.fold import fold
from hotline.engine.hear import keep
from hotline.engine.nodes import Say
from hotline.engine.session import Session
from hotline.engine.tokens import base36
from hotline.engine.turn import Turn
from hotline.engine.words import Word, greeting, word_of
from hotline.messages import Incoming, Kind

WAITS = "@petugas"
"""As the open question: none is, so that what is written next is kept and the question is asked anew."""


class Heard(StrEnum):
    """What the message means for the person of the Dinas who is there."""

    GO_ON = "go_on"
    LEAVE = "leave"
    """The reporter closed the chat (TUTUP) or wants no more messages (STOP): nobody may write there now."""


def beside(book: Book, session: Session, incoming: Incoming, now: datetime) -> tuple[Session, tuple[Effect, ...], Heard]:
    """One message while the tree yields. Pure, as `advance`. Asks nothing; answers only the words that may not wait."""
    turn = Turn(book, session, now)
    turn.yields, heard = True, Heard.GO_ON
    if incoming.kind is Kind.CHOICE:
        _tapped(turn, incoming)
    elif incoming.kind is Kind.TEXT:
        heard = _words(turn, incoming.text, "(diubah) " if incoming.edited else "")
    else:
        _other(turn, incoming)
        if incoming.text.strip():
            heard = _words(turn, incoming.text)
    turn.alarmed = False
    return (*turn.result(), heard)


def fits(text: str) -> bool:
    """Whether this answers “is this a good time?” as the person would who wrote before; anything else stops it (domain 4.4)."""
    words = fold(text).split()
    return bool(words) and "tidak" not in words and (words[0] in _YES or (len(words) > 1 and greeting(words[0]) and words[1] in _YES))


def resume(book: Book, session: Session, now: datetime) -> tuple[Session, tuple[Effect, ...]]:
    """The tree goes on: it says so, and asks its open question anew if there is one. Gives no Fetch that the host must answer."""
    turn = Turn(book, session, now)
    if not turn.open_key:
        turn.phrase("person_left")
        return turn.result()
    turn.phrase("person_gone")
    turn.proceed(None)
    if turn.open_key.startswith("@"):
        return waiting(session), ()
    return turn.result()


def waiting(session: Session) -> Session:
    """The session of somebody to whom nothing may be said now: their next words are kept, and then the question is asked anew."""
    return replace(session, open_key=WAITS) if session.open_key else session


_YES = frozenset(
    ["ya", "boleh", "bisa", "silakan", "silahkan", "monggo", "mangga", "nggih", "inggih", "aman", "baik", "siap", "yes", "sure"]
)


def _words(turn: Turn, text: str, mark: str = "") -> Heard:
    folded = fold(text)
    word = word_of(folded)
    match word:
        case None if turn.safe_word and folded == turn.safe_word:
            call_quietly(turn)
            return Heard.LEAVE
        case None:
            if secret.check(turn, text) is not None or not keep(turn, text, mark):
                turn.phrase("person_reads")
        case Word.DARURAT:
            turn.effects.append(Said(text))
            turn.settle("kata_bahaya", "ya")
            if "R1" not in turn.answers:
                turn.settle("R1", "ya")
            turn.alarm("word")
        case Word.TUTUP | Word.STOP:
            obey(turn, word, None)
            return Heard.LEAVE
        case Word.HAPUS:
            for op in turn.book.programs["hapus"].ops:
                if isinstance(op.node, Say):
                    turn.say(op.texts[turn.language].fill(turn.value))
        case _:
            turn.phrase("person_reads")
    return Heard.GO_ON


def _tapped(turn: Turn, incoming: Incoming) -> None:
    """A button shown before: kept in the words on it. One that says there is danger still counts as that."""
    serial, _, rest = incoming.choice.partition(".")
    key, _, code = rest.partition(".")
    question = turn.book.question(key)
    if question is None or code not in question.choices:
        if incoming.text:
            turn.effects.append(Said(incoming.text))
        return
    if not question.private:
        turn.effects.append(Said(f"[{question.label(code, turn.language)}]"))
    choice = question.choices[code]
    if choice.alarm and serial == base36(turn.serial):
        turn.settle(key, code)
        for other, value in choice.also:
            turn.settle(other, value)
        turn.alarm("answer")


def _other(turn: Turn, incoming: Incoming) -> None:
    if incoming.kind is Kind.PLACE and incoming.place is not None:
        turn.effects.append(Said(location.told(turn, incoming.place)))
    elif incoming.kind is Kind.MEDIA:
        turn.effects.append(Said(f"[lampiran: {', '.join(sorted({m.content_type for m in incoming.media})) or '?'}]"))
    else:
        turn.phrase("unreadable")
