"""Taking somebody's words as the answer to where it is."""

from __future__ import annotations

from hotline.engine import pages
from hotline.engine.asked_back import asked_back
from hotline.engine.effects import Said
from hotline.engine.nodes import UNLISTED
from hotline.engine.places import Named
from hotline.engine.program import Question
from hotline.engine.turn import Turn
from hotline.engine.words import greeting, visible


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


_CALLS = frozenset(
    ["cepat", "cepet", "cepetan", "tolong", "segera", "sekarang", "lagi", "takut", "bahaya", "darurat", "ya", "tidak", "dong"]
)
_PEOPLE = ["aku", "saya", "adikku", "anakku", "ibu", "mama", "kak", "pak", "bu", "mas", "mbak", "min"]
_NO_PLACE = frozenset([*_CALLS, *_PEOPLE, "ini", "iki", "di", "ke", "sini", "kesini"])


_OF_A_PLACE = frozenset(
    ["rt", "rw", "jl", "jalan", "desa", "dusun", "gang", "kampung", "dekat", "belakang", "depan", "samping", "pasar", "masjid", "sekolah"]
)


def asked_once_more(turn: Turn, question: Question, text: str, folded: str) -> bool:
    """Whether words that can be no place were kept instead: “cepat kak”, “ini siapa?”, a greeting. The second time anything is taken.

    A call to be quick is no place the second time either, which may be the first after a greeting.
    A kecamatan that they name is told to the queue in any case.
    """
    locate(turn, folded)
    asked, words = asked_back(folded), set(folded.split())
    said = [word for word in words if not greeting(word)]
    hello = greeting(folded) or not visible(text)
    a_place = any(c.isdigit() for c in folded) or not _OF_A_PLACE.isdisjoint(words) or question.locates in turn.answers
    slip = folded.startswith("salah ") and not folded.startswith("salah satu")
    none = _NO_PLACE.issuperset(said)
    tries = 2 if none and not _CALLS.isdisjoint(said) else int(none or bool(asked) or "?" in text or slip)
    if a_place or turn.missed >= tries:
        return False
    if not hello:
        turn.effects.append(Said(text))
    turn.missed += 1
    turn.phrase("hello_1" if hello else asked or "kept")
    turn.proceed(None)
    return True


def locate(turn: Turn, folded: str) -> None:
    """Whoever told in an emergency where it is tells the queue and the alarm too, also a message later, and is not asked again."""
    for key in {question.locates for question in turn.program.questions.values() if question.locates}:
        place = turn.book.question(key) if key not in turn.answers else None
        if place is not None and place.places is not None and (code := place.places.named(folded)):
            turn.settle(key, code, asked=False)
