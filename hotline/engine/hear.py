"""Understanding one message: a global word, a tap, an answer to the open question, or words to be kept."""

from __future__ import annotations

from hotline.engine import pages, secret, several
from hotline.engine.asked_back import asked_back, nods, thanks
from hotline.engine.commands import (
    PEOPLE,
    WISH,
    call_quietly,
    means_a_choice,
    names_a_choice,
    obey,
    says_danger,
    waits_for_owner,
    wants_people_here,
)
from hotline.engine.danger import CAUGHT, heard_before, heard_phrase, listen_for_danger, listen_together, rang
from hotline.engine.doubt import Doubt, about_danger, agreed, unclear, weigh
from hotline.engine.draft import MORE
from hotline.engine.effects import Said
from hotline.engine.fold import fold
from hotline.engine.forbids import forbid
from hotline.engine.many import choose_of_many, labels_of_many
from hotline.engine.nodes import Free, Summary
from hotline.engine.other_hands import MINE, lies_in_other_hands, somebody_else
from hotline.engine.own_words import in_own_words
from hotline.engine.place_said import locate
from hotline.engine.program import Op
from hotline.engine.session import Session
from hotline.engine.started import start
from hotline.engine.summary import BACK, CORRECT, OK, correction_labels, summary_labels, told
from hotline.engine.tokens import base36
from hotline.engine.turn import START, Turn
from hotline.engine.words import Word, asks_for_people, cries, greeting, started, visible, word_of

SILENCE = 6 * 3600
"""Seconds after which a person is thought to come back rather than to go on."""
_NEWCOMERS = frozenset((Word.MULAI, Word.MENU, Word.BANTU, Word.BAHASA, Word.HAPUS, Word.CEK))


def tapped(turn: Turn, token: str, text: str) -> None:
    """A button. One of an earlier story or question answers nothing: it is named so, and the open question is asked again."""
    serial, dot, rest = token.partition(".")
    if not dot:
        hear_text(turn, token or text)
        return
    key, _, code = rest.partition(".")
    if _cries_late(turn, serial, key, code):
        obey(turn, Word.DARURAT, None)
        return
    if serial != base36(turn.serial) or not turn.open_key:
        if not turn.hidden:
            turn.phrase("stale_story")
        turn.proceed(None if turn.open_key else START)
        return
    passed, op = turn.walk()
    open_key = CORRECT if turn.answers.get(op.key) == CORRECT and op.run is Summary else op.key
    if key == open_key and _choose(turn, passed, op, code):
        return
    if turn.answers.get(key) == code:
        turn.phrase("already")
    else:
        turn.phrase("stale_again" if turn.missed % 2 else "stale")
        turn.missed += 1
    turn.proceed(None)


def _cries_late(turn: Turn, serial: str, key: str, code: str) -> bool:
    """Whether a button that is no longer open says that there is danger: that outranks every question asked since."""
    question = turn.book.question(key)
    choice = question.choices.get(code) if question is not None else None
    if choice is None or not choice.alarm:
        return False
    if turn.kept_back and Session.from_json(turn.kept_back).answers.get(key) == code:
        return False  # It rang in the story that was put away, and rings there still.
    old = serial != base36(turn.serial) or not turn.open_key
    return old or (key != turn.open_key and turn.answers.get(key) != code)


