"""How well emergencies are heard: recall, false alarms on hard and on everyday messages, and what was missed worst."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.triage.examples import EVERYDAY, OTHERS, STRANGERS, Labelled
from bot.triage.training import Left, above
from hotline.triage.model import SHORT, Thresholds

_SWEEP = tuple(step / 50 for step in range(-35, 36))


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """The share; 0 of nothing is 0."""
        return self.part / self.whole if self.whole else 0.0

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.part}/{self.whole})"


@dataclass(frozen=True, slots=True)
class Line:
    """What happened with one group of messages."""

    name: str
    heard: Share
    """Emergencies that the model heard."""
    asked: Share
    """Emergencies after which the bot asks: the model or a danger word."""
    false: Share
    """Harmless messages that the model took for an emergency."""
    bothered: Share
    """Harmless messages after which the bot asks."""


@dataclass(frozen=True, slots=True)
class Point:
    """The shares with all thresholds moved by `moved`."""

    moved: float
    recall: float
    hard: float
    everyday: float


def lines(left: Sequence[Left], thresholds: Thresholds) -> list[Line]:
    """One line for each writer, for all hard messages, for all everyday answers, and for each kind of story."""
    strange = [one for one in left if one.row.writer in STRANGERS]
    groups: list[tuple[str, Callable[[Labelled], bool]]] = [(writer, lambda row, w=writer: row.writer == w) for writer in STRANGERS]  # type: ignore[misc]
    groups.append(("BCD", lambda row: True))
    kinds = sorted({one.row.kind for one in strange})
    groups += [(kind, lambda row, k=kind: row.kind == k) for kind in kinds]  # type: ignore[misc]
    found = [line(name, [one for one in strange if of(one.row)], thresholds) for name, of in groups]
    for writers in [*((writer,) for group in (*OTHERS, EVERYDAY) for writer in group), EVERYDAY]:
        theirs = [one for one in left if one.row.writer in writers]
        found += [line(" ".join(writers), theirs, thresholds)] if theirs else []
    brief = [one for one in left if one.row.writer in EVERYDAY and one.words <= SHORT]
    return [*found, line(f"{' '.join(EVERYDAY)}, <={SHORT}", brief, thresholds)] if brief else found


def line(name: str, some: Sequence[Left], thresholds: Thresholds) -> Line:
    """What happened with these messages."""
    cries, calm = [one for one in some if one.row.emergency], [one for one in some if not one.row.emergency]

    def heard(one: Left) -> bool:
        return above(one, thresholds) >= 0

    def asked(one: Left) -> bool:
        return one.lexicon or heard(one)

    return Line(name, _share(cries, heard), _share(cries, asked), _share(calm, heard), _share(calm, asked))


def sweep(left: Sequence[Left], thresholds: Thresholds) -> list[Point]:
    """The shares of the model alone while both thresholds move together."""
    found = []
    for moved in _SWEEP:
        at = replace(thresholds, short=thresholds.short + moved, long=thresholds.long + moved, both=thresholds.both + moved)
        strange = line("", [one for one in left if one.row.writer in STRANGERS], at)
        daily = line("", [one for one in left if one.row.writer in EVERYDAY], at)
        found.append(Point(moved, strange.heard.value, strange.false.value, daily.false.value))
    return found


def worst(left: Sequence[Left], thresholds: Thresholds, *, emergency: bool, most: int = 15) -> list[tuple[float, Labelled]]:
    """The emergencies that were missed by most, or the harmless messages taken for one by most, among messages of strangers."""
    some = [one for one in left if one.row.writer in STRANGERS and one.row.emergency is emergency]
    by = sorted(((above(one, thresholds), one.row) for one in some), key=lambda pair: pair[0] if emergency else -pair[0])
    return [(far, row) for far, row in by[:most] if (far < 0) is emergency]


def _share(some: Iterable[Left], holds: Callable[[Left], bool]) -> Share:
    found = [holds(one) for one in some]
    return Share(sum(found), len(found))
