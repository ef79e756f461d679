"""One run of one subject, with its figures and its checks; and rounds, in which all subjects take turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field

from bench import load, machine
from bench.corpus import Corpus, positions
from bench.settings import SERVER_CORE, say
from bench.subjects import Running, Subject

_FASTEST = 10_000
"""Turns a second that no durable subject exceeds."""
_AGAIN = 2
"""How often a noisy run is repeated within its round."""


@dataclass(slots=True)
class Run:
    """Figures of one run; processor time in µs for each turn, memory in MiB of the largest process."""

    subject: str
    part: str
    round: int
    per_second: float
    cpu_us: float
    database_us: float
    p50_ms: float
    p99_ms: float
    max_ms: float
    peak_mib: float
    ok: int
    other: int
    broken: int
    foreign: float
    steal: float
    calibration_ms: float
    """The slower of two: just before and just after."""
    at: float
    problems: list[str] = field(default_factory=list)
    more: dict[str, float] = field(default_factory=dict)

    @property
    def slow(self) -> float:
        """By what factor the core was slower than at its best, as far as that is known by now."""
        return machine.slowness(self.calibration_ms)

    @property
    def disturbance(self) -> machine.Disturbance:
        """How much else went on."""
        return machine.Disturbance(self.foreign, self.steal, self.slow)

    @property
    def noisy(self) -> bool:
        """Too much else went on."""
        return self.disturbance.noisy

    def to_json(self) -> dict[str, object]:
        """For the results file."""
        return asdict(self) | {"noisy": self.noisy, "slow": self.slow}


@dataclass(frozen=True, slots=True)
class How:
    """How the load is put on."""

    seconds: float
    connections: int = 64
    warm: float = 1.0
    rate: float = 0.0


def prepare(subject: Subject, corpus: Corpus, mark: str) -> None:
    """Bring the subject to where all contacts are known: from a copy kept under `mark`, else by sending the corpus's first part."""
    subject.mark = mark
    if not subject.durable or subject.restore(mark):
        return
    subject.reset()
    began = time.monotonic()
    running = subject.start()
    try:
        done = load.run(corpus.path, subject.state, running.ports, seconds=500, warm=0, until_prepared=True)
    finally:
        running.stop()
    if problems := check(subject, corpus) + faults(done):
        raise load.LoadFailed(f"{subject.name} could not be prepared: {'; '.join(problems)}")
    subject.keep(mark)
    say(f"  {subject.name}: {done.ok:,} turns to begin with, in {time.monotonic() - began:.0f} s")


def renew(subject: Subject, corpus: Corpus, seconds: float) -> None:
    """Back to where the measurement began, when what is left of the corpus may not last for another run."""
    if subject.state is None:
        return
    at = positions(subject.state, len(corpus.lanes))
    left = min(len(lane.contact) - p for lane, p in zip(corpus.lanes, at, strict=True))
    if left < seconds * _FASTEST / len(corpus.lanes):
        subject.restore(subject.mark)


def faults(done: load.Load) -> list[str]:
    """What went wrong on the wire."""
    problems = []
    if done.other or done.broken:
        problems.append(f"{done.other} answers that are not 200 ({done.statuses}), {done.broken} connections broken")
    if done.sent != done.ok + done.other + done.broken:
        problems.append(f"{done.sent - done.ok - done.other - done.broken} requests never answered")
    return problems


def check(subject: Subject, corpus: Corpus) -> list[str]:
    """Rows = replies queued = 200s."""
    holdings = subject.holdings()
    if holdings is None or subject.state is None:
        return []
    sent = list(corpus.sent(subject.state))
    replies = sum(r for _, _, r in sent) if subject.name != "reference" else len(sent)
    stored, queued = holdings.messages - subject.filled[0], holdings.replies - subject.filled[1]
    problems = []
    if stored != len(sent):
        problems.append(f"{len(sent)} requests answered, {stored} messages stored")
    if queued != replies:
        problems.append(f"{replies} replies expected, {queued} queued")
    if holdings.unworked:
        problems.append(f"{holdings.unworked} messages kept but not worked")
    return problems


def once(subject: Subject, corpus: Corpus, how: How, *, part: str, number: int = 0) -> Run:
    """Start, load, sample, stop, check."""
    renew(subject, corpus, how.seconds + how.warm)
    machine.wait_for_quiet()
    calibration = machine.calibrate(SERVER_CORE)
    running = subject.start()
    try:
        time.sleep(0.3)
        running.forget_peaks()
        before = _cpu(running)
        watch = machine.Watch()
        done = load.run(
            corpus.path,
            subject.state,
            running.ports,
            seconds=how.seconds,
            connections=how.connections,
            warm=how.warm,
            rate=how.rate,
            wrap=not subject.durable,
        )
        disturbance = watch.end()
        after = _cpu(running)
        peak = max(machine.peak_mib(pid) for server in running.servers for pid in server.pids)
    finally:
        running.stop()
    calibration = max(calibration, machine.calibrate(SERVER_CORE))
    turns = max(1, done.ok)
    return Run(
        subject.name,
        part,
        number,
        done.per_second,
        (after[0] - before[0]) / turns * 1e6,
        (after[1] - before[1]) / turns * 1e6,
        done.p50_us / 1e3,
        done.p99_us / 1e3,
        done.max_us / 1e3,
        peak,
        done.ok,
        done.other,
        done.broken,
        disturbance.foreign,
        disturbance.steal,
        calibration,
        time.time(),
        faults(done) + check(subject, corpus),
    )


def _cpu(running: Running) -> tuple[float, float]:
    own = machine.cpu_seconds(pid for server in running.servers for pid in server.pids)
    return own, machine.cpu_seconds(running.database.pids) if running.database else 0.0


def rounds(thunks: Sequence[tuple[str, Callable[[int], Run]]], *, quiet: int, most: int, note: Callable[[Run], None]) -> list[Run]:
    """Round after round over all subjects until `quiet` rounds were undisturbed or `most` are done; a noisy run is repeated at once."""
    runs: list[Run] = []
    undisturbed = 0
    for number in range(most):
        fine = True
        for _, thunk in thunks:
            tries: list[Run] = []
            while not tries or (tries[-1].noisy and len(tries) <= _AGAIN):
                tries.append(thunk(number))
                note(tries[-1])
            run = min(tries, key=lambda r: r.disturbance.noise)
            run.problems = [p for r in tries for p in r.problems]
            runs.append(run)
            fine &= not run.noisy
        undisturbed += fine
        if undisturbed >= quiet:
            break
    return runs


def ratios(runs: Iterable[Run], above: str, below: str, value: Callable[[Run], float]) -> list[float]:
    """value(above) / value(below) in each round that has both, quiet rounds only where there are any."""
    by_round: dict[int, dict[str, Run]] = {}
    for run in runs:
        by_round.setdefault(run.round, {})[run.subject] = run
    pairs = [(r[above], r[below]) for r in by_round.values() if above in r and below in r]
    undisturbed = [p for p in pairs if not p[0].noisy and not p[1].noisy]
    return [value(a) / value(b) for a, b in undisturbed or pairs if value(b)]


def calm(runs: Sequence[Run]) -> Sequence[Run]:
    """The undisturbed runs, or all of them where there are none."""
    return [r for r in runs if not r.noisy] or runs


def median(values: Iterable[float]) -> float:
    """The median, or 0 of nothing."""
    found = list(values)
    return statistics.median(found) if found else 0.0
