"""What is not wrong enough to refuse a dialog, but worth a look: labels too long for real buttons, messages too long for one channel."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.engine.book import Book
from hotline.engine.dialog import LIST_ITEM_CHARACTERS, LIST_ITEMS, QUICK_REPLIES, QUICK_REPLY_CHARACTERS
from hotline.engine.program import Op, Program, Question

SHORTEST_CHANNEL = 1600
"""Characters in one WhatsApp message through Twilio."""
_ROOM = 400
"""Left for what may stand above a question in the same message and for what is filled in."""


def lint(book: Book) -> list[str]:
    """Findings, one line each, as “dialog.key (language): what”; empty when there are none."""
    return [finding for program in book.programs.values() for language in book.languages for finding in _program(program, language)]


def _program(program: Program, language: str) -> Iterator[str]:
    name = program.dialog.name
    for op in program.ops:
        where = f"{name}.{op.key or op.run.__name__} ({language})"
        if op.question is not None:
            yield from (f"{where}: {what}" for what in _question(op.question, language))
        elif op.texts:
            yield from (f"{where}: {what}" for what in _text(op, language))


def _question(question: Question, language: str) -> Iterator[str]:
    labels = question.labels[language]
    most = QUICK_REPLY_CHARACTERS if len(labels) <= QUICK_REPLIES else LIST_ITEM_CHARACTERS
    if len(labels) <= LIST_ITEMS:
        yield from (f"“{label}” has {len(label)} characters, a WhatsApp button takes {most}" for label in labels if len(label) > most)
    folded = [label.casefold() for label in labels]
    yield from (f"“{label}” is offered twice" for label in {label for label in folded if folded.count(label) > 1})
    size = len(question.texts[language].fill(lambda _: "")) + sum(len(label) + 5 for label in labels)
    if size > SHORTEST_CHANNEL - _ROOM:
        yield f"has {size} characters with its choices, over {SHORTEST_CHANNEL - _ROOM}"


def _text(op: Op, language: str) -> Iterator[str]:
    size = len(op.texts[language].fill(lambda _: ""))
    if size > SHORTEST_CHANNEL - _ROOM:
        yield f"has {size} characters, over {SHORTEST_CHANNEL - _ROOM}"
