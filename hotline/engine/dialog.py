"""One conversation as a checked value: a tree that is wrongly built refuses to exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from hotline.case import Track
from hotline.engine.nodes import Again, Ask, Branch, Choice, End, Free, Goto, Node, Only, Stay, Summary

TOKEN_BYTES = 64
_SERIAL_BYTES = 7
LABEL_CHARACTERS = 64
QUICK_REPLIES, QUICK_REPLY_CHARACTERS = 3, 20
LIST_ITEMS, LIST_ITEM_CHARACTERS = 10, 24


class DialogInvalid(Exception):
    """The dialog is wrongly built."""


@dataclass(frozen=True)
class Dialog:
    """A named tree. `track`: it tells a story that becomes a case of this track; None: it does not.

    `side`: it may interrupt a story and gives back to it at its end. Raises DialogInvalid for a key asked twice on one way,
    a step nothing leads to, a way that ends in nothing, a branch for a code nobody can choose, a token too long for a button.
    """

    name: str
    nodes: tuple[Node, ...]
    track: Track | None = None
    side: bool = False

    def __post_init__(self) -> None:
        _Check(self).run()

    def steps(self) -> Iterator[Node]:
        """Every node, in the order written."""
        return _inside(self.nodes)

    def questions(self) -> Iterator[Ask | Stay]:
        """Every question, in the order written; a key may come several times, once on each way."""
        return (node for node in self.steps() if isinstance(node, Ask | Stay))


def _inside(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if isinstance(node, Branch):
            for way in node.ways.values():
                yield from _inside(way)
            yield from _inside(node.default)
        elif isinstance(node, Only):
            yield from _inside(node.nodes)


class _Check:
    def __init__(self, dialog: Dialog) -> None:
        self._name = dialog.name
        self._nodes = dialog.nodes
        self._codes: dict[str, set[str]] = {}
        self._open = {ask.key for ask in dialog.questions() if isinstance(ask, Ask) and ask.free is not None}
        for ask in dialog.questions():
            self._codes.setdefault(ask.key, set()).update(c.code for c in ask.choices)

    def run(self) -> None:
        if self._follow(self._nodes, frozenset()) is not None:
            self._refuse("a way ends without End, Goto or Again")

    def _follow(self, nodes: tuple[Node, ...], asked: frozenset[str]) -> frozenset[str] | None:
        """The keys asked on some way through these nodes; None when no way comes out at the end."""
        here: frozenset[str] | None = asked
        for node in nodes:
            if here is None:
                self._refuse(f"nothing leads to {type(node).__name__} {getattr(node, 'key', getattr(node, 'text', ''))}")
            here = self._through(node, here)
        return here

    def _through(self, node: Node, asked: frozenset[str]) -> frozenset[str] | None:
        match node:
            case Ask() | Stay():
                return self._question(node, asked)
            case Summary(key=key):
                return self._unique(key, asked)
            case Branch():
                return self._branch(node, asked)
            case Only():
                inside = self._follow(node.nodes, asked)
                return asked if inside is None else asked | inside
            case Again():
                if not node.keys or not asked.issuperset(node.keys):
                    self._refuse(f"Again forgets {sorted(node.keys)}, which are not all asked before it")
                return None
            case Goto() | End():
                return None
            case _:
                return asked

    def _branch(self, node: Branch, asked: frozenset[str]) -> frozenset[str] | None:
        known = self._codes.get(node.key)
        for code in node.ways:
            if known is not None and code not in known:
                self._refuse(f"a branch for {node.key}={code}, which nobody can choose")
        whole = known is not None and node.key not in self._open and known <= node.ways.keys() and node.key in asked
        if whole and node.default:
            self._refuse(f"a branch on {node.key} names every choice, nothing leads to its default")
        ways = [self._follow(way, asked) for way in (*node.ways.values(), *(() if whole else (node.default,)))]
        out = [way for way in ways if way is not None]
        return frozenset().union(*out) if out else None

    def _question(self, node: Ask | Stay, asked: frozenset[str]) -> frozenset[str]:
        codes = [c.code for c in node.choices]
        if len(set(codes)) != len(codes):
            self._refuse(f"{node.key} offers a code twice")
        if not codes and (isinstance(node, Stay) or node.free is None):
            self._refuse(f"{node.key} can be answered by nothing")
        if isinstance(node, Ask) and node.many and (node.free or not codes):
            self._refuse(f"{node.key} takes many choices, so it needs choices and no free text")
        self._numbers(node)
        if any(c.alone or c.unchosen for c in node.choices) and not (isinstance(node, Ask) and node.many):
            self._refuse(f"{node.key} has a choice for questions that take many, and takes one")
        for choice in node.choices:
            self._choice(node.key, choice)
        return self._unique(node.key, asked)

    def _numbers(self, node: Ask | Stay) -> None:
        """What a number means by itself is never also the number of another choice."""
        numbers = [c.number for c in node.choices if c.number is not None]
        if len(set(numbers)) != len(numbers):
            self._refuse(f"{node.key} gives a number to two choices")
        if numbers and isinstance(node, Ask) and (node.many or node.part):
            self._refuse(f"{node.key} takes many choices or a place, whose choices are counted")
        for choice in node.choices:
            if choice.ages is not None and (choice.number is None or not choice.ages[0] <= choice.number <= choice.ages[1]):
                self._refuse(f"{node.key}={choice.code} stands for ages, so its number must be one of them")

    def _choice(self, key: str, choice: Choice) -> None:
        if not choice.code or not choice.label or "," in choice.code:
            self._refuse(f"{key} has a choice without code or label, or with a comma in its code")
        if _SERIAL_BYTES + len(f".{key}.{choice.code}".encode()) > TOKEN_BYTES:
            self._refuse(f"{key}={choice.code} does not fit the {TOKEN_BYTES} bytes of a button")
        if len(choice.label) > LABEL_CHARACTERS:
            self._refuse(f"{key}={choice.code} has a label of {len(choice.label)} characters, over {LABEL_CHARACTERS}")

    def _unique(self, key: str, asked: frozenset[str]) -> frozenset[str]:
        if key in asked:
            self._refuse(f"{key} is asked twice on one way")
        if "." in key or not key:
            self._refuse(f"the key “{key}” is empty or has a dot")
        return asked | {key}

    def _refuse(self, why: str) -> NoReturn:
        raise DialogInvalid(f"Dialog {self._name}: {why}.")


def takes_words(ask: Ask | Stay) -> bool:
    """Whether the person's own words are an answer here."""
    return isinstance(ask, Stay) or ask.free in (Free.WORDS, Free.PLACE)
