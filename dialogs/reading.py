"""How hard a text is to read: long sentences and long words. Five years of school are enough for everything citizens read (domain 4.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hotline.engine.book import Book

MOST_WORDS, MOST_LETTERS, MOST_MEAN = 20, 18, 7.5
"""Words in a sentence; letters in a word; letters in a sentence's words on average, where it has at least six."""
LONGEST_QUESTION = 130
_SENTENCES = re.compile(r"[.?!:;]\s|\n")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENOUGH_FOR_A_MEAN = 6


@dataclass(frozen=True, slots=True, order=True)
class Read:
    """One sentence with its measure: `grade` is above 1 when it is too hard."""

    grade: float
    words: int
    longest: int
    where: str
    sentence: str


def read(where: str, text: str) -> Iterable[Read]:
    """Each sentence of a text."""
    for sentence in _SENTENCES.split(text):
        words = _WORDS.findall(sentence)
        if not words:
            continue
        parts = [part for word in words for part in word.split("-")]
        longest = max(len(part) for part in parts)
        mean = sum(map(len, parts)) / len(parts) if len(parts) >= _ENOUGH_FOR_A_MEAN else 0.0
        grade = max(len(words) / MOST_WORDS, longest / MOST_LETTERS, mean / MOST_MEAN)
        yield Read(round(grade, 3), len(words), longest, where, sentence.strip())


def spoken(book: Book, language: str) -> Iterator[tuple[str, str]]:
    """Every text and label of a region's dialogs in one language, with where it stands."""
    for program in book.programs.values():
        for op in program.ops:
            where = f"{program.dialog.name}.{op.key}" if op.key else program.dialog.name
            if op.question is not None:
                yield where, op.question.texts[language].fill(str)
                yield from ((where, label) for label in op.question.labels[language])
            elif op.texts:
                yield where, op.texts[language].fill(str)


def hardest(texts: Iterable[tuple[str, str]], most: int = 10) -> list[Read]:
    """The hardest sentences of (where, text) pairs, the hardest first, each once."""
    found = {one.sentence: one for where, text in texts for one in read(where, text)}
    return sorted(found.values(), reverse=True)[:most]
