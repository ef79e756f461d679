"""Telegram's /start and what stands behind it: a deep link's word chooses the way, somebody's own words are kept and heard."""

from __future__ import annotations

from hotline.engine.commands import begin, obey
from hotline.engine.danger import listen_for_danger
from hotline.engine.effects import Said
from hotline.engine.fold import fold
from hotline.engine.turn import START, Turn
from hotline.engine.words import Word, payload, word_of

MENU = "menu"
"""The question of the welcome that a link may answer; the one about danger still comes before it."""
_MEANT = frozenset((Word.DARURAT, Word.BANTU, Word.CEK, Word.BAHASA))


def start(turn: Turn, text: str) -> None:
    """Begin. A link that names nothing (a poster's mark) is no story; danger is heard in any words."""
    words, link = payload(text)
    folded = fold(words)
    code = _way(turn, words, folded)
    if link and code is None and (word := word_of(folded)) in _MEANT:
        obey(turn, word, None)
        return
    begin(turn)
    if words and not link:
        turn.effects.append(Said(words))
    listen_for_danger(turn, words)
    question = turn.book.question(MENU)
    # In a story the menu offers to go on with it: no link leads out of it.
    if code is not None and question is not None and not turn.stories:
        turn.answers[MENU] = code
        turn.settle_with(question, code)
    turn.proceed(START)


def _way(turn: Turn, words: str, folded: str) -> str | None:
    """The choice of the menu that the words name."""
    question = turn.book.question(MENU)
    if not folded or question is None:
        return None
    return words if words in question.choices else question.match.named(folded) or question.match.hinted(folded)
