"""One turn: walking the dialog to the next question, in and out of dialogs. Lives only inside `advance`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hotline.engine import pages
from hotline.engine.book import SOURCE, WELCOME
from hotline.engine.draft import Draft
from hotline.engine.effects import Fetch, Finished, Language, PutAway, SafeContact, Said, TakenUp
from hotline.engine.fold import fold
from hotline.engine.nodes import Again, Ask, Call, End, Goto, Say, SetContact, SetLanguage, SetSafeWord, Stay, Summary
from hotline.engine.program import Op, Question
from hotline.engine.session import Session
from hotline.engine.summary import CORRECT, correction, summary
from hotline.engine.walk import walk

START = "@start"
"""As an anchor: the dialog begins."""
CAUGHT = "salah_tangkap"
"""The dialog that asks about a danger word."""
_MOST_STEPS = 64
_NOT_OF_THE_STORY: dict[str, Any] = {
    "said": [],
    "danger": [],
    "unheard": "",
    "put_away": "",
    "hidden": False,
    "safe_word": "",
    "waits": 0,
    "told_in": 0,
    "own": False,
    "push_before": "",
}


class DialogTurnsInCircles(Exception):
    """A dialog goes round without ever asking anything."""


class Turn(Draft):
    """Knows where the answers lead."""

    def walk(self) -> tuple[list[Op], Op]:
        """Where the answers lead in this dialog."""
        return walk(self.program, self.answers, self.fetched, bool(self.stack))

    def proceed(self, anchor: str | None) -> None:
        """Go on to the next thing to ask, saying what lies between; `anchor` is the key just answered, None only asks again."""
        for _ in range(_MOST_STEPS):
            passed, op = self.walk()
            if anchor is not None:
                self._speak(passed, anchor)
            run = op.run
            if run is Ask or run is Stay or run is Summary:
                return self.ask_or_check(passed, op)
            if run is Call:
                return self._fetch(op)
            if run is End and isinstance(op.node, End):
                again = self._end(op.node)
                if not again:
                    return None
                anchor = START if again == START else None
            elif isinstance(op.node, Goto):
                self._keep_in_words(op.node.anew)
                self._go(op.node.dialog)
                anchor = START
            elif isinstance(op.node, Again):
                self.forget(*op.node.keys, *("@" + name for name in op.node.fetched))
                anchor = None
        raise DialogTurnsInCircles(DialogTurnsInCircles.__doc__)

    def _speak(self, passed: list[Op], anchor: str) -> None:
        """The texts after the answer just given and those before the next question; what was said in between earlier is not repeated."""
        last = start = -1
        for i in range(len(passed) - 1, -1, -1):
            op = passed[i]
            if op.question is not None or op.run is Call or op.run is Summary:
                last = max(last, i)
                if op.key == anchor or (op.run is Call and anchor == "@" + op.key):
                    start = i
                    break
        if anchor == START or start >= 0:
            for op in passed[start + 1 : last + 1]:
                if op.question is not None or op.run is Call:
                    break
                self._do(op)
        for op in passed[last + 1 :]:
            self._do(op)

    def _do(self, op: Op) -> None:
        node = op.node
        if isinstance(node, Say):
            text = op.texts[self.language].fill(self.value)
            if node.alone:
                self.flush()
            if text:
                self.say(text)
            if node.alone:
                self.flush()
        elif isinstance(node, SetContact):
            read = self.answers.get
            push = read(node.push, node.push)
            self.effects.append(SafeContact(read(node.phone, node.phone), push, read(node.hours, "") if push == "hours" else ""))
        elif isinstance(node, SetLanguage):
            self.language = self.book.speaks(self.answers.get(node.key, self.language))
            self.effects.append(Language(self.language))
        elif isinstance(node, SetSafeWord):
            self.safe_word = fold(self.answers.get(node.key, ""))

    def ask_or_check(self, passed: list[Op], op: Op) -> None:
        """Ask the open question, but first the one about a danger word just read."""
        if self.alarmed:
            self.alarmed = False
            self.interrupt(CAUGHT)
            return self.proceed(START)
        if op.run is Summary:
            asked = correction(self, passed) if self.answers.get(op.key) == CORRECT else summary(self, passed, op)
            self.open_key = CORRECT if self.answers.get(op.key) == CORRECT else op.key
            return self.send(*asked)
        assert op.question is not None
        self.open_key = op.key
        self.send(*self.asked(op.question))
        return None

    def _fetch(self, op: Op) -> None:
        self.flush()
        assert isinstance(op.node, Call)
        given = {name: self._argument(key) for name, key in op.node.arguments.items()}
        self.open_key = "@" + op.key
        self.effects.append(Fetch(op.key, given))

    def _argument(self, key: str) -> str:
        name, dot, inner = key.partition(".")
        return self.fetched.get(name, {}).get(inner, "") if dot else self.answers.get(key, "")

    def accept(self, question: Question, value: str, part: str = "") -> None:
        """The open question is answered: keep it, with what else it settles, and go on. `part` of a place answers the question for it."""
        part = part or pages.part_of(self, question, value)
        self._put(question, question.key, value)
        self._put_part(question, value, part)
        self.shown = ""
        self.settle_with(question, value)
        choice = question.choices.get(value)
        if choice is not None and choice.alarm:
            self.alarm("answer")
        self.missed = 0
        self.proceed(question.key)

    def _put_part(self, question: Question, value: str, part: str) -> None:
        """Keep the part of a place that was named; one that lies in another place goes."""
        if question.places is None or not question.part:
            return
        known = question.places.parts.get(value, frozenset())
        if self.answers.get(question.part, "") not in ("", *known) or (part and question.part in self.answers):
            self.take_back(question.part)
        if part and part in known:
            self.settle(question.part, part)

    # -- beginning and ending

    def _end(self, end: End) -> str:
        """End this dialog. Gives START to go on from a beginning, "again" to ask again what was interrupted, "" when all is said."""
        if end.cancel or end.whole:
            self.finish_all(cancelled=end.cancel)
            return START if end.restart else ""
        if end.take_up:
            return self.take_up()
        self.leave()
        if self.stack:
            self.dialog = self.stack.pop()
            return "again"
        if self.book.dialogs[self.dialog].track is not None:
            self.effects.append(Finished(self.dialog, False, self.now_session()))
        if self.alarmed:
            self.alarmed, self.dialog = False, CAUGHT
            return START
        first = self.answers.get("R1")
        self.reset()
        if end.restart and first == "tidak":
            self.answers["R1"] = first
        return START if end.restart else ""

    def _go(self, name: str) -> None:
        here, there = self.program.dialog, self.book.dialogs[name]
        if here.side:
            self.leave()
        elif here.track is not None and there.side:
            self.stack.append(self.dialog)
        self.dialog = name
        if there.side:
            self.leave()

    def _keep_in_words(self, keys: Iterable[str]) -> None:
        """These answers are forgotten as answers, yet nothing said is lost: people read them with the story."""
        for key in keys:
            question = self.program.questions.get(key)
            if question is not None and key in self.answers:
                self.effects.append(Said(f"[{question.titles[SOURCE].fill(self.value)}: {question.label(self.answers[key], SOURCE)}]"))
        self.forget(*keys)

    def finish_all(self, *, cancelled: bool) -> None:
        """Everything begun is over; the words of a story that is given up are kept by the host."""
        for name in (*self.stack, self.dialog):
            if self.book.dialogs[name].track is not None:
                self.effects.append(Finished(name, cancelled, self.now_session()))
                break
        self.reset()

    def reset(self) -> None:
        """Nothing is being told: the next message begins at the welcome, and every button shown so far is stale."""
        self.dialog, self.stack, self.answers, self.fetched = WELCOME, [], {}, {}
        self.serial, self.missed, self.open_key, self.alarmed, self.rang = self.serial + 1, 0, "", False, 0

    # -- put away and taken up

    @property
    def stories(self) -> list[str]:
        """The dialogs under way that tell a story, outermost first."""
        return [name for name in (*self.stack, self.dialog) if self.book.dialogs[name].track is not None]

    def put_away(self) -> None:
        """The story waits for its owner, and whoever writes next is met as somebody who was never here."""
        self.effects.append(PutAway(self.now_session()))
        if self.stories:
            kept = self.stories[0]
            for name in {*self.stack, self.dialog} - {kept}:
                self.leave(name)
            self.kept_back = replace(self.now_session(), dialog=kept, resume="", **_NOT_OF_THE_STORY).to_json()
        self.reset()
        self.hidden = True

    def take_up(self) -> str:
        """The owner is back. Gives "again" to ask what was open, START where nothing had been left; what was begun meanwhile is kept."""
        kept, self.kept_back = self.kept_back, ""
        self.finish_all(cancelled=True)
        self.effects.append(TakenUp())
        self.hidden = False
        if not kept:
            return START
        before = Session.from_json(kept)
        self.dialog = before.dialog if before.dialog in self.book.programs else WELCOME
        self.answers, self.fetched, self.rang = dict(before.answers), dict(before.fetched), before.rang
        self.open_key, self.alarmed, self.shown = before.open_key, before.alarmed, before.shown
        self.phrase("welcome_back")
        return "again"

    def interrupt(self, name: str, *, wait: bool = True) -> None:
        """Turn to another dialog; the present one waits if it has begun to ask."""
        if name == self.dialog:
            self.leave()
        elif name in self.stack:
            at = self.stack.index(name)
            for left in (*self.stack[at:], self.dialog):
                self.leave(left)
            del self.stack[at:]
        elif wait and self.open_key:
            self.stack.append(self.dialog)
        self.leave(name)
        self.dialog, self.missed = name, 0

    def leave(self, name: str = "") -> None:
        """Forget the private answers of a dialog and what it fetched for them; what belongs to the story stays."""
        program = self.book.programs[name or self.dialog]
        keys = [key for key, question in program.questions.items() if question.private]
        self.forget(*keys, *(["@" + fetch for fetch in program.fetches if fetch != "open_case"] if program.dialog.side else []))
