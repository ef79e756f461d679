"""Dialogs as pictures: an outline for the terminal, a Mermaid flowchart for everything that draws those."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Iterator, Sequence

from hotline.engine.dialog import Dialog
from hotline.engine.draw import alike, listed
from hotline.engine.nodes import (
    Again,
    Ask,
    Branch,
    Call,
    Condition,
    Either,
    End,
    Every,
    Goto,
    Heard,
    Is,
    Node,
    Not,
    Only,
    Resuming,
    Say,
    SetContact,
    SetLanguage,
    SetSafeWord,
    Stay,
    Summary,
    Told,
)

_WIDTH = 64


def words(asked: Condition) -> str:
    """A condition in short."""
    match asked:
        case Is(key, codes):
            return f"{key} = {listed(sorted(codes))}"
        case Told(key):
            return f"{key} ✓"
        case Heard(heard):
            return f"♪ {' | '.join(sorted(heard))}"
        case Resuming():
            return "⏸"
        case Not(inner):
            return f"¬({words(inner)})"
        case Every(inner):
            return " ∧ ".join(words(c) for c in inner)
        case Either(inner):
            return " ∨ ".join(words(c) for c in inner)


def outline(dialog: Dialog) -> str:
    """One line a step; what lies on a way of a branch is indented under it."""
    head = dialog.name + (f" · {dialog.track.value}" if dialog.track else "") + (" · ↩" if dialog.side else "")
    return "\n".join([head, "=" * len(head), *_lines(dialog.nodes, "")])


def _lines(nodes: Sequence[Node], margin: str) -> Iterator[str]:
    for node in nodes:
        match node:
            case Branch():
                for label, way in alike(node).items():
                    yield f"{margin}├ {label}"
                    yield from _lines(way, margin + "│  ")
                if node.default:
                    yield f"{margin}├ {node.key} = …"
                    yield from _lines(node.default, margin + "│  ")
            case Only():
                yield f"{margin}├ {words(node.condition)}"
                yield from _lines(node.nodes, margin + "│  ")
            case _:
                yield margin + _short(node)
                if isinstance(node, Ask | Stay):
                    yield from (f"{margin}    [{c.label}]{' ‼' if c.alarm else ''}" for c in node.choices)


def _short(node: Node) -> str:
    match node:
        case Say(text):
            return f"» {_cut(text)}"
        case Ask():
            return f"? {node.key}: {_cut(node.text)}" + (f" ({node.free.value})" if node.free else "")
        case Stay():
            return f"… {node.key}: {_cut(node.text)}"
        case Summary():
            return f"? {node.key}: {_cut(node.text)}"
        case Call():
            return f"⇄ {node.name}"
        case Again():
            return f"↺ {', '.join(node.keys)}"
        case Goto():
            return f"→ {node.dialog}"
        case End():
            return "■" + (" ✗" if node.cancel else "") + (" → welcome" if node.restart else "")
        case SetContact():
            return f"☎ {node.phone}, {node.push}"
        case SetLanguage():
            return f"🌐 {node.key}"
        case SetSafeWord():
            return f"🔑 {node.key}"
        case _:
            return type(node).__name__


def _cut(text: str) -> str:
    return textwrap.shorten(text, _WIDTH, placeholder=" …")


def flowchart(dialogs: Sequence[Dialog]) -> str:
    """Each dialog is a subgraph; an arrow that a condition or an answer guards carries it."""
    lines = ["flowchart TD"]
    for dialog in dialogs:
        chart = _Chart(dialog)
        lines += [f"  subgraph {dialog.name}", *chart.lines, "  end"]
    return "\n".join(lines)


Loose = list[tuple[str, str]]
"""Steps whose way on is not drawn yet, with what the arrow will say."""


class _Chart:
    """The boxes and arrows of one dialog."""

    def __init__(self, dialog: Dialog) -> None:
        self._name, self._numbers = dialog.name, itertools.count(1)
        self.lines: list[str] = []
        self._follow(dialog.nodes, [(self._box(dialog.name, "([", "])"), "")])

    def _box(self, text: str, left: str = "[", right: str = "]") -> str:
        name = f"{self._name}{next(self._numbers)}"
        self.lines.append(f'    {name}{left}"{text.replace(chr(34), chr(39))}"{right}')
        return name

    def _follow(self, nodes: Sequence[Node], loose: Loose) -> Loose:
        for node in nodes:
            loose = self._step(node, loose)
        return loose

    def _step(self, node: Node, loose: Loose) -> Loose:
        if isinstance(node, Only):
            guarded = [(name, f"{said} ∧ {words(node.condition)}" if said else words(node.condition)) for name, said in loose]
            return [*self._follow(node.nodes, guarded), *loose]
        if isinstance(node, Branch):
            out: Loose = []
            for label, way in alike(node).items():
                out += self._follow(way, [(name, label) for name, _ in loose])
            return out + self._follow(node.default, [(name, f"{node.key} = …") for name, _ in loose])
        asks = isinstance(node, Ask | Stay | Summary)
        box = self._box(_short(node), *(("{{", "}}") if asks else ("[", "]")))
        self.lines += [f"    {name} -->{f'|{_label(said)}|' if said else ''} {box}" for name, said in loose]
        return [] if isinstance(node, Again | Goto | End) else [(box, "")]


def _label(said: str) -> str:
    return '"' + said.replace('"', "'").replace("|", "/") + '"'
