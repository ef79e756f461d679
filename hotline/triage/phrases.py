"""Turns the lexicon's notation into one regular expression shaped like a tree of letters: a harmless word fails at its second letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_PASSIVE = "(di|di |d|d )"
_ENDINGS = "((kan|an|in|n|i)?(nya|ya|ny|ku|mu|lah|kah)?)"
_WORD = "[^ ]+"
_NOT_TELLING = "(?!(?:lapor|melapor|laporkan|melaporkan|cerita|bercerita|ceritakan|menceritakan|tanya|bertanya|nanya|menanyakan) )[^ ]+"
_REPEATED = re.compile(r"([a-z])\1+")
_SHAPE = re.compile(r"(?:<\((?P<before>[a-z| ]+)\) )?(?P<body>[a-z|()?~_% ]+?)(?: !\((?P<after>[a-z|()? ]+)\))?")


class PhraseInvalid(Exception):
    """A phrase of the lexicon is not in its notation."""


@dataclass(frozen=True)
class Phrase:
    """One phrase with the word that stands for it. `heads`: the letters it may begin with, each with the expression that must follow."""

    name: str
    heads: tuple[tuple[str, str], ...]


def phrase(name: str, written: str) -> Phrase:
    """The phrase as written in the notation; raises PhraseInvalid."""
    return Phrase(name, _heads(_REPEATED.sub(r"\1", written)))


def phrases(entry: str) -> Iterator[Phrase]:
    """The phrases of a region's entry: `name: phrase | phrase`, or one phrase that is its own name."""
    name, _, written = entry.rpartition(": ")
    for one in written.split(" | "):
        yield phrase(name or entry, one)


def expression(every: Iterable[Phrase]) -> re.Pattern[str]:
    """Finds where any of the phrases stands in a folded text that begins and ends with a space; a match begins at the space before it."""
    tree = _Node()
    for one in every:
        for letters, rest in one.heads:
            tree.add(letters, rest)
    return re.compile(f" {tree.expression()}(?= )")


class _Node:
    """The phrases that begin with the same letters."""

    def __init__(self) -> None:
        self._next: dict[str, _Node] = {}
        self._rests: dict[str, None] = {}

    def add(self, letters: str, rest: str) -> None:
        node = self
        for letter in letters:
            node = node._next.setdefault(letter, _Node())
        node._rests[rest] = None

    def expression(self) -> str:
        ways = [letter + node.expression() for letter, node in self._next.items()] + list(self._rests)
        return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def _heads(written: str) -> tuple[tuple[str, str], ...]:
    shape = _SHAPE.fullmatch(written)
    if shape is None or written.count("(") != written.count(")"):
        raise PhraseInvalid(f"{PhraseInvalid.__doc__} {written!r}")
    body = re.sub(r"~(?=[a-z(])", _PASSIVE, shape["body"]).replace("~", _ENDINGS).replace("_", _WORD)
    before = shape["before"].split("|") if shape["before"] else []
    after = f"(?! (?:{_expression(shape['after'])})(?= ))" if shape["after"] else ""
    return tuple(
        (letters, "".join(f"(?<! {word} {letters})" for word in before) + _expression(rest) + after) for letters, rest in _multiplied(body)
    )


def _multiplied(body: str) -> Iterator[tuple[str, str]]:
    """The body with the choices it begins with multiplied out: plain letters, and what must follow them."""
    if body.startswith("("):
        end = _closing(body)
        inside, rest = body[1:end], body[end + 1 :]
        ways = _choices(inside)
        if rest.startswith("?"):
            ways, rest = [*ways, ""], rest[1:]
        for way in ways:
            yield from _multiplied(way + rest)
        return
    cut = next((i for i, c in enumerate(body) if c in "([?"), len(body))
    cut -= body[cut : cut + 1] == "?"
    yield body[:cut], body[cut:]


def _closing(body: str) -> int:
    depth = 0
    for i, c in enumerate(body):
        depth += (c == "(") - (c == ")")
        if depth == 0:
            return i
    raise PhraseInvalid(f"{PhraseInvalid.__doc__} {body!r}")


def _choices(inside: str) -> list[str]:
    """The ways parted by `|` outside any bracket."""
    ways, depth = [""], 0
    for c in inside:
        depth += (c == "(") - (c == ")")
        if c == "|" and depth == 0:
            ways.append("")
        else:
            ways[-1] += c
    return ways


def _expression(notation: str) -> str:
    return notation.replace("(", "(?:").replace("%", _NOT_TELLING)
