"""What the global words do. They are obeyed in any step of any tree; DARURAT cannot be switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline.engine.book import WELCOME
from hotline.engine.effects import Alarm, Closed, Stopped
from hotline.engine.turn import CAUGHT, START, Turn
from hotline.engine.words import Word, asks_for_people, word_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hotline.engine.program import Question

PEOPLE = "petugas"
"""The choice to speak with an officer, in whichever question offers it."""
WISH = "minta_petugas"
"""The question whether they want to, answered by whoever says so anywhere."""
_MUCH = 3
"""So many answers told before BATAL asks whether it was meant."""


def obey(turn: Turn, word: Word | None, check: tuple[str, str] | None) -> None:
    """Do what the word asks, or look the code up."""
    if check is not None:
        _check(turn, *check)
    elif word is not None:
        _DO[word](turn)


def means_a_choice(turn: Turn, folded: str) -> bool:
    """“bantuan” asks for help, but where social aid is offered it names that."""
    question = turn.walk()[1].question if turn.open_key else None
    return question is not None and folded != Word.BANTU.value and question.key == turn.open_key and question.match.says(folded)


def says_danger(turn: Turn, folded: str) -> bool:
    """Whether the words are the answer to the open question that says there is danger: it settles more than the word alone."""
    question = turn.walk()[1].question if turn.open_key else None
    choice = question.choices.get(question.match.named(folded) or "") if question is not None and question.key == turn.open_key else None
    return choice is not None and choice.alarm


def names_a_choice(turn: Turn, folded: str) -> bool:
    """Whether the words name a choice of the open question, or belong to one that takes every word."""
    if _asks_of_danger(turn) and word_of(folded) is Word.LANJUT:
        return False  # Part of "no, go on", but whoever asks for what was put away has not said that there is no danger.
    question = turn.walk()[1].question if turn.open_key else None
    return question is not None and (question.stays or question.match.exact(folded) is not None or wants_people_here(question, folded))


def wants_people_here(question: Question, folded: str) -> bool:
    """Whether the words ask for a person of the service, and that is one of the choices."""
    return PEOPLE in question.choices and asks_for_people(folded)


def _asks_of_danger(turn: Turn) -> bool:
    return turn.dialog == CAUGHT and bool(turn.open_key)


def _emergency(turn: Turn) -> None:
    turn.settle("kata_bahaya", "ya")
    if "R1" not in turn.answers:
        turn.settle("R1", "ya")
    turn.alarm("word")
    turn.interrupt("darurat", wait=any(turn.book.dialogs[name].track is not None for name in (*turn.stack, turn.dialog)))
    turn.proceed(START)


def _side(name: str) -> Callable[[Turn], None]:
    def begin(turn: Turn) -> None:
        turn.interrupt(name)
        turn.proceed(START)

    return begin


def _check(turn: Turn, code: str, pin: str) -> None:
    turn.interrupt("status")
    turn.answers["kode"] = code
    if pin:
        turn.answers["pin"] = pin
    turn.proceed("kode")


def _menu(turn: Turn) -> None:
    """The menu; a story that is running is offered first."""
    _to_menu(turn)
    turn.proceed(START)


def _to_menu(turn: Turn) -> None:
    names = (*turn.stack, turn.dialog)
    if any(turn.book.dialogs[name].track is not None for name in names):
        turn.interrupt("menu")
    else:
        for name in names:
            turn.leave(name)
        turn.dialog, turn.stack, turn.missed = WELCOME, [], 0
        turn.fetched = {}


def _back(turn: Turn) -> None:
    """Take the last answer back. At the beginning of a dialog that interrupted a story: give back to the story."""
    if not turn.open_key:
        turn.proceed(START)
        return
    passed, op = turn.walk()
    if op.question is not None and op.question.many and op.key in turn.answers:
        turn.take_back(op.key)
        turn.proceed(None)
        return
    on_the_way = {op.key for op in passed if op.question is not None}
    settled = turn.settled_by_others()
    for key in reversed(turn.answers):
        if key in settled:
            continue
        if key in on_the_way:
            turn.take_back(key)
            turn.proceed(None)
            return
        if not turn.stack and (asked_in := _asked_before(turn, key)):
            turn.dialog = asked_in
            turn.take_back(key)
            turn.proceed(None)
            return
    if turn.stack:
        turn.leave()
        turn.dialog = turn.stack.pop()
    else:
        turn.phrase("at_start")
    turn.proceed(None)


def _asked_before(turn: Turn, key: str) -> str:
    """The dialog that asked this and led here; empty when none did."""
    name = turn.book.owner.get(key, turn.dialog)
    told_there = turn.book.dialogs[name].track is not None and not turn.book.dialogs[name].side and key not in turn.program.questions
    return name if name != turn.dialog and (name == WELCOME or told_there) else ""


def _cancel(turn: Turn) -> None:
    names = (*turn.stack, turn.dialog)
    story = any(turn.book.dialogs[name].track is not None for name in names)
    if story and len([k for k in turn.answers if (q := turn.book.question(k)) is not None and not q.private]) >= _MUCH:
        turn.interrupt("batal")
        turn.proceed(START)
        return
    turn.phrase("cancelled")
    turn.finish_all(cancelled=True)


def _close(turn: Turn) -> None:
    """Quick exit: a sentence that means nothing to whoever reads it; whoever writes next is met as somebody new."""
    turn.effects.append(Closed())
    turn.put_away()
    turn.phrase("closed")
    turn.seen = 0


def call_quietly(turn: Turn) -> None:
    """The word the person has chosen: people are rung, and on the phone stands nothing but the sentence of the quick exit."""
    turn.settle("kata_bahaya", "ya")
    turn.effects.append(Alarm("safe_word"))
    _close(turn)


def _stop(turn: Turn) -> None:
    turn.effects.append(Stopped(True))
    turn.phrase("stopped")


def begin(turn: Turn) -> None:
    """Whoever begins may be answered again; the caller goes on from here."""
    turn.effects.append(Stopped(False))
    _to_menu(turn)


def _begin(turn: Turn) -> None:
    begin(turn)
    turn.proceed(START)


def _go_on(turn: Turn) -> None:
    """LANJUT: the owner of what was put away is back."""
    if not waits_for_owner(turn) or _asks_of_danger(turn):
        turn.proceed(None if turn.open_key else START)
    elif turn.take_up() == START:
        turn.proceed(START)
    else:
        turn.proceed(None)


def waits_for_owner(turn: Turn) -> bool:
    """Whether LANJUT has anything to show."""
    return turn.hidden or bool(turn.kept_back)


_DO: Mapping[Word, Callable[[Turn], None]] = {
    Word.DARURAT: _emergency,
    Word.BANTU: _side("bantu"),
    Word.MENU: _menu,
    Word.KEMBALI: _back,
    Word.BATAL: _cancel,
    Word.CEK: _side("status"),
    Word.TUTUP: _close,
    Word.HAPUS: _side("hapus"),
    Word.BAHASA: _side("bahasa"),
    Word.STOP: _stop,
    Word.MULAI: _begin,
    Word.LANJUT: _go_on,
}
