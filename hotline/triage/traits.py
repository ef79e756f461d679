"""What the model sees of a message: pieces of words, words and pairs of words, ideas and pairs of ideas, and its shape."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from zlib import crc32

from hotline.triage.fold import fold
from hotline.triage.lexicon import REGIONAL, STRONG
from hotline.triage.roots import Root, ideas, root

BITS = 18
PLACES = 1 << BITS
"""Pieces and words share so many numbered places: two that fall on one place share a weight."""
PIECES, WORDS, IDEAS, SHAPE = range(4)
WEIGHTS = (1.0, 1.0, 0.7, 0.15)
"""How much each view of a message counts beside the others."""
DAMPING = (1500.0, 150.0, 80.0, 0.0)
"""Added to the squared length of each view: a message of one or two words says little, so it is not stretched to the size of a long one."""
_SHORTEST, _LONGEST = 2, 5
_NEAR = 6
_MOST_WORDS = 400
"""Of a longer message its beginning and its end are read, half of each."""
_GROUPS = (*STRONG, REGIONAL)
_SIZES = 8


@dataclass(frozen=True, slots=True)
class Message:
    """A message as the model reads it. `words` are folded, `roots` stand beside them, `groups` are those of its danger words."""

    words: tuple[str, ...]
    roots: tuple[Root, ...]
    groups: tuple[str, ...]
    asks: bool
    ends_asking: bool
    shouts: bool


def read(text: str, groups: tuple[str, ...] = ()) -> Message:
    """The message in a text; `groups` names what the danger words found in it speak of."""
    words = fold(text).split()
    if len(words) > _MOST_WORDS:
        words = words[: _MOST_WORDS // 2] + words[-_MOST_WORDS // 2 :]
    roots = tuple([root(word) for word in words])
    return Message(tuple(words), roots, tuple(dict.fromkeys(groups)), "?" in text, text.rstrip().endswith("?"), text.isupper())


def pieces(word: str) -> list[int]:
    """Every run of two to five letters of a word, its beginning and end marked."""
    marked = f"<{word}>".encode()
    return [
        crc32(marked[at : at + size]) % PLACES for size in range(_SHORTEST, _LONGEST + 1) for at in range(max(0, len(marked) - size + 1))
    ]


def words(message: Message) -> list[int]:
    """Every root and every pair of neighbours, once each."""
    roots = [found.text for found in message.roots]
    return [crc32(word.encode()) % PLACES for word in dict.fromkeys([*roots, *(f"{a} {b}" for a, b in pairwise(roots))])]


def thoughts(message: Message) -> list[int]:
    """Every idea, every idea that follows another within a few words, and the groups of the danger words, once each."""
    number, about = len(ideas()), [found.ideas for found in message.roots]
    first = PLACES + number
    found = {PLACES + idea for several in about for idea in several}
    for at, several in enumerate(about):
        if several:
            after = [idea for later in about[at + 1 : at + _NEAR] for idea in later]
            found.update([first + idea * number + other for idea in several for other in after])
    last = first + number * number
    return [*sorted(found), *(last + _GROUPS.index(group) for group in message.groups)]


def shape(message: Message) -> list[int]:
    """Its length (doubling sizes), whether it asks, whether it ends asking, whether it is all capitals."""
    first = _shape_place()
    marks = (message.asks, message.ends_asking, message.shouts)
    return [first + min(_SIZES - 1, len(message.words).bit_length()), *(first + _SIZES + at for at, set_ in enumerate(marks) if set_)]


@cache
def _shape_place() -> int:
    return PLACES + len(ideas()) * (len(ideas()) + 1) + len(_GROUPS)


@cache
def size() -> int:
    """How many places there are in all."""
    return _shape_place() + _SIZES + 3


def views(message: Message) -> tuple[list[int], list[int], list[int], list[int]]:
    """The places of each view; a piece counts once for every different word it stands in."""
    return (
        [place for word in dict.fromkeys(message.words) for place in pieces(word)],
        words(message),
        thoughts(message),
        shape(message),
    )
