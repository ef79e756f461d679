"""How fast people answered: minutes to acknowledge and to the first action, median and ninetieth percentile. Pure; drills are no cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from zoneinfo import ZoneInfo

from hotline.case import Level

LEVELS = (Level.DARURAT, Level.TINGGI, Level.SEDANG, Level.RENDAH)
FEWEST = 5
"""A cell with fewer cases says nothing to those who see no cases: it could tell of a person (I16)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One case: its gravest level before it was acknowledged, since when, and the minutes it took; None: not yet."""

    level: Level
    began_at: datetime
    acknowledge: float | None
    act: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """A cell: how many cases of a level in a month, and their minutes. None where there is no number or it is not told."""

    month: date
    level: Level
    cases: int | None
    acknowledged: int | None
    acknowledge_median: float | None
    acknowledge_p90: float | None
    acted: int | None
    act_median: float | None
    act_p90: float | None


def quantile(minutes: Sequence[float], share: float) -> float | None:
    """The nearest-rank quantile: a time that really occurred. None without any."""
    ordered = sorted(minutes)
    return ordered[max(0, ceil(share * len(ordered)) - 1)] if ordered else None


def paces(answered: Iterable[Answered], zone: ZoneInfo, *, suppress: bool = False) -> list[Pace]:
    """By month (of the region's own calendar, the newest first) and level; with `suppress`, cells of fewer than five tell nothing."""
    cells: dict[tuple[date, Level], list[Answered]] = {}
    for one in answered:
        level = Level.DARURAT if one.level.rings else one.level
        cells.setdefault((one.began_at.astimezone(zone).date().replace(day=1), level), []).append(one)
    return [_pace(*key, cells[key], suppress=suppress) for key in sorted(cells, key=lambda k: (k[0], k[1]), reverse=True)]


def _pace(month: date, level: Level, cases: Sequence[Answered], *, suppress: bool) -> Pace:
    seen = [one.acknowledge for one in cases if one.acknowledge is not None]
    acted = [one.act for one in cases if one.act is not None]
    tell = not suppress

    def enough(found: Sequence[object]) -> bool:
        return tell or len(found) >= FEWEST

    return Pace(
        month=month,
        level=level,
        cases=len(cases) if enough(cases) else None,
        acknowledged=len(seen) if enough(seen) else None,
        acknowledge_median=quantile(seen, 0.5) if enough(seen) else None,
        acknowledge_p90=quantile(seen, 0.9) if enough(seen) else None,
        acted=len(acted) if enough(acted) else None,
        act_median=quantile(acted, 0.5) if enough(acted) else None,
        act_p90=quantile(acted, 0.9) if enough(acted) else None,
    )


def gauges(region: str, answered: Sequence[Answered]) -> dict[str, float]:
    """For /metrics: the same of one stretch of time, by level."""
    found: dict[str, float] = {}
    for level in LEVELS:
        of_level = [one for one in answered if (Level.DARURAT if one.level.rings else one.level) is level]
        for what, minutes in (
            ("teduh_minutes_to_acknowledge", [one.acknowledge for one in of_level if one.acknowledge is not None]),
            ("teduh_minutes_to_first_action", [one.act for one in of_level if one.act is not None]),
        ):
            for share in (0.5, 0.9):
                value = quantile(minutes, share)
                if value is not None:
                    found[f'{what}{{region="{region}",level="{level.name}",quantile="{share}"}}'] = round(value, 2)
    return found
