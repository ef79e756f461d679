"""An answer in the person's own words: a near spelling, several choices at once, a sentence that tells which, or words to be stored."""

from __future__ import annotations

from hotline.engine import secret, several
from hotline.engine.danger import listen_together, rang
from hotline.engine.draft import MORE
from hotline.engine.effects import Said
from hotline.engine.many import choose_of_many, labels_of_many
from hotline.engine.match import free_value
from hotline.engine.place_said import asked_once_more, locate, place_said
from hotline.engine.program import Question
from hotline.engine.ticket import hidden
from hotline.engine.turn import Turn


def in_own_words(turn: Turn, question: Question, text: str, folded: str) -> bool:
    """Accept a near spelling or free words, if the question takes them."""
    if question.stays:
        turn.effects.append(Said(secret.kept(turn, text)))
        locate(turn, folded)
        replies = question.replies[turn.language]
        turn.say(replies[turn.missed % len(replies)].fill(turn.value))
        turn.missed += 1
        if turn.alarmed:
            turn.proceed(None)
        else:
            turn.send_options(question)
        return True
    if question.many:
        labels = labels_of_many(turn, question)
        close = MORE.join(several.named(labels, labels.codes, text)) or labels.close(folded) or _hinted(turn, question, text, folded)
        return close is not None and choose_of_many(turn, question, close)
    if question.places is not None:
        return place_said(turn, question, question.places.find(folded), text, folded)
    close = question.match.close(folded)
    if close is not None and rang(turn) and (kept := secret.story(turn, text)):
        turn.effects.append(Said(kept))  # What rang is read by people, whatever it was taken for.
    close = close or _hinted(turn, question, text, folded)
    if close is not None:
        turn.accept(question, close)
        return True
    if question.locates and asked_once_more(turn, question, text, folded):
        return True
    value = free_value(question.free, text) if question.free is not None else None
    if value is None:
        return False
    if question.free not in secret.SECRETS:
        value = hidden(value)
        listen_together(turn, value)
    elif kept := secret.story(turn, text, given=True):
        turn.effects.append(Said(kept))
    turn.accept(question, value)
    return True


def _hinted(turn: Turn, question: Question, text: str, folded: str) -> str | None:
    """What a whole sentence is about, where the choices know their words; the sentence itself is kept."""
    code = question.match.hinted(folded)
    if code is not None and (kept := secret.story(turn, text)):
        turn.effects.append(Said(kept))
    return code
