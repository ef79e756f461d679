"""Finds danger words in what a person wrote, in any spelling: one search of one expression, for it is on the way of every message."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from hotline.triage.fold import fold
from hotline.triage.lexicon import REGIONAL, STRONG, WORDING
from hotline.triage.phrases import Phrase, expression, phrase, phrases

_GROUPS = {word: group for group, words in STRONG.items() for word in words}


class _Finder:
    """The expression of a set of phrases, and one for each word to tell which it was."""

    def __init__(self, every: Iterable[Phrase]) -> None:
        by_name: dict[str, list[Phrase]] = {}
        for one in every:
            by_name.setdefault(one.name, []).append(one)
        self._any = expression(one for several in by_name.values() for one in several)
        self._each: dict[str, re.Pattern[str]] = {name: expression(several) for name, several in by_name.items()}

    def find(self, folded: str) -> tuple[str, ...]:
        text = f" {folded} "
        found: dict[str, None] = {}
        at = self._any.search(text)
        while at:
            found |= dict.fromkeys(name for name, each in self._each.items() if each.match(text, at.start()))
            at = self._any.search(text, at.start() + 1)
        return tuple(found)


@lru_cache(maxsize=64)
def _finder(extra: frozenset[str]) -> _Finder:
    own = (phrase(word, written) for words in STRONG.values() for word, several in words.items() for written in several)
    return _Finder([*own, *(one for entry in sorted(extra) for one in phrases(entry))])


def danger_words(text: str, extra: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The strong danger words in a text, each named as in the lexicon, in the order they stand; empty for most texts.

    `extra` holds a region's own entries in the lexicon's notation. Weak words never count, negation is ignored. Linear time.
    """
    return found_in(fold(text), extra)


def found_in(folded: str, extra: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The same for a text that is folded already."""
    return _finder(extra).find(folded)


def group_of(word: str) -> str:
    """What a found word speaks of: a group of the lexicon, `susunan kata` for the learned model's, or `daerah` for a region's own."""
    return WORDING if word.startswith(WORDING) else _GROUPS.get(word, REGIONAL)
