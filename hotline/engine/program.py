"""A dialog made flat for walking: one list of steps with jumps, texts of every language ready, so that a turn is a short loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hotline.engine.condition import Holds, condition
from hotline.engine.dialog import Dialog
from hotline.engine.indexes import Indexes
from hotline.engine.match import Labels
from hotline.engine.nodes import (
    UNLISTED,
    Again,
    Ask,
    Branch,
    Call,
    Choice,
    End,
    Free,
    Goto,
    Node,
    Only,
    Say,
    SetContact,
    SetLanguage,
    SetSafeWord,
    Stay,
    Summary,
)
from hotline.engine.places import Places
from hotline.engine.text import Text
from hotline.engine.tokens import base36
from hotline.messages import Option

Translate = Callable[[str, str], Text]
"""(language, text as written) -> text in that language, facts filled."""
Settled = tuple[tuple[str, str, bool], ...]
_MOST_OFFERED = 16


@dataclass(slots=True)
class Question:
    """What is needed to ask one question and to understand its answer, in every language."""

    key: str
    source: str
    """As asked, in the source language, for the case's timeline."""
    title: str
    codes: tuple[str, ...]
    choices: Mapping[str, Choice]
    suffixes: tuple[str, ...]
    texts: Mapping[str, Text]
    titles: Mapping[str, Text]
    labels: Mapping[str, tuple[str, ...]]
    match: Labels
    free: Free | None = None
    private: bool = False
    many: bool = False
    places: Places | None = None
    """Of a question for a place: its names."""
    part: str = ""
    locates: str = ""
    unlisted: Mapping[str, str] = field(default_factory=dict)
    stays: bool = False
    replies: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)
    spoils: tuple[str, ...] = ()
    """Fetches that used this answer: forgotten when it changes."""
    place_codes: tuple[str, ...] = ()
    ways_out: tuple[str, ...] = ()
    """Its other choices: the place is elsewhere, or not known."""
    offered: dict[tuple[str, str], tuple[Option, ...]] = field(default_factory=dict)
    """Its choices as buttons, as far as somebody was asked; by the count of the story and the language."""
    settled: dict[str, Settled] = field(default_factory=dict)
    """What each of its answers settles, as far as somebody gave it; under no code, words of one's own."""
    left: dict[tuple[str, ...], Labels] = field(default_factory=dict)
    """Of a question with several choices: the typed forms of what is still to choose, as far as somebody came that way."""

    def options(self, serial: int, language: str) -> tuple[Option, ...]:
        """Its choices as the buttons of somebody's story of this number."""
        prefix = base36(serial)
        known = self.offered.get((prefix, language))
        if known is None:
            if len(self.offered) >= _MOST_OFFERED:
                self.offered.clear()
            found = zip(self.suffixes, self.labels[language], self.choices.values(), strict=True)
            known = tuple(Option(prefix + suffix, label, choice.number) for suffix, label, choice in found)
            self.offered[prefix, language] = known
        return known

    def accepts(self, value: str) -> bool:
        """Whether a stored answer still answers this question; codes of an older tree do not."""
        if value in self.choices:
            return True
        if self.many:
            return bool(value) and all(code in self.choices for code in value.split(","))
        return self.free is not None and bool(value)

    def still(self, value: str) -> tuple[str, ...]:
        """What may be chosen beside the choices in `value`: all others, but none that stands alone."""
        chosen = value.split(",")
        return tuple(code for code, choice in self.choices.items() if code not in chosen and not choice.alone)

    def settles(self, value: str) -> Settled:
        """The answers to other keys that this answer gives: key, code, and whether an answer already there stays."""
        if self.many:
            return tuple(self._settles(value.split(",")))
        known = value if value in self.choices else ""  # All words of one's own give the same.
        settled = self.settled.get(known)
        if settled is None:
            settled = self.settled[known] = tuple(self._settles([known]))
        return settled

    def _settles(self, chosen: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
        alone = any(code in self.choices and self.choices[code].alone for code in chosen)
        for code, choice in self.choices.items():
            if code in chosen:
                yield from ((key, given, False) for key, given in choice.also)
                yield from ((key, given, True) for key, given in choice.fills)
            elif not alone:
                yield from ((key, given, False) for key, given in choice.unchosen)

    def label(self, value: str, language: str) -> str:
        """The answer as the person reads it."""
        labels = self.labels[language]
        if value == UNLISTED and language in self.unlisted:
            return self.unlisted[language]
        if not self.many and value in self.choices:
            return labels[self.codes.index(value)]
        chosen = [labels[self.codes.index(code)] for code in (value.split(",") if self.many else (value,)) if code in self.choices]
        return ", ".join(chosen) or value


def implied(answers: Mapping[str, str], questions: Mapping[str, Question]) -> set[str]:
    """The keys that these answers give an answer to, beside their own."""
    return {other for key, value in answers.items() if key in questions for other, _, _ in questions[key].settles(value)}


@dataclass(slots=True)
class Op:
    """One step. `run` tells the walker what it is; `to` and `ways` are positions in the same list."""

    run: type
    node: Node
    key: str = ""
    question: Question | None = None
    texts: Mapping[str, Text] = field(default_factory=dict)
    holds: Holds | None = None
    to: int = 0
    ways: Mapping[str, int] = field(default_factory=dict)


class Jump:
    """Marks a step that only leads elsewhere."""


@dataclass(slots=True)
class Program:
    """One dialog, ready to be walked."""

    dialog: Dialog
    ops: list[Op]
    questions: Mapping[str, Question]
    """By key; where a key has several wordings, the first."""
    fetches: tuple[str, ...]


def compile_dialog(dialog: Dialog, make: Maker) -> Program:
    """The dialog's steps in the order they are walked."""
    ops: list[Op] = []
    _lay(dialog.nodes, ops, make)
    calls = [op.node for op in ops if isinstance(op.node, Call) and op.run is Call]
    for op in ops:
        if op.question is not None:
            op.question.spoils = tuple(c.name for c in calls if op.key in c.arguments.values())
    questions: dict[str, Question] = {}
    for op in ops:
        if op.question is not None:
            questions.setdefault(op.key, op.question)
    return Program(dialog, ops, questions, tuple(c.name for c in calls))


def _lay(nodes: tuple[Node, ...], ops: list[Op], make: Maker) -> None:
    for node in nodes:
        if isinstance(node, Branch):
            _lay_branch(node, ops, make)
        elif isinstance(node, Only):
            op = Op(Only, node, holds=condition(node.condition))
            ops.append(op)
            _lay(node.nodes, ops, make)
            op.to = len(ops)
        else:
            ops.append(make.op(node))


def _lay_branch(node: Branch, ops: list[Op], make: Maker) -> None:
    branch = Op(Branch, node, key=node.key)
    ops.append(branch)
    ways, ends = {}, []
    for code, way in node.ways.items():
        ways[code] = len(ops)
        _lay(way, ops, make)
        ends.append(Op(Jump, node))
        ops.append(ends[-1])
    branch.ways, branch.to = ways, len(ops)
    _lay(node.default, ops, make)
    for end in ends:
        end.to = len(ops)


class Maker:
    """Makes steps of nodes, in all languages. One for all dialogs of a book, whose questions share what they know of answers."""

    def __init__(self, languages: tuple[str, ...], translate: Translate) -> None:
        self._languages, self._translate = languages, translate
        self._indexes = Indexes()

    def op(self, node: Node) -> Op:
        """The step of a node that holds no others."""
        match node:
            case Ask() | Stay():
                return Op(type(node), node, key=node.key, question=self.question(node))
            case Summary(text, key):
                return Op(Summary, node, key=key, texts=self._texts(text))
            case Say(text):
                return Op(Say, node, texts=self._texts(text))
            case Call(name):
                return Op(Call, node, key=name)
            case Goto(dialog):
                return Op(Goto, node, key=dialog)
            case Again() | End() | SetContact() | SetLanguage() | SetSafeWord():
                return Op(type(node), node)
            case _:
                raise TypeError(type(node).__name__)

    def question(self, node: Ask | Stay) -> Question:
        """Everything about one question, indexed."""
        codes = tuple(c.code for c in node.choices)
        labels = {language: tuple(self._fixed(language, c.label) for c in node.choices) for language in self._languages}
        free, title = (node.free, node.title or node.text) if isinstance(node, Ask) else (Free.WORDS, node.text)
        places = self._indexes.places(node) if isinstance(node, Ask) else None
        known = places.parts if places is not None else {}
        return Question(
            key=node.key,
            source=self._translate("id", node.text).fixed or node.text,
            title=title,
            codes=codes,
            choices={c.code: c for c in node.choices},
            suffixes=tuple(f".{node.key}.{code}" for code in codes),
            texts=self._texts(node.text),
            titles=self._texts(title),
            labels=labels,
            match=self._indexes.labels(node, labels.values(), free),
            free=free if isinstance(node, Ask) else None,
            private=isinstance(node, Stay) or node.private,
            many=isinstance(node, Ask) and node.many,
            places=places,
            place_codes=tuple(code for code in codes if code in known),
            ways_out=tuple(code for code in codes if code not in known),
            part=node.part if isinstance(node, Ask) else "",
            locates=node.locates if isinstance(node, Ask) else "",
            unlisted={language: self._fixed(language, node.unlisted) for language in self._languages if node.unlisted}
            if isinstance(node, Ask)
            else {},
            stays=isinstance(node, Stay),
            replies={language: tuple(self._translate(language, r) for r in node.replies) for language in self._languages}
            if isinstance(node, Stay)
            else {},
        )

    def _texts(self, text: str) -> Mapping[str, Text]:
        return {language: self._translate(language, text) for language in self._languages}

    def _fixed(self, language: str, label: str) -> str:
        return self._translate(language, label).fixed or label
