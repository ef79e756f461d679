"""What the model sees of a message: of the whole, and of each stretch of a long one, all in numbered places that share weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from hotline.triage.fold import fold_sentences
from hotline.triage.lexicon import REGIONAL, STRONG
from hotline.triage.roots import Root, root

BITS = 19
PLACES = 1 << BITS
"""All traits share so many numbered places: two that fall on one place share a weight."""
PIECES, WORDS, IDEAS, SIZED, ENDS, SHAPE, BONES = range(7)
DAMPING = (40.0, 3.0, 2.2, 3.0, 2.4, 0.0, 3.0)
"""Added to the number of traits of each view: a message of one or two words says little, so it is not stretched to a long one's size."""
SPLIT = 25
"""A message of more words is heard in stretches, too: what matters may be one sentence of it."""
_MASK = PLACES - 1
_SHORTEST, _LONGEST = 2, 5
_NEAR = 6
_MOST_WORDS = 400
"""Of a longer message its beginning and its end are read, half of each."""
_LONG, _WINDOW, _STEP, _ENOUGH = 40, 24, 16, 12
_SIZES = (3, 6, 12, 25, 60)
_FIRST, _LAST = 4, 5
_SALT = 0x9E3779B1


def _place(name: str) -> int:
    return crc32(name.encode()) & _MASK


_GROUPS = {group: _place(f"group {group}") for group in (*STRONG, REGIONAL)}
_LENGTHS = tuple(_place(f"size {at}") for at in range(8))
_ASKS, _ENDS_ASKING, _SHOUTS = _place("asks"), _place("ends asking"), _place("shouts")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `first` to `end` (without it) of a message, which the model hears by themselves."""

    first: int
    end: int
    asks: bool
    ends_asking: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Places one after another, and where those of each word begin; the last number is their end."""

    places: list[int]
    starts: list[int]

    def of(self, stretch: Stretch) -> list[int]:
        """The places of a stretch, with repetitions."""
        return self.places[self.starts[stretch.first] : self.starts[stretch.end]]


@dataclass(frozen=True, slots=True)
class Message:
    """A message as the model reads it. `words` are folded, `roots` stand beside them, `groups` are those of its danger words."""

    words: tuple[str, ...]
    roots: tuple[Root, ...]
    groups: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    """The whole, then the parts of a long message."""
    shouts: bool
    spoken: Run
    meant: Run
    bare: Run
    """What `spoken`, `thoughts` and `bones` find in it, the same for every head."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The folded words of a sentence, and whether it asks."""

    words: list[str]
    asks: bool


def sentences(text: str) -> list[Sentence]:
    """A text folded sentence by sentence; those without a word are left out."""
    return [Sentence(words, asks) for words, asks in fold_sentences(text)]


def read(text: str, groups: tuple[str, ...] = ()) -> Message:
    """The message in a text; `groups` names what the danger words found in it speak of."""
    return told(text, sentences(text), groups)


