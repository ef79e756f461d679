"""What people send beside words and taps: pictures, recordings, places, stickers, and changes to what they wrote before."""

from __future__ import annotations

from hotline.case import Track
from hotline.engine import location
from hotline.engine.commands import obey
from hotline.engine.effects import Said
from hotline.engine.fold import fold
from hotline.engine.hear import hear_text, listen_for_danger
from hotline.engine.nodes import Free
from hotline.engine.turn import START, Turn
from hotline.engine.words import Word, check_of, word_of
from hotline.messages import Incoming, Place

_SECRETS = (Free.PIN, Free.CODE, Free.SECRET)
_CODE_AND_PIN = (4, 9, 13)
"""Digits of a PIN, a code, and both: they are nobody else's to read."""


def media(turn: Turn, incoming: Incoming) -> None:
    """The host keeps files sealed, and the question goes on at once. Where a child is spoken of, nobody asks for one (I4)."""
    types = {m.content_type for m in incoming.media}
    turn.effects.append(Said(f"[lampiran: {', '.join(sorted(types)) or '?'}]"))
    aid = turn.book.track(turn.now_session()) is Track.LAYANAN
    if any(name.startswith("audio") for name in types):
        turn.phrase("voice_aid" if aid else "voice")
    elif aid:
        turn.phrase("picture_aid" if all(name.startswith("image") for name in types) else "file_aid")
    else:
        turn.phrase("picture")
    if incoming.text.strip():
        hear_text(turn, incoming.text)
    else:
        _go_on(turn)


def place(turn: Turn, shared: Place) -> None:
    """The answer where help is to come to, else kept for people; nobody asks for one where a child is spoken of (I4)."""
    if turn.open_key == "tempat":
        hear_text(turn, f"{shared.latitude:.5f}, {shared.longitude:.5f}")
        return
    turn.effects.append(Said(location.told(turn, shared)))
    turn.phrase(location.phrase(turn))
    _go_on(turn)


def reworded(turn: Turn, text: str) -> None:
    """An earlier message was changed: an addition, never an answer, since nobody can tell which question it stood under.

    A global word is obeyed all the same: who mends a mistyped TUTUP means it now.
    """
    word, check = word_of(fold(text)), check_of(text)
    if word is not None or check is not None:
        obey(turn, word, check)
    else:
        _add(turn, text, "(diubah)", "edited")


def belated(turn: Turn, text: str) -> None:
    """It should have come long ago: kept as an addition. Of the global words only DARURAT still means now what it meant then."""
    if word_of(fold(text)) is Word.DARURAT:
        obey(turn, Word.DARURAT, None)
    else:
        _add(turn, text, "(terlambat sampai)", "kept")


def _add(turn: Turn, text: str, mark: str, phrase: str) -> None:
    if not _may_be_secret(turn, text):
        turn.effects.append(Said(f"{mark} {text}"))
        listen_for_danger(turn, text)
    if not turn.alarmed:
        turn.phrase(phrase)
    _go_on(turn)


def _may_be_secret(turn: Turn, text: str) -> bool:
    question = turn.walk()[1].question if turn.open_key else None
    if question is not None and question.free in _SECRETS:
        return True
    return sum(c.isdigit() for c in text) in _CODE_AND_PIN and not any(c.isalpha() for c in text)


def unreadable(turn: Turn) -> None:
    """A sticker, a contact card, a poll."""
    turn.phrase("unreadable")
    _go_on(turn)


def _go_on(turn: Turn) -> None:
    turn.proceed(None if turn.open_key else START)
