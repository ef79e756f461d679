"""What a turn has so far: the session as it changes, and what is said and done in it. Lives only inside `advance`."""

from __future__ import annotations

from datetime import datetime

from hotline.engine import pages
from hotline.engine.book import WELCOME, Book
from hotline.engine.effects import Alarm, Effect, Said, Send
from hotline.engine.fold import fold
from hotline.engine.program import Program, Question, implied
from hotline.engine.session import Session
from hotline.engine.text import question_alone
from hotline.engine.ticket import hidden
from hotline.engine.tokens import token
from hotline.messages import Option, Outgoing
from hotline.values import changed

MORE = ","
"""Ends the stored answer to a question of which more choices may still be named."""
ENOUGH = "cukup"
STORY, _GRAVEST = "kata_cerita", "TINGGI"
"""Under which key it is kept how grave the words of the story sound, and the most they can say by themselves."""
_JOINED = 900
_WORDINGS = 3
"""Of the sentence that shows the numbers, so that it is never read three times in a row."""


class Draft:
    """Words and answers of one turn. Never changes the session it was given."""

    def __init__(self, book: Book, session: Session, now: datetime) -> None:
        self.book, self.session, self.now = book, session, int(now.timestamp())
        self.language = book.speaks(session.language)
        self.dialog = session.dialog if session.dialog in book.programs else WELCOME
        self.stack = [name for name in session.waiting if name in book.programs]
        if session.dialog not in book.programs and self.stack:
            self.dialog = self.stack.pop()  # A dialog of an older version had interrupted it.
        self.answers, self.fetched = dict(session.answers), dict(session.fetched)
        self.serial, self.missed, self.open_key, self.alarmed = session.serial, session.missed, session.open_key, session.alarmed
        # Kept as it was folded then; how words are folded may have changed since.
        self.seen, self.safe_word, self.shown = self.now, fold(session.safe_word) if session.safe_word else "", session.shown
        self.rang, self.hidden, self.kept_back = session.rang, session.hidden, session.put_away
        self.unheard = ""
        self.effects: list[Effect] = []
        self.thanked = False
        """What came was already answered with a sentence: the words beneath a picture are not answered with a second one."""
        self.yields = False
        """An officer answers in the chat and reads every word: nothing is judged by its sound but danger."""
        self._parts: list[str] = []
        self._length = 0

    @property
    def program(self) -> Program:
        """The dialog being walked."""
        return self.book.programs[self.dialog]

    def result(self) -> tuple[Session, tuple[Effect, ...]]:
        """The session after this turn and what the host must do, in this order. No PIN stands in what is kept for people."""
        self.flush()
        return self.now_session(), tuple([Said(hidden(e.text)) if isinstance(e, Said) else e for e in self.effects])

    def now_session(self) -> Session:
        """The session as it is at this moment of the turn."""
        return changed(
            self.session,
            dialog=self.dialog,
            answers=self.answers,
            fetched=self.fetched,
            language=self.language,
            serial=self.serial,
            missed=self.missed,
            open_key=self.open_key,
            resume=">".join(self.stack),
            alarmed=self.alarmed,
            seen=self.seen,
            unheard=self.unheard,
            safe_word=self.safe_word,
            shown=self.shown,
            rang=self.rang,
            hidden=self.hidden,
            put_away=self.kept_back,
        )

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

    def asked(self, question: Question) -> tuple[str, tuple[Option, ...]]:
        """The question's text and choices in the person's language."""
        language = self.language
        text, options = question.texts[language], question.options(self.serial, language)
        if question.many and question.key in self.answers:
            still = question.still(self.answers[question.key])
            options = tuple(option for code, option in zip(question.codes, options, strict=True) if code in still)
            options += (Option(token(self.serial, question.key, ENOUGH), self.book.phrase("enough", language)),)
            return self.book.phrase("more", language), options
        if question.places is not None:
            options = pages.options(self, question, options)
        asked = text.fixed if text.fixed is not None else text.fill(self.value)
        return (question_alone(asked) if self.missed and self._parts else asked), options

    # -- answers

    def settle(self, key: str, value: str, asked: bool = True) -> None:
        """An answer given by other means than its own question; not `asked`: another answer implies it, and the case says so."""
        question = self.book.question(key)
        assert question is not None
        self._put(question, key, value, asked)

    def settle_with(self, question: Question, value: str) -> None:
        """What an answer settles beside its own question."""
        for key, code, only_if_open in question.settles(value):
            if self.answers.get(key) != code and not (only_if_open and key in self.answers):
                self.settle(key, code, asked=False)

    def settled_by_others(self) -> set[str]:
        """Keys that another answer gave on its way: they go when it goes."""
        return implied(self.answers, self.book.questions)

    def note_words(self, words: tuple[str, ...]) -> None:
        """The danger words of the story, each once: triage tells a medical word from a weapon."""
        known = self.answers.get("kata", "").split(MORE)
        self.settle("kata", MORE.join(dict.fromkeys(word for word in (*known, *words) if word)))

    def note_story(self, level: str) -> None:
        """How grave the words of the story sound, the gravest of all so far."""
        known = self.answers.get(STORY, "")
        if level and level != known and known != _GRAVEST:
            self.settle(STORY, level)

    def _put(self, question: Question, key: str, value: str, asked: bool = True) -> None:
        if self.answers.pop(key, None) != value:
            for name in question.spoils:
                self.fetched.pop(name, None)
        self.answers[key] = value
        self.effects.append(self.book.answered(question, key, value, self.language, asked))

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
        still = self.settled_by_others()
        for other, _, _ in question.settles(value):
            if other in self.answers and other not in still and other != "kata_bahaya":
                self.take_back(other)

    def forget(self, *keys: str) -> None:
        """Drop answers (and fetches, marked “@”)."""
        for key in keys:
            if key.startswith("@"):
                self.fetched.pop(key[1:], None)
            else:
                self.answers.pop(key, None)

    def alarm(self, source: str, words: tuple[str, ...] = ()) -> None:
        """Danger was said: ring, and show the numbers at once."""
        self.effects.append(Alarm(source, words))
        self.rang += 1
        self.phrase(f"numbers_{(self.rang - 1) % _WORDINGS + 1}")
