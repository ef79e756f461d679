"""What people send beside words and taps: pictures, recordings, places, stickers, and changes to what they wrote before."""

from __future__ import annotations

from hotline.case import Track
from hotline.engine import location, pages, secret
from hotline.engine.commands import call_quietly, obey
from hotline.engine.danger import heard_before
from hotline.engine.effects import Said
from hotline.engine.fold import fold
from hotline.engine.forbids import forbid
from hotline.engine.hear import hear_text, keep
from hotline.engine.other_hands import may_be_looked_at
from hotline.engine.turn import START, Turn
from hotline.engine.words import Word, word_of
from hotline.messages import Incoming, Place

_STILL = (Word.DARURAT, Word.TUTUP, Word.STOP)


def media(turn: Turn, incoming: Incoming) -> None:
    """The host keeps files sealed, and the question goes on at once. Where a child is spoken of, nobody asks for one (I4)."""
    types = {m.content_type for m in incoming.media}
    mark = "(diubah) " if incoming.edited else ""
    turn.effects.append(Said(f"{mark}[lampiran: {', '.join(sorted(types)) or '?'}]"))
    aid = turn.book.for_files(turn.now_session()) is Track.LAYANAN
    if any(name.startswith("audio") for name in types):
        turn.phrase("voice_aid" if aid else "voice")
    elif aid:
        turn.phrase("picture_aid" if all(name.startswith("image") for name in types) else "file_aid")
    else:
        turn.phrase("picture")
    turn.thanked = True
    _beneath(turn, incoming)


def _beneath(turn: Turn, incoming: Incoming) -> None:
    """The words beneath it are heard as any others, late ones as an addition."""
    if not incoming.text.strip():
        _go_on(turn)
    elif incoming.late:
        belated(turn, incoming.text)
    elif incoming.edited:
        reworded(turn, incoming.text)
    else:
        hear_text(turn, incoming.text)


def place(turn: Turn, shared: Place) -> None:
    """The answer where help is to come to, else kept for people; nobody asks for one where a child is spoken of (I4)."""
    if turn.open_key == "tempat":
        hear_text(turn, f"{shared.latitude:.5f}, {shared.longitude:.5f}")
        return
    turn.effects.append(Said(location.told(turn, shared)))
    near = location.nearest(turn, shared)
    question = turn.book.question(turn.open_key) if near else None
    if question is not None:
        pages.choose_between(turn, question, near)
        turn.say(turn.book.phrase("place_near", turn.language).replace("{kecamatan}", question.label(near[0].code, turn.language)))
    else:
        turn.phrase(location.phrase(turn))
    _go_on(turn)


def reworded(turn: Turn, text: str) -> None:
    """An earlier message was changed: an addition, never an answer, since nobody can tell which question it stood under.

    A global word is obeyed all the same: who mends a mistyped TUTUP means it now.
    """
    word, check = word_of(fold(text)), secret.check(turn, text)
    if word is not None or check is not None:
        obey(turn, word, check)
    elif turn.safe_word and fold(text) == turn.safe_word:
        call_quietly(turn)
    else:
        _add(turn, text, "(diubah)", "edited")


def belated(turn: Turn, text: str) -> None:
    """It should have come long ago: kept as an addition. What calls for help and what protects still mean now what they meant.

    Who wrote TUTUP must not find a question about the story on the phone instead, hours later.
    """
    folded = fold(text)
    word = word_of(folded)
    if word in _STILL:
        obey(turn, word, None)
    elif turn.safe_word and folded == turn.safe_word:
        call_quietly(turn)
    else:
        forbid(turn, None, text, folded)
        _add(turn, text, "(terlambat sampai)", "kept")


def _add(turn: Turn, text: str, mark: str, phrase: str) -> None:
    if not secret.alone(turn, text):
        keep(turn, text, mark + " ")
    if not turn.alarmed and not turn.thanked:
        turn.phrase(phrase)
    _go_on(turn)


def unreadable(turn: Turn, incoming: Incoming) -> None:
    """A sticker, a contact card, a poll; of some kinds words come along."""
    turn.phrase("unreadable_again" if turn.missed % 2 else "unreadable")
    turn.unheard = heard_before(turn)
    turn.missed += 1
    turn.thanked = True
    _beneath(turn, incoming)


def _go_on(turn: Turn) -> None:
    """Ask again; but what may come from other hands is shown no question of the story, which stays open for its owner."""
    if turn.open_key and not turn.alarmed and may_be_looked_at(turn):
        return
    turn.proceed(None if turn.open_key else START)
