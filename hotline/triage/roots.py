"""From a word as typed to its root and what it is about: dialect and abbreviation undone, prefixes and endings taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from zlib import crc32

from hotline.triage.fold import fold

_CLINGING = ("nya", "nyo", "ku", "mu", "lah", "kah", "ne", "e")
_ENDINGS = ("kan", "in", "an", "ake", "i", "ke")
_PREFIXES = {
    "meng": ("", "k"),
    "meny": ("s",),
    "mem": ("", "p"),
    "men": ("", "t"),
    "me": ("",),
    "nge": ("",),
    "ng": ("", "k"),
    "ny": ("s", "c"),
    "memper": ("",),
    "dipe": ("",),
    "di": ("",),
    "ke": ("",),
    "ter": ("",),
    "ber": ("",),
    "be": ("",),
    "peng": ("", "k"),
    "pem": ("", "p"),
    "pen": ("", "t"),
    "pe": ("",),
    "se": ("",),
    "na": ("",),
    "ta": ("",),
    "kau": ("",),
    "ku": ("",),
    "m": ("p",),
    "n": ("t",),
    "d": ("",),
}
_SHORTEST = 4
_MINANG = re.compile(r"([ui])a(?=[hkr]?$)")
_VOWELS = {ord(vowel): None for vowel in "aeiou"}
_LONG = 6
"""A longer word that no list knows is shortened to its shortest stem; a shorter one stays as it is."""


@dataclass(frozen=True, slots=True)
class Root:
    """What stands for a word: its root, and the ideas it speaks of."""

    text: str
    ideas: tuple[int, ...]
    """Their numbers: places in `ideas()`."""
    mark: int
    """A number of 32 bits that stands for the root where pairs of roots are counted."""
    marks: tuple[int, ...]
    """The same for each of its ideas."""
    bone: int
    """The same for its consonants, which dialects and abbreviations leave alone: sekali, sokali, skali, skl."""


@cache
def ideas() -> tuple[str, ...]:
    """The names of all ideas, in the order of `ideas.txt`."""
    return tuple(name for name, _ in _lists("ideas.txt"))


@lru_cache(maxsize=4096)
def root(word: str) -> Root:
    """The root of a folded word."""
    known, spelled = _known(), _spelled()
    word = spelled.get(word, word)
    stems = tuple(dict.fromkeys(_stems(word)))
    for stem in (*stems, *_twins(word)):
        stem = spelled.get(stem, stem)
        if stem in known:
            return _marked(stem, known[stem])
    return _marked(min(stems, key=len) if len(word) > _LONG else word, ())


def _marked(text: str, about: tuple[int, ...]) -> Root:
    return Root(text, about, crc32(text.encode()), tuple([_marks()[idea] for idea in about]), crc32(_bone(text).encode()))


def _bone(text: str) -> str:
    return "~" + text[:1] + text[1:].translate(_VOWELS)


@cache
def _marks() -> tuple[int, ...]:
    return tuple(crc32(f"#{name}".encode()) for name in ideas())


def _stems(word: str) -> Iterator[str]:
    yield word
    bare = [word, *(word[: -len(end)] for end in _CLINGING if word.endswith(end) and len(word) - len(end) >= _SHORTEST)]
    bare += [stem[: -len(end)] for stem in tuple(bare) for end in _ENDINGS if stem.endswith(end) and len(stem) - len(end) >= _SHORTEST]
    for stem in bare:
        yield stem
        for prefix, firsts in _PREFIXES.items():
            if stem.startswith(prefix):
                yield from (found for first in firsts if len(found := first + stem[len(prefix) :]) >= _SHORTEST)


def _twins(word: str) -> Iterator[str]:
    """The stems of a word as a neighbour says it: sokali is sekali, kemano is kemana, ape (Betawi) is apa, masuak (Minang) is masuk."""
    if len(word) < _SHORTEST:
        return
    other = word.replace("o", "e", 1) if "o" in word[:3] else word
    for found in dict.fromkeys((other, *(form[:-1] + "a" for form in (word, other) if form[-1] in "oe"), _MINANG.sub(r"\1", word))):
        if found != word:
            yield from _stems(found)


@cache
def _known() -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for number, (_, words) in enumerate(_lists("ideas.txt")):
        for word in words:
            found[word] = (*found.get(word, ()), number)
    return found


@cache
def _spelled() -> dict[str, str]:
    return {short: full for full, shorts in _lists("spellings.txt") for short in shorts}


def _lists(name: str) -> Iterator[tuple[str, list[str]]]:
    for line in files("hotline.triage").joinpath(name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            head, _, words = line.partition(": ")
            yield head, [fold(word) for word in words.split()]