def told(text: str, parts: Sequence[Sentence], groups: tuple[str, ...]) -> Message:
    """The message in a text whose sentences are folded already."""
    words = [word for one in parts for word in one.words]
    if len(words) > _MOST_WORDS:
        words = words[: _MOST_WORDS // 2] + words[-_MOST_WORDS // 2 :]
        parts = [Sentence(words, False)]
    whole = Stretch(0, len(words), "?" in text, text.rstrip().endswith("?"))
    stretches = (whole, *_stretches(parts)) if len(words) > SPLIT else (whole,)
    roots = tuple([root(word) for word in words])
    found = (spoken(roots), thoughts(roots), bones(roots))
    return Message(tuple(words), roots, tuple(dict.fromkeys(groups)), stretches, text.isupper(), *found)


def _stretches(parts: Sequence[Sentence]) -> list[Stretch]:
    """From each sentence on as many as make enough words; a sentence without an end goes in windows."""
    short, at = [], 0
    for one in parts:
        end = at + len(one.words)
        starts = [at] if end - at <= _LONG else range(at, end - (_WINDOW - _STEP), _STEP)
        short += [Stretch(first, end if len(starts) == 1 else min(end, first + _WINDOW), one.asks, one.asks) for first in starts]
        at = end
    found = []
    for number, now in enumerate(short):
        last = number
        while short[last].end - now.first < _ENOUGH and last + 1 < len(short):
            last += 1
        found.append(Stretch(now.first, short[last].end, any(some.asks for some in short[number : last + 1]), short[last].ends_asking))
    return found


def pieces(word: str) -> list[int]:
    """Every run of two to five letters of a word, its beginning and end marked."""
    marked = f"<{word}>".encode()
    return [
        crc32(marked[at : at + size]) & _MASK for size in range(_SHORTEST, _LONGEST + 1) for at in range(max(0, len(marked) - size + 1))
    ]


def spoken(roots: Sequence[Root]) -> Run:
    """Every root, and every pair of neighbours, which stands with its first."""
    return _pairs([one.mark for one in roots], 3, 5)


def bones(roots: Sequence[Root]) -> Run:
    """The consonants of every root, and of every pair of neighbours."""
    return _pairs([one.bone for one in roots], 59, 61)


def _pairs(marks: Sequence[int], one: int, other: int) -> Run:
    if not marks:
        return Run([], [0])
    places = [0] * (2 * len(marks) - 1)
    places[::2] = [mark & _MASK for mark in marks]
    places[1::2] = [(now * one + then * other) & _MASK for now, then in pairwise(marks)]
    return Run(places, [*range(0, len(places), 2), len(places)])


def thoughts(roots: Sequence[Root]) -> Run:
    """Every idea, and every idea that follows it within a few words, which stands with the first."""
    after: list[int] = []
    begins = []
    for one in roots:
        begins.append(len(after))
        after += one.marks
    begins += [len(after)] * _NEAR
    places, starts = [], [0]
    for at, one in enumerate(roots):
        if one.marks:
            later = after[begins[at + 1] : begins[at + _NEAR]]
            for mark in one.marks:
                first = mark * 7
                places.append(mark & _MASK)
                places += [(first + other * 11) & _MASK for other in later]
        starts.append(len(places))
    return Run(places, starts)


def size_of(stretch: Stretch) -> int:
    """How long a stretch is, roughly."""
    length = stretch.end - stretch.first
    return next((at for at, most in enumerate(_SIZES) if length <= most), len(_SIZES))


def sized(message: Message, size: int) -> Run:
    """Every root and every idea in a stretch of that size: "tolong" alone is not the "tolong" of a long letter."""
    salt, places, starts = (size + 1) * _SALT, [], [0]
    for one in message.roots:
        places.append((one.mark * 19 + salt) & _MASK)
        if one.marks:
            places += [(mark * 23 + salt) & _MASK for mark in one.marks]
        starts.append(len(places))
    return Run(places, starts)


def ends(message: Message, stretch: Stretch) -> list[int]:
    """Its first and last roots and their pairs, as such: how a message begins and what it ends with."""
    first = [one.mark for one in message.roots[stretch.first : min(stretch.end, stretch.first + _FIRST + 1)]]
    last = [one.mark for one in message.roots[max(stretch.first, stretch.end - _LAST) : stretch.end]]
    places = [(mark * 29 + 1) & _MASK for mark in first[:_FIRST]] + [(mark * 31 + 2) & _MASK for mark in last]
    places += [(now * 37 + then * 41) & _MASK for now, then in pairwise(first)]
    places += [(now * 43 + then * 47) & _MASK for now, then in pairwise(last)]
    return [*places, (last[-1] * 53 + 3) & _MASK] if last else places


def shape(message: Message, stretch: Stretch) -> list[int]:
    """Its length (doubling sizes), whether it asks, whether it ends asking, whether the message is all capitals."""
    marks = ((_ASKS, stretch.asks), (_ENDS_ASKING, stretch.ends_asking), (_SHOUTS, message.shouts))
    length = (stretch.end - stretch.first).bit_length()
    return [_LENGTHS[min(len(_LENGTHS) - 1, length)], *[place for place, holds in marks if holds]]


def about(message: Message) -> list[int]:
    """What its danger words speak of; it stands with the ideas of the whole."""
    return [_GROUPS[group] for group in message.groups]


def views_of(message: Message) -> list[list[int]]:
    """The places of each view of the whole message, each trait once (of pieces: each word once)."""
    whole = message.stretches[0]
    return [
        [place for word in dict.fromkeys(message.words) for place in pieces(word)],
        _once(message.spoken.places),
        _once([*message.meant.places, *about(message)]),
        _once(sized(message, size_of(whole)).places),
        _once(ends(message, whole)),
        shape(message, whole),
        _once(message.bare.places),
    ]


def _once(places: list[int]) -> list[int]:
    return list(dict.fromkeys(places))