def hear_text(turn: Turn, text: str) -> None:
    """Typed words, whatever is open. Global words come first, before any step of any tree."""
    folded = fold(text)
    check = secret.check(turn, text)
    word = word_of(folded)
    if word is Word.BANTU and means_a_choice(turn, folded):
        word = None
    if word is Word.DARURAT and says_danger(turn, folded):
        word = None
    if word is Word.BAHASA and names_a_choice(turn, folded):
        word = None
    if word is Word.LANJUT and (not waits_for_owner(turn) or names_a_choice(turn, folded)):
        word = None
    if turn.safe_word and waits_for_owner(turn) and folded == f"{Word.LANJUT} {turn.safe_word}":
        word = Word.LANJUT
    if somebody_else(turn, folded, word in _NEWCOMERS or started(folded, text) or greeting(folded)):
        turn.put_away()
    if word is not None or check is not None:
        if word is Word.BANTU and cries(folded):
            turn.effects.append(Said(text))
        obey(turn, word, check)
    elif started(folded, text):
        start(turn, text)
    elif turn.safe_word and folded == turn.safe_word:
        call_quietly(turn)
    elif asks_for_people(folded) and not names_a_choice(turn, folded):
        listen_for_danger(turn, text)
        turn.effects.append(Said(text))
        obey(turn, Word.BANTU, None)
        turn.settle(WISH, "ya")
    elif not turn.open_key or _long_silent_outside_a_story(turn):
        _first(turn, text, folded)
    else:
        _answer(turn, text, folded)


def _long_silent_outside_a_story(turn: Turn) -> bool:
    if turn.now - turn.session.seen < SILENCE or turn.stories or CAUGHT in (*turn.stack, turn.dialog):
        return False
    turn.reset()
    return True


def _first(turn: Turn, text: str, folded: str) -> None:
    if _just_thanks(turn, text, folded):
        turn.effects.append(Said(text))
        turn.phrase("thanks")
        return
    if visible(text) and not greeting(folded) and not secret.alone(turn, text):
        turn.effects.append(Said(text))
        listen_for_danger(turn, text)
        listen_together(turn, text)
        forbid(turn, None, text, folded)
        if not turn.alarmed and (rang(turn) or not turn.thanked):
            _acknowledge(turn, folded)
    turn.proceed(START)


def _acknowledge(turn: Turn, folded: str) -> None:
    """Before the welcome, which tells by itself who is writing here."""
    asked = asked_back(folded)
    if rang(turn) or asked != "asked_who":
        turn.phrase(heard_phrase(turn) if rang(turn) else asked or "kept")


def _just_thanks(turn: Turn, text: str, folded: str) -> bool:
    """After the end of a story: it needs no menu, whose next “ya” would call for help. Whoever begins so is met as anybody who begins."""
    told = turn.session.serial > 0 and turn.now - turn.session.seen < SILENCE
    return told and not turn.open_key and not turn.hidden and (thanks(folded) or nods(text))


def _answer(turn: Turn, text: str, folded: str) -> None:
    silent = turn.now - turn.session.seen >= SILENCE
    if silent and not (turn.answers.get("hp") == MINE and turn.session.seen):
        turn.put_away()
        _first(turn, text, folded)
        return
    passed, op = turn.walk()
    if _changed(turn, op):
        if silent:
            _welcome_back(turn, text, folded)
            return
        _keep(turn, text, folded)
        turn.phrase("changed")
        turn.proceed(None)
        return
    code = _typed_choice(turn, passed, op, text, folded)
    if code is not None and not (silent and folded.isdecimal()):
        if code == PEOPLE and op.question is not None and op.question.match.exact(folded) is None:
            turn.effects.append(Said(text))
        _choose(turn, passed, op, code)
        return
    if silent and (code is not None or greeting(folded) or op.question is None or op.question.free in (None, Free.NAME)):
        _welcome_back(turn, text, folded)
        return
    if code is None and not about_danger(op.question) and lies_in_other_hands(turn, op.question, folded):
        turn.put_away()
        _first(turn, text, folded)
        return
    listen_for_danger(turn, text)
    doubt = weigh(turn, op.question, text, folded) if op.question is not None else Doubt.NONE
    if doubt is Doubt.UNCLEAR or (doubt is Doubt.NONE and not _understood(turn, op, text, folded)):
        _miss(turn, op, text, folded)


def _understood(turn: Turn, op: Op, text: str, folded: str) -> bool:
    question = op.question
    return question is not None and (forbid(turn, question, text, folded) or in_own_words(turn, question, text, folded))


