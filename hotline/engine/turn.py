"""One turn in the making: the session as it changes and what is to be said and done. Lives only inside `advance`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hotline.engine.book import WELCOME, Book
from hotline.engine.effects import Alarm, Effect, Fetch, Finished, Language, SafeContact, Send
from hotline.engine.nodes import Again, Ask, Call, End, Goto, Say, SetContact, SetLanguage, Stay, Summary
from hotline.engine.program import Op, Program, Question
from hotline.engine.session import Session
from hotline.engine.summary import CORRECT, correction, summary
from hotline.engine.tokens import base36, token
from hotline.engine.walk import walk
from hotline.messages import Option, Outgoing

START = "@start"
"""As an anchor: the dialog begins."""
CAUGHT = "salah_tangkap"
"""The dialog that asks about a danger word."""
MORE = ","
"""Ends the stored answer to a question of which more choices may still be named."""
ENOUGH = "cukup"
_MOST_STEPS = 64
_JOINED = 900


class DialogTurnsInCircles(Exception):
    """A dialog goes round without ever asking anything."""


class Turn:
    """Collects one turn. Never changes the session it was given."""

    def __init__(self, book: Book, session: Session, now: datetime) -> None:
        self.book, self.session, self.now = book, session, int(now.timestamp())
        self.language = book.speaks(session.language)
        self.dialog = session.dialog if session.dialog in book.programs else WELCOME
        self.stack = [name for name in session.waiting if name in book.programs]
        self.answers, self.fetched = dict(session.answers), dict(session.fetched)
        self.serial, self.missed, self.open_key, self.alarmed = session.serial, session.missed, session.open_key, session.alarmed
        self.seen = self.now
        self.effects: list[Effect] = []
        self._parts: list[str] = []
        self._length = 0

    @property
    def program(self) -> Program:
        """The dialog being walked."""
        return self.book.programs[self.dialog]

    def result(self) -> tuple[Session, tuple[Effect, ...]]:
        """The session after this turn and what the host must do, in this order."""
        self.flush()
        session = replace(
            self.session, dialog=self.dialog, answers=self.answers, fetched=self.fetched, language=self.language, serial=self.serial, missed=self.missed,
            open_key=self.open_key, resume=">".join(self.stack), alarmed=self.alarmed, seen=self.seen)
        return session, tuple(self.effects)

    # -- saying

    def say(self, text: str) -> None:
        """To be said before the next question, in the same message if it is short enough."""
        if self._length + len(text) > _JOINED:
            self.flush()
        self._parts.append(text)
        self._length += len(text)

    def phrase(self, name: str) -> None:
        """One of the engine's own sentences."""
        self.say(self.book.phrase(name, self.language))

    def flush(self) -> None:
        """What was said so far becomes a message of its own."""
        if self._parts:
            self.effects.append(Send(Outgoing(text="\n\n".join(self._parts))))
            self._parts, self._length = [], 0

    def send(self, text: str, options: tuple[Option, ...]) -> None:
        """A message that ends in a question; what was said before stands above it."""
        size = len(text) + sum([len(option.label) + 5 for option in options])
        if self._parts and self._length + size > _JOINED * 1.5:
            self.flush()
        self._parts.append(text)
        self.effects.append(Send(Outgoing(text="\n\n".join(self._parts), options=options)))
        self._parts, self._length = [], 0

    def value(self, field: str) -> str:
        """What a text's field stands for now: the host's word (`fetch.field`) or the answer as chosen."""
        name, dot, key = field.partition(".")
        if dot:
            return self.fetched.get(name, {}).get(key, "")
        question = self.book.question(field)
        given = self.answers.get(field, "")
        return question.label(given, self.language) if question is not None else given

    def send_options(self, question: Question) -> None:
        """What was said, with the choices of a question that stays open."""
        text = self._parts.pop()
        self.send(text, self.asked(question)[1])

    # -- walking

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
                self._go(op.node.dialog)
                anchor = START
            elif isinstance(op.node, Again):
                self.forget(*op.node.keys, *("@" + name for name in op.node.fetched))
                anchor = None
        raise DialogTurnsInCircles(DialogTurnsInCircles.__doc__)

    def _speak(self, passed: list[Op], anchor: str) -> None:
        """The texts after the answer just given and those before the next question; what was said in between earlier is not repeated."""
        last = start = -1
        for i, op in enumerate(passed):
            if op.question is not None or op.run is Call or op.run is Summary:
                last = i
                if op.key == anchor or (op.run is Call and anchor == "@" + op.key):
                    start = i
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

    def asked(self, question: Question) -> tuple[str, tuple[Option, ...]]:
        """The question's text and choices in the person's language."""
        prefix, language = base36(self.serial), self.language
        text = question.texts[language]
        options = tuple([Option(prefix + suffix, label) for suffix, label in zip(question.suffixes, question.labels[language], strict=True)])
        if question.many and question.key in self.answers:
            options += (Option(token(self.serial, question.key, ENOUGH), self.book.phrase("enough", language)),)
            return self.book.phrase("more", language), options
        return (text.fixed if text.fixed is not None else text.fill(self.value)), options

    def _fetch(self, op: Op) -> None:
        self.flush()
        assert isinstance(op.node, Call)
        given = {name: self._argument(key) for name, key in op.node.arguments.items()}
        self.open_key = "@" + op.key
        self.effects.append(Fetch(op.key, given))

    def _argument(self, key: str) -> str:
        name, dot, inner = key.partition(".")
        return self.fetched.get(name, {}).get(inner, "") if dot else self.answers.get(key, "")

    # -- beginning and ending

    def _end(self, end: End) -> str:
        """End this dialog. Gives START to go on from a beginning, "again" to ask again what was interrupted, "" when all is said."""
        if end.cancel or end.whole:
            self.finish_all(cancelled=end.cancel)
            return START if end.restart else ""
        self.leave()
        if self.stack:
            self.dialog = self.stack.pop()
            return "again"
        if self.book.dialogs[self.dialog].track is not None:
            self.effects.append(Finished(self.dialog))
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

    def finish_all(self, *, cancelled: bool) -> None:
        """Everything begun is over; the words of a story that is given up are kept by the host."""
        for name in (*self.stack, self.dialog):
            if self.book.dialogs[name].track is not None:
                self.effects.append(Finished(name, cancelled=cancelled))
                break
        self.reset()

    def reset(self) -> None:
        """Nothing is being told: the next message begins at the welcome, and every button shown so far is stale."""
        self.dialog, self.stack, self.answers, self.fetched = WELCOME, [], {}, {}
        self.serial, self.missed, self.open_key, self.alarmed = self.serial + 1, 0, "", False

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

    def forget(self, *keys: str) -> None:
        """Drop answers (and fetches, marked “@”)."""
        for key in keys:
            if key.startswith("@"):
                self.fetched.pop(key[1:], None)
            else:
                self.answers.pop(key, None)

    # -- answers

    def accept(self, question: Question, value: str) -> None:
        """The open question is answered: keep it, with what else it settles, and go on."""
        self._put(question, question.key, value)
        choice = question.choices.get(value)
        if choice is not None:
            for key, code in choice.also:
                self.settle(key, code)
            for key, code in choice.fills:
                if key not in self.answers:
                    self.settle(key, code)
            if choice.alarm:
                self.alarm("answer")
        self.missed = 0
        self.proceed(question.key)

    def settle(self, key: str, value: str) -> None:
        """An answer given by other means than its own question."""
        question = self.book.question(key)
        assert question is not None
        self._put(question, key, value)

    def note_words(self, words: tuple[str, ...]) -> None:
        """The danger words of the story, each once: triage tells a medical word from a weapon."""
        known = self.answers.get("kata", "").split(MORE)
        self.settle("kata", MORE.join(dict.fromkeys(word for word in (*known, *words) if word)))

    def _put(self, question: Question, key: str, value: str) -> None:
        if self.answers.pop(key, None) != value:
            for name in question.spoils:
                self.fetched.pop(name, None)
        self.answers[key] = value
        self.effects.append(self.book.answered(question, key, value, self.language))

    def take_back(self, key: str) -> None:
        """An answer is withdrawn, and what it settled with it; the host learns it by an empty value."""
        value = self.answers.pop(key, "")
        question = next((op.question for op in self.program.ops if op.key == key and op.question is not None), self.book.question(key))
        self.missed = 0
        if question is None:
            return
        for name in question.spoils:
            self.fetched.pop(name, None)
        self.effects.append(self.book.answered(question, key, "", self.language))
        choice = question.choices.get(value)
        for other, _ in (*choice.also, *choice.fills) if choice is not None else ():
            if other in self.answers and other != "kata_bahaya":
                self.take_back(other)

    def alarm(self, source: str, words: tuple[str, ...] = ()) -> None:
        """Danger was said: ring, and show the numbers at once."""
        self.effects.append(Alarm(source, words))
        self.phrase("numbers")

