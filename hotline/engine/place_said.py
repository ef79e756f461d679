"""Taking somebody's words as the answer to where it is."""

from __future__ import annotations

from hotline.engine import pages
from hotline.engine.effects import Said
from hotline.engine.nodes import UNLISTED
from hotline.engine.places import Named
from hotline.engine.program import Question
from hotline.engine.turn import Turn


def place_said(turn: Turn, question: Question, named: Named, text: str, folded: str) -> bool:
    """A place of the list or known to lie outside; one of several is asked for; at the second try one that no list knows is taken too."""
    if not named.spots and not named.elsewhere:
        if folded.replace(" ", "").isdecimal() or not folded or (turn.missed == 0 and question.codes):
            return False
        turn.effects.append(Said(text))
        turn.accept(question, UNLISTED)
        return True
    answer = named.elsewhere or named.spots[0].code
    if len(folded) > len(answer) + 2:
        turn.effects.append(Said(text))
    if len(named.spots) > 1:
        pages.choose_between(turn, question, named.spots)
        if not turn.alarmed:
            turn.phrase("which_place")
        turn.proceed(None)
    else:
        turn.accept(question, answer, named.spots[0].part if named.spots else "")
    return True
