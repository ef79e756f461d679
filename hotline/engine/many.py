"""A question of which several choices may be named, one after the other or at once."""

from __future__ import annotations

from hotline.engine.draft import ENOUGH, MORE
from hotline.engine.match import Labels
from hotline.engine.program import Question
from hotline.engine.turn import Turn

_MOST_LEFT = 64
_ENOUGH = (
    "cukup|sudah|selesai|enough|wis|sampun|tidak|itu saja|itu aja|tidak ada lagi|tidak ada|sudah cukup|sudah itu saja|cuma itu|hanya itu"
    "|mboten wonten|ora ana|ora ono|that s all|no more"
)


def labels_of_many(turn: Turn, question: Question) -> Labels:
    """What may be typed: as long as nothing is chosen all choices, then those that are left, with the numbers they are shown under."""
    if question.key not in turn.answers:
        return question.match
    codes = question.still(turn.answers[question.key])
    if codes not in question.left:
        if len(question.left) >= _MOST_LEFT:
            question.left.clear()
        labels = [
            [*(question.labels[language][question.codes.index(code)] for code in codes), turn.book.phrase("enough", language)]
            for language in turn.book.languages
        ]
        question.left[codes] = Labels((*codes, ENOUGH), labels, None, {ENOUGH: _ENOUGH})
    return question.left[codes]


def choose_of_many(turn: Turn, question: Question, code: str) -> bool:
    """Add what was named to what is chosen already; False when the question does not offer it."""
    # What an older tree offered and this one does not is in the case's events already.
    before = [c for c in turn.answers.get(question.key, "").split(MORE) if c in question.choices]
    if code == ENOUGH and before:
        turn.accept(question, MORE.join(before))
        return True
    codes = [c for c in code.split(MORE) if c in question.choices]
    if not codes:
        return False
    if not before and len(codes) == 1 and question.choices[codes[0]].alone:
        turn.accept(question, codes[0])
        return True
    chosen = MORE.join(dict.fromkeys(c for c in (*before, *codes) if not question.choices[c].alone))
    if MORE in code or not question.still(chosen):
        turn.accept(question, chosen or codes[0])
        return True
    turn.answers[question.key], turn.missed = chosen + MORE, 0
    for named in codes:  # What it settles counts at once: the next answer may never come.
        for key, given in question.choices[named].also:
            turn.settle(key, given, asked=False)
    turn.proceed(None)
    return True
