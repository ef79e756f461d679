"""The threshold curve as a picture: recall and false alarms while the threshold moves, with the goals and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from bot.speech import speech
from bot.triage.measure import Point
from bot.triage.training import DAILY, HARD, RECALL

_ = speech()

_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 760, 420, 64, 30, 230, 56
_LINES: tuple[tuple[str, str, str, float, Callable[[Point], float]], ...] = (
    ("recall", "#1b5e4b", "", RECALL, lambda p: p.recall),
    ("hard", "#b3541e", "7 4", HARD, lambda p: p.hard),
    ("everyday", "#5b4b8a", "2 3", DAILY, lambda p: p.everyday),
)


def curve(points: Sequence[Point]) -> str:
    """An SVG that needs no script and no font of its own; colours are doubled by the kind of line."""
    names = {
        "recall": _("darurat yang terdengar"),
        "hard": _("alarm palsu, pesan sulit"),
        "everyday": _("alarm palsu, sehari-hari"),
    }
    title = _("Ambang triase teks: yang terdengar dan alarm palsu pada penulis yang belum pernah dilihat")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" font-family="sans-serif" font-size="13">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        *_grid(points),
    ]
    for name, colour, dashes, goal, value in _LINES:
        path = " ".join(f"{_x(p.moved, points):.1f},{_y(value(p)):.1f}" for p in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dashes}"/>')
        here = min(points, key=lambda p: abs(p.moved))
        parts.append(f'<circle cx="{_x(here.moved, points):.1f}" cy="{_y(value(here)):.1f}" r="4.5" fill="{colour}"/>')
        row = _TOP + 20 + 62 * [line[0] for line in _LINES].index(name)
        x = _WIDTH - _RIGHT + 18
        parts.append(
            f'<line x1="{x}" y1="{row - 5}" x2="{x + 30}" y2="{row - 5}" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dashes}"/>'
        )
        parts.append(f'<text x="{x + 38}" y="{row}" fill="#222">{escape(names[name])}</text>')
        told = _("{kini} (sasaran {sasaran})").format(kini=f"{value(here):.3f}", sasaran=f"{goal:.2f}")
        parts.append(f'<text x="{x + 38}" y="{row + 18}" fill="#222">{escape(told)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _grid(points: Sequence[Point]) -> list[str]:
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    found = []
    for tenth in range(0, 11, 2):
        y = _y(tenth / 10)
        found.append(f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" stroke="#ddd"/>')
        found.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#444">{tenth / 10:.1f}</text>')
    for moved in (-0.6, -0.3, 0.0, 0.3, 0.6):
        x = _x(moved, points)
        found.append(f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{bottom}" stroke="{"#888" if moved == 0 else "#eee"}"/>')
        found.append(f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle" fill="#444">{moved:+.1f}</text>')
    label = _("ambang digeser sejauh ini dari yang dipakai")
    found.append(f'<text x="{(_LEFT + right) / 2:.1f}" y="{bottom + 40}" text-anchor="middle" fill="#222">{escape(label)}</text>')
    return found


def _x(moved: float, points: Sequence[Point]) -> float:
    first, last = points[0].moved, points[-1].moved
    return _LEFT + (moved - first) / (last - first) * (_WIDTH - _RIGHT - _LEFT)


def _y(share: float) -> float:
    return _TOP + (1 - share) * (_HEIGHT - _BOTTOM - _TOP)
