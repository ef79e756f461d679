"""All dialogs of one region, ready to be walked: texts translated and filled with the region's facts once, when the program starts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from hotline.case import Track
from hotline.engine.dialog import Dialog
from hotline.engine.effects import Answered
from hotline.engine.nodes import Ask, Choice, Free
from hotline.engine.program import Maker, Program, Question, compile_dialog, implied
from hotline.engine.session import Session
from hotline.engine.text import Text
from hotline.engine.together import check_fields, check_together
from hotline.engine.walk import walk
from hotline.messages import Outgoing

WELCOME = "welcome"
SOURCE = "id"
IMPLIED = "(tidak ditanyakan: dari jawaban lain)"
"""Behind the question of an answer that another answer implied: whoever reads the case must not take it for the person's words."""
_PIN, _LETTERS = "open_case.pin", re.compile(r"[^\W\d_]+")
_BRACKETS = re.compile(r"\(([^()]+)\)")


class Book:
    """Answers every question about the dialogs without touching a file. Raises DialogInvalid or UnknownField when they do not fit together.

    `catalogues` maps a language to its translations of the texts as written; `notices` names the texts the engine says by itself
    and the pushes; `danger` finds danger in what was written, `sure` only what needs no guessing, `sounding` danger and else how grave
    the words are; `settled` are questions that only other answers answer.
    """

    def __init__(
        self,
        dialogs: Sequence[Dialog],
        *,
        catalogues: Mapping[str, Mapping[str, str]],
        facts: Mapping[str, str],
        notices: Mapping[str, str],
        danger: Callable[[str], tuple[str, ...]],
        sure: Callable[[str], tuple[str, ...]] | None = None,
        sounding: Callable[[str], tuple[tuple[str, ...], str]] | None = None,
        settled: Sequence[Ask] = (),
    ) -> None:
        self.languages: tuple[str, ...] = (SOURCE, *(language for language in catalogues if language != SOURCE))
        self.dialogs: Mapping[str, Dialog] = {dialog.name: dialog for dialog in dialogs}
        self.danger, self.sure = danger, sure or danger
        self.sounding = sounding or (lambda text: (danger(text), ""))
        self._never_asked = {ask.key for ask in settled}
        danger("")  # whatever it prepares at its first use, it prepares now and not in a person's turn
        self._catalogues = catalogues
        self._facts = {
            language: {name: _spoken(fact, catalogues.get(language, {})) for name, fact in facts.items()} for language in self.languages
        }
        check_together(self.dialogs)
        make = Maker(self.languages, self._text)
        self.programs: Mapping[str, Program] = {d.name: compile_dialog(d, make) for d in dialogs}
        self._notices = {language: {name: self._text(language, text) for name, text in notices.items()} for language in self.languages}
        self.ticket_words = frozenset(_around_the_pin(self.programs.values()))
        self.questions = self._all_questions(make, (*_word_questions(notices), *settled))
        self.owner = {key: name for name, program in reversed(self.programs.items()) for key in program.questions}
        check_fields(self.dialogs, facts)

    def _text(self, language: str, text: str) -> Text:
        return Text(self._catalogues.get(language, {}).get(text) or text, self._facts[language])

    def _all_questions(self, make: Maker, words: tuple[Ask, ...]) -> Mapping[str, Question]:
        asked = {key: question for program in reversed(list(self.programs.values())) for key, question in program.questions.items()}
        return {ask.key: make.question(ask) for ask in words} | asked

    def speaks(self, language: str) -> str:
        """The language itself, or the source language when the region does not have it."""
        return language if language in self._notices else SOURCE

    def phrase(self, name: str, language: str) -> str:
        """One of the engine's own sentences."""
        text = self._notices[language][name]
        return text.fixed if text.fixed is not None else text.fill(lambda field: "{" + field + "}")

    def track(self, session: Session) -> Track | None:
        """Which track the running story belongs to; None: no story. Danger said before any story counts as the child track."""
        for name in (*session.waiting, session.dialog):
            dialog = self.dialogs.get(name)
            if dialog is not None and dialog.track is not None:
                return dialog.track
        danger = session.answers.get("R1") == "ya" or session.answers.get("kata_bahaya") in ("ya", "belum_dijawab")
        return Track.ANAK if danger else None

    def for_files(self, session: Session) -> Track | None:
        """The track that a file sent now belongs to: the story's, or that of the case that is just being added to; None: not chosen."""
        if (track := self.track(session)) is not None:
            return track
        dialog = self.dialogs.get(session.dialog)
        names = self.programs[dialog.name].fetches if dialog is not None and dialog.side else ()
        found = (session.fetched.get(name, {}).get("track") for name in names)
        return next((Track(track) for track in found if track), None)

    def story(self, session: Session) -> tuple[Answered, ...]:
        """The running story's answers with their questions as asked, private ones left out."""
        language = self.speaks(session.language)
        base = self.programs.get((*session.waiting, session.dialog)[0])
        passed, _ = walk(base, session.answers, session.fetched, False) if base is not None else ([], None)
        asked = {op.key: op.question for op in passed if op.question is not None}
        asked = self._asked_before(session, asked) | asked
        known = {key: question for key in session.answers if (question := asked.get(key, self.questions.get(key))) is not None}
        unasked = implied(session.answers, known) - asked.keys()
        return tuple(
            self.answered(question, key, session.answers[key], language, key not in unasked)
            for key, question in known.items()
            if not question.private
        )

    def _asked_before(self, session: Session, asked: Mapping[str, Question]) -> dict[str, Question]:
        """The questions as put to whoever was led on to another dialog: by the way these answers lead through the one before."""
        open_keys = {key for key in session.answers.keys() - asked.keys() if key in self.questions and not self.questions[key].private}
        found: dict[str, Question] = {}
        for program in self.programs.values():
            if open_keys & program.questions.keys():
                passed, _ = walk(program, session.answers, session.fetched, False)
                found = {op.key: op.question for op in passed if op.question is not None and op.key in open_keys} | found
        return found

    def answered(self, question: Question, key: str, value: str, language: str, asked: bool = True) -> Answered:
        """The effect that tells of this answer; not `asked`: another answer implied it."""
        # What nobody asked stands under its short name: the question is worded for somebody else, maybe a child.
        source = question.source if asked or key in self._never_asked else f"{question.title or question.source} {IMPLIED}"
        return Answered(key, value, question.label(value, language) if value else "", source, question.private)

    def question(self, key: str) -> Question | None:
        """The question asked under this key, in its first wording."""
        return self.questions.get(key)

    def notice(self, name: str, language: str, **values: str) -> Outgoing:
        """A push text. `update` names the case by `kode` and nothing else."""
        return Outgoing(text=self._notices[self.speaks(language)][name].fill(lambda field: values[field]))

    def fallback(self, language: str) -> Outgoing:
        """What is said when working a message failed and the message is kept."""
        return Outgoing(text=self.phrase("fallback", self.speaks(language)))


def _around_the_pin(programs: Iterable[Program]) -> Iterator[str]:
    """The words of the ticket in every language: they come along when it is copied back."""
    for program in programs:
        for op in program.ops:
            for text in op.texts.values():
                if _PIN in text.fields:
                    yield from _LETTERS.findall(text.around.casefold())


def _spoken(fact: str, catalogue: Mapping[str, str]) -> str:
    """A fact in another language, as far as its words, or those in brackets behind a number, are known there."""
    return catalogue.get(fact) or _BRACKETS.sub(lambda found: f"({catalogue.get(found[1], found[1])})", fact)


def _word_questions(notices: Mapping[str, str]) -> tuple[Ask, Ask]:
    """Danger said in words is an answer too, to a question nobody had to ask."""
    codes = ("ya", "belum_dijawab", "tidak")
    asked = Ask("kata_bahaya", notices["danger_words"], tuple(Choice(code, notices[f"danger_words_{code}"]) for code in codes))
    return asked, Ask("kata", notices["danger_words_found"], free=Free.WORDS)
