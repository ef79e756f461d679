"""Danger in what people write: it rings at once, and what it meant is asked; who was understood wrongly is not asked for ever."""

from __future__ import annotations

from hotline.case import Track
from hotline.engine.book import WELCOME
from hotline.engine.draft import MORE
from hotline.engine.effects import Alarm
from hotline.engine.fold import fold
from hotline.engine.forbids import of_nothing_else
from hotline.engine.nodes import ASKED_BEFORE
from hotline.engine.turn import CAUGHT, Turn

__all__ = ["CAUGHT", "heard_before", "heard_phrase", "listen_for_danger", "listen_together", "rang"]
_SHORTEST_DANGER = 4
_WORDINGS = 3
_TOGETHER, _TOGETHER_SECONDS = 80, 120
"""So many characters, each message so soon after the one before it, may be one sentence in pieces."""


def listen_for_danger(turn: Turn, text: str, *, plain: bool = False) -> None:
    """Danger words in free text ring at once, and the question about them comes before the next one. `plain`: no wording rings."""
    confirmed = "ya" in (turn.answers.get("R1"), turn.answers.get("kata_bahaya"))
    words = _heard(turn, text, confirmed) if len(text) >= _SHORTEST_DANGER else ()
    if words and (plain or of_nothing_else(fold(text))):
        words = turn.book.sure(text)  # “Mama juga pegang hp ini” is no danger that only its wording speaks of.
    if not words:
        return
    first, new = "kata_bahaya" not in turn.answers and not confirmed, not set(words) <= set(turn.answers.get("kata", "").split(MORE))
    # Who once said "no" and then writes of another danger is asked once more, and never a third time.
    again = new and turn.answers.get("kata_bahaya") == "tidak" and ASKED_BEFORE not in turn.answers
    turn.alarm("text", words)
    turn.note_words(words)
    if confirmed and "kata_bahaya" not in turn.answers:
        turn.settle("kata_bahaya", "ya")
    if again:
        turn.answers[ASKED_BEFORE] = next((key for key in turn.book.programs[CAUGHT].questions if key in turn.answers), CAUGHT)
        turn.forget(CAUGHT)
    if first or again:
        turn.settle("kata_bahaya", "belum_dijawab")
        turn.alarmed = True


def listen_together(turn: Turn, text: str) -> None:
    """“Aku”, “pengen”, “mati”: words that answered nothing are heard with those written just before."""
    if rang(turn):
        return
    before = heard_before(turn)
    said = f"{before} {text}".strip()
    if len(said) > _TOGETHER:
        said = said[-_TOGETHER - 1 :].partition(" ")[2]
    if before:
        # “Bapak” and “bawa” are half of a sentence: its wording says nothing yet.
        listen_for_danger(turn, said, plain=True)
    if not rang(turn):
        turn.unheard = said


def heard_before(turn: Turn) -> str:
    """The words just before that answered nothing, while they may be part of the same sentence."""
    return turn.session.unheard if turn.now - turn.session.seen <= _TOGETHER_SECONDS else ""


def _heard(turn: Turn, text: str, confirmed: bool) -> tuple[str, ...]:
    """The danger words; where no question of the story asks how grave it is, also what its words say of that."""
    if confirmed:
        # Who has said yes needs no question any more, and rings anew by a plain danger word only.
        return turn.book.sure(text)
    if turn.yields or not _judged_by_words(turn):
        return turn.book.danger(text)
    words, level = turn.book.sounding(text)
    turn.note_story(level)
    return words


def _judged_by_words(turn: Turn) -> bool:
    """Whether a story of another track than the child's is told, or none yet: what is said at the welcome belongs to the next one."""
    if stories := turn.stories:
        return turn.book.dialogs[stories[0]].track is Track.LAYANAN
    return WELCOME in (*turn.stack, turn.dialog)


def rang(turn: Turn) -> bool:
    """Whether danger was heard in this very turn."""
    return any(isinstance(effect, Alarm) for effect in turn.effects)


def heard_phrase(turn: Turn) -> str:
    """The name of the sentence for danger that is not asked about again: it was read, and people can be reached."""
    return f"heard_{turn.rang % _WORDINGS + 1}"