def _changed(turn: Turn, op: Op) -> bool:
    """The tree is another than when the question was asked: the words must not answer a question that the person has not seen."""
    asked = CORRECT if op.run is Summary and turn.answers.get(op.key) == CORRECT else op.key
    return asked != turn.open_key


def _welcome_back(turn: Turn, text: str, folded: str) -> None:
    """On a phone that the person alone holds; what was written so long after the question does not answer it."""
    _keep(turn, text, folded)
    forbid(turn, None, text, folded)
    turn.phrase("welcome_back")
    turn.proceed(None)


def _keep(turn: Turn, text: str, folded: str) -> None:
    if visible(text) and not greeting(folded):
        keep(turn, text)


def keep(turn: Turn, text: str, mark: str = "") -> bool:
    """Listen to words that answer nothing and keep them for people; False when a secret left nothing to keep."""
    at = len(turn.effects)
    listen_for_danger(turn, text)
    kept = secret.story(turn, text)
    if kept:
        turn.effects.insert(at, Said(mark + kept))
    return bool(kept)


def _typed_choice(turn: Turn, passed: list[Op], op: Op, text: str, folded: str) -> str | None:
    if op.run is Summary:
        labels = correction_labels(turn, passed) if turn.answers.get(op.key) == CORRECT else summary_labels(turn)
        return labels.exact(folded) or labels.close(folded)
    assert op.question is not None
    question = op.question
    if question.places is not None:
        return pages.typed(turn, question, folded)
    if wants_people_here(question, folded):
        return PEOPLE
    if not question.many:
        return None if unclear(question, text, folded) else question.match.exact(folded) or agreed(question.match, text)
    labels = labels_of_many(turn, question)
    return MORE.join(several.numbered(labels.codes, text)) or labels.exact(folded)


def _miss(turn: Turn, op: Op, text: str, folded: str) -> None:
    """Not understood: kept, and asked again in other words each time; the third time a person is offered. A greeting is greeted."""
    if greeting(folded):
        turn.unheard = heard_before(turn)
        if turn.missed:
            turn.phrase(f"hello_{(turn.missed - 1) % 3 + 1}")
        turn.missed += 1
        turn.proceed(None)
        return
    said = visible(text)
    kept = secret.story(turn, text) if said else ""
    if kept:
        turn.effects.append(Said(kept))
        locate(turn, folded)
        if not secret.asked(turn):
            listen_together(turn, kept)
    if rang(turn):
        if not turn.alarmed:
            turn.phrase(heard_phrase(turn))
        turn.proceed(None)
        return
    if not turn.thanked:
        # The first of these sentences says that something was kept.
        turn.missed = max(turn.missed + 1, 1 if said else 2)
        turn.phrase("kept" if kept and secret.asked(turn) else asked_back(folded) or secret.missed_phrase(turn))
    turn.proceed(None)


def _choose(turn: Turn, passed: list[Op], op: Op, code: str) -> bool:
    """Take a choice of the open question; False when it does not offer it."""
    if op.run is Summary:
        return _choose_in_summary(turn, passed, op, code)
    question = op.question
    assert question is not None
    if pages.turned(turn, question, code):
        turn.missed = 0
        turn.proceed(None)
        return True
    if not question.many:
        if code not in question.choices:
            return False
        turn.accept(question, code)
        return True
    return choose_of_many(turn, question, code)


def _choose_in_summary(turn: Turn, passed: list[Op], op: Op, code: str) -> bool:
    turn.missed = 0
    correcting = turn.answers.get(op.key) == CORRECT
    if not correcting and code in (OK, CORRECT):
        turn.answers[op.key] = code
        turn.proceed(op.key)
    elif correcting and code == BACK:
        turn.forget(op.key)
        turn.proceed(None)
    elif correcting and code in {question.key for question in told(passed)}:
        turn.forget(op.key)
        turn.take_back(code)
        turn.proceed(None)
    else:
        return False
    return True
