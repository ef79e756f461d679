"""A dialog as a picture: one box a step, the ways of a branch side by side. Plain SVG, nothing to install."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from html import escape

from hotline.engine.dialog import Dialog
from hotline.engine.nodes import Again, Ask, Branch, Call, End, Goto, Node, Only, Say, SetContact, SetLanguage, SetSafeWord, Stay, Summary
from hotline.engine.outline import in_words

_WIDTH, _GAP, _LINE, _PAD, _CHARACTERS = 230, 26, 15, 8, 34
_MANY = 8
"""More ways or choices than these are names of places: a few stand for all."""
_COLOURS = {"question": "#e8f1ff", "text": "#ffffff", "host": "#fff3d6", "end": "#eeeeee", "way": "white"}


@dataclass
class _Picture:
    boxes: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def box(self, x: float, y: float, text: str, kind: str) -> float:
        """Draw one box with wrapped text; gives the height it takes."""
        rows = [row for part in text.split("\n") for row in textwrap.wrap(part, _CHARACTERS) or [""]]
        height = len(rows) * _LINE + 2 * _PAD
        stroke = "#bbc" if kind == "way" else "#557"
        self.boxes.append(
            f'<rect x="{x:g}" y="{y:g}" width="{_WIDTH}" height="{height}" rx="6" fill="{_COLOURS[kind]}" stroke="{stroke}"/>'
        )
        spans = "".join(f'<tspan x="{x + _PAD:g}" dy="{_LINE}">{escape(row)}</tspan>' for row in rows)
        self.boxes.append(f'<text x="{x + _PAD:g}" y="{y + _PAD - 4:g}">{spans}</text>')
        return height

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Join two points; the line turns just above the lower one, where no box stands."""
        turn = max(y1, y2 - _GAP / 2)
        self.lines.append(f'<path d="M{x1:g} {y1:g} V{turn:g} H{x2:g} V{y2:g}" fill="none" stroke="#99a"/>')


def draw(dialog: Dialog) -> str:
    """The dialog as an SVG document. Texts are shown as written, before facts and answers are filled in."""
    picture = _Picture()
    head = dialog.name + (f" ({dialog.track.value})" if dialog.track else "")
    top = picture.box(_GAP, _GAP, head, "end") + _GAP
    width, bottom, _ = _column(picture, dialog.nodes, _GAP, top + _GAP, _GAP + _WIDTH / 2, top)
    size = f'width="{width + 2 * _GAP:g}" height="{bottom + _GAP:g}" viewBox="0 0 {width + 2 * _GAP:g} {bottom + _GAP:g}"'
    body = "\n".join([*picture.lines, *picture.boxes])
    name = escape(dialog.name)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12" role="img" aria-label="{name}">\n'
        f'<title>{name}</title>\n<rect width="100%" height="100%" fill="white"/>\n{body}\n</svg>\n'
    )


def _column(
    picture: _Picture, nodes: tuple[Node, ...], x: float, y: float, from_x: float, from_y: float
) -> tuple[float, float, list[tuple[float, float]]]:
    """Draw nodes below each other; gives the width, the bottom, and the open ends that lead on."""
    width, ends = float(_WIDTH), [(from_x, from_y)]
    for node in nodes:
        if isinstance(node, Branch | Only):
            wide, y, ends = _ways(picture, node, x, y, ends)
            width = max(width, wide)
            continue
        height = picture.box(x, y, _words(node), _kind(node))
        for end_x, end_y in ends:
            picture.line(end_x, end_y, x + _WIDTH / 2, y)
        y += height
        ends = [] if isinstance(node, End | Goto | Again) else [(x + _WIDTH / 2, y)]
        y += _GAP
    return width, y, ends


def _ways(
    picture: _Picture, node: Branch | Only, x: float, y: float, ends: list[tuple[float, float]]
) -> tuple[float, float, list[tuple[float, float]]]:
    """Draw the ways of a branch side by side; the last is that of everyone else."""
    other: tuple[Node, ...] = ()
    if isinstance(node, Only):
        ways = {in_words(node.condition): node.nodes}
    else:
        ways, other = alike(node), node.default
    named = [*ways.items(), ("…", other)]
    left, lowest = x, y
    out: list[tuple[float, float]] = []
    for label, way in named:
        height = picture.box(left, y, label, "way")
        for end_x, end_y in ends:
            picture.line(end_x, end_y, left + _WIDTH / 2, y)
        width, bottom, open_ends = _column(picture, way, left, y + height + _GAP / 2, left + _WIDTH / 2, y + height)
        left, lowest, out = left + width + _GAP, max(lowest, bottom), [*out, *open_ends]
    return left - x - _GAP, lowest + _GAP, out


def alike(node: Branch) -> dict[str, tuple[Node, ...]]:
    """The ways with their labels; many that ask the same of every place are drawn once."""
    if len(node.ways) <= _MANY:
        return {f"{node.key} = {code}": way for code, way in node.ways.items()}
    shapes: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for code, way in node.ways.items():
        shapes.setdefault(tuple((type(n).__name__, getattr(n, "key", "")) for n in way), []).append(code)
    return {f"{node.key} = {listed(codes)}": node.ways[codes[0]] for codes in shapes.values()}


def listed(codes: list[str]) -> str:
    """Some of the codes, and how many there are."""
    return " | ".join(codes if len(codes) <= _MANY else [*codes[:3], f"… ({len(codes)})"])


def _kind(node: Node) -> str:
    if isinstance(node, Ask | Stay | Summary):
        return "question"
    if isinstance(node, Call | SetContact | SetLanguage | SetSafeWord):
        return "host"
    return "end" if isinstance(node, End | Goto | Again) else "text"


def _words(node: Node) -> str:
    match node:
        case Ask(key, text, choices) | Stay(key=key, text=text, choices=choices):
            shown = choices if len(choices) <= 2 * _MANY else choices[:3]
            more = [f"[… {len(choices) - len(shown)}]"] if len(shown) < len(choices) else []
            return "\n".join([f"{key}: {text}", *(f"[{c.label}]{' !' if c.alarm else ''}" for c in shown), *more])
        case Say(text) | Summary(text):
            return text
        case Call(name):
            return f"host: {name}"
        case Goto(dialog):
            return f"→ {dialog}"
        case Again(keys):
            return f"↺ {', '.join(keys)}"
        case End():
            return "■"
        case _:
            return type(node).__name__
