"""Tables of what was measured: on the screen, as JSON and as Markdown under bench/results."""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.goals import Goal
from bench.measure import Run, calm, median
from bench.settings import LOAD_CORE, RESULTS, SERVER_CORE

_HEAD = (
    "part",
    "subject",
    "runs",
    "turns/s",
    "µs a turn",
    "database µs",
    "p50 ms",
    "p99 ms",
    "peak MiB",
    "of base",
    "of base by µs",
    "noisy",
)

_BASES = {"turns": "b1", "sent": "peer"}


def line(run: Run) -> str:
    """One run while it goes on."""
    database = f"+{run.database_us:.0f}" if run.database_us else ""
    noisy = f"  NOISY: foreign {run.foreign} %, stolen {run.steal} %, slower x{run.slow}" if run.noisy else ""
    wrong = f"  WRONG: {'; '.join(run.problems)}" if run.problems else ""
    return (
        f"  {run.part:<8} {run.round} {run.subject:<18} {run.per_second:>8,.0f} turns/s  {run.cpu_us:>5.0f}{database} µs  "
        f"p50 {run.p50_ms:>6.2f}  p99 {run.p99_ms:>6.2f} ms  {run.peak_mib:>4.0f} MiB  calibration {run.calibration_ms}{noisy}{wrong}"
    )


def _rows(runs: Iterable[Run]) -> list[tuple[str, ...]]:
    groups: dict[tuple[str, str], list[Run]] = {}
    for run in runs:
        groups.setdefault((run.part, run.subject), []).append(run)
    return [_row(found, calm(groups.get((part, _BASES.get(part, "")), []))) for (part, _), found in groups.items()]


def _row(found: Sequence[Run], base: Sequence[Run]) -> tuple[str, ...]:
    believed = calm(found)
    speed, own, database = (median(value(r) for r in believed) for value in (_speed, _own, _database))
    by_speed = f"{speed / median(map(_speed, base)):.2f}" if base else ""
    by_processor = f"{median(_own(r) + _database(r) for r in base) / (own + database):.2f}" if base else ""
    return (
        believed[0].part,
        believed[0].subject,
        str(len(found)),
        f"{speed:,.0f}",
        f"{own:.0f}",
        f"{database:.0f}",
        f"{median(r.p50_ms for r in believed):.2f}",
        f"{median(r.p99_ms for r in believed):.2f}",
        f"{max(r.peak_mib for r in found):.0f}",
        by_speed,
        by_processor,
        str(sum(r.noisy for r in found)),
    )


def _speed(run: Run) -> float:
    return run.per_second


def _own(run: Run) -> float:
    return run.cpu_us


def _database(run: Run) -> float:
    return run.database_us


def markdown(runs: list[Run], goals: list[Goal]) -> str:
    """Both tables."""
    out = [f"| {' | '.join(_HEAD)} |", "|" + "---|" * len(_HEAD)]
    out += [f"| {' | '.join(row)} |" for row in _rows(runs)]
    out += ["", "| goal | bound | measured | |", "|---|---|---|---|"]
    out += [f"| {g.name} | {g.bound} | {g.value:.2f}{g.unit} | {'pass' if g.met else '**fail**'} |" for g in goals]
    return "\n".join(out) + "\n"


def table(runs: list[Run]) -> str:
    """The first table for a terminal."""
    rows = [_HEAD, *_rows(runs)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_HEAD))]
    lines = []
    for row in rows:
        cells = zip(row, widths, strict=True)
        lines.append("  ".join(cell.ljust(width) if i < 2 else cell.rjust(width) for i, (cell, width) in enumerate(cells)))
    return "\n".join(lines)


def save(runs: list[Run], goals: list[Goal], command: str) -> Path:
    """Write results/<moment>.json and .md; gives the latter."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    stem = RESULTS / time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    machine = {"python": platform.python_version(), "kernel": platform.release(), "server core": SERVER_CORE, "load core": LOAD_CORE}
    data = {"command": command, "machine": machine, "goals": [g.to_json() for g in goals], "runs": [r.to_json() for r in runs]}
    stem.with_suffix(".json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    stem.with_suffix(".md").write_text(f"`{command}`\n\n{markdown(runs, goals)}")
    return stem.with_suffix(".md")
