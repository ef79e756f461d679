"""The goals, and what was measured against each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from bench.measure import Run, calm, median, ratios

BARE_SQLITE, BARE_POSTGRES = 0.25, 0.20
PEER = 2.0
P50_ALONE_MS, P99_HALF_MS = 1.5, 20.0
PEAK_MIB = 130.0
MILLION, TWO_PROCESSES = 1.15, 1.15


@dataclass(frozen=True, slots=True)
class Goal:
    """One line: what, how it must be, how it is."""

    name: str
    bound: str
    value: float
    met: bool
    unit: str = ""

    def to_json(self) -> dict[str, object]:
        """For the results file."""
        return asdict(self)

    def line(self) -> str:
        """As printed."""
        return f"{'pass' if self.met else 'FAIL'}  {self.name:<72} {self.value:>8.2f}{self.unit}  ({self.bound})"


def at_least(name: str, value: float, bound: float, unit: str = "") -> Goal:
    """Met from the bound upwards."""
    return Goal(name, f"at least {bound:g}{unit}", value, value >= bound, unit)


def at_most(name: str, value: float, bound: float, unit: str = "") -> Goal:
    """Met up to the bound."""
    return Goal(name, f"at most {bound:g}{unit}", value, 0 < value <= bound, unit)


def _part(runs: Iterable[Run], part: str) -> list[Run]:
    return [r for r in runs if r.part == part]


def _speed(run: Run) -> float:
    return run.per_second


def _all_cpu(run: Run) -> float:
    return run.cpu_us + run.database_us


def judge(runs: list[Run]) -> list[Goal]:
    """The goals that these runs can tell about."""
    return [*_turns(_part(runs, "turns")), *_latency(runs), *_sent(_part(runs, "sent")), *_million(_part(runs, "million")), *_always(runs)]


def _turns(runs: list[Run]) -> list[Goal]:
    goals, names = [], {r.subject for r in runs}
    for name, bound in (("sqlite", BARE_SQLITE), ("postgres", BARE_POSTGRES)):
        if {"b1", name} <= names:
            goals.append(at_least(f"turns on {name} / bare FastAPI, same core", median(ratios(runs, name, "b1", _speed)), bound))
    if {"postgres", "two"} <= names:
        ratio = median(ratios(runs, "two", "postgres", _all_cpu))
        goals.append(at_most("processor time a turn, two web processes / one (PostgreSQL included)", ratio, TWO_PROCESSES))
    return goals


def _latency(runs: list[Run]) -> list[Goal]:
    goals = []
    for name in ("sqlite", "postgres"):
        alone = [r.p50_ms for r in calm([r for r in _part(runs, "alone") if r.subject == name])]
        half = [r.p99_ms for r in calm([r for r in _part(runs, "half") if r.subject == name])]
        goals += [at_most(f"p50 alone on {name}", median(alone), P50_ALONE_MS, " ms")] if alone else []
        goals += [at_most(f"p99 at half load on {name}", median(half), P99_HALF_MS, " ms")] if half else []
    return goals


def _sent(runs: list[Run]) -> list[Goal]:
    return [
        at_least(f"turns with the reply sent, {name} / aiogram + Redis", median(ratios(runs, name, "peer", _speed)), PEER)
        for name in sorted({r.subject for r in runs} - {"peer"})
        if any(r.subject == "peer" for r in runs)
    ]


def _million(runs: list[Run]) -> list[Goal]:
    return [
        at_most(f"a turn on {name} with 1,000,000 cases more / without", median(ratios(runs, name, f"{name}-million", _speed)), MILLION)
        for name in ("sqlite", "postgres", "run")
        if any(r.subject == f"{name}-million" for r in runs)
    ]


def _always(runs: list[Run]) -> list[Goal]:
    ours = [r for r in runs if r.subject not in ("b1", "reference", "peer")]
    if not ours:
        return []
    wrong = sum(bool(r.problems) for r in ours)
    return [
        at_most("most memory of a process of the product", max(r.peak_mib for r in ours), PEAK_MIB, " MiB"),
        Goal("runs with a message lost, doubled, unanswered or out of order", "none", wrong, wrong == 0),
    ]
