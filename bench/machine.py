"""What the machine did while something ran: processor time, memory, and what others took."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_KTHREADD = 2
FOREIGN_LIMIT = float(os.environ.get("TEDUH_BENCH_NOISE", "6"))
"""Per cent of one core that other processes may use before a run counts as noisy."""
STEAL_LIMIT = 5.0
SLOW_LIMIT = 1.3
"""A virtual core that shares its silicon with a neighbour halves its speed for milliseconds or seconds, and no counter tells."""


def _stat(pid: int) -> list[str] | None:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return None


def _processes() -> dict[int, list[str]]:
    out = {}
    for entry in os.listdir("/proc"):  # noqa: PTH208 - called in a loop: no Path objects wanted
        if entry.isdigit() and (stat := _stat(int(entry))) is not None:
            out[int(entry)] = stat
    return out


def tree(pid: int) -> list[int]:
    """The process and all that it started, and so on."""
    parent = {p: int(s[1]) for p, s in _processes().items()}
    found, new = {pid}, {pid}
    while new:
        new = {p for p, up in parent.items() if up in new} - found
        found |= new
    return sorted(found)


def cpu_seconds(pids: Iterable[int]) -> float:
    """Processor time of the processes, with that of their ended children."""
    return sum(sum(int(x) for x in s[11:15]) / _TICK for p in pids if (s := _stat(p)) is not None)


def forget_peak(pid: int) -> None:
    """From here on `peak_mib` counts anew."""
    with contextlib.suppress(OSError):
        Path(f"/proc/{pid}/clear_refs").write_text("5")


def peak_mib(pid: int) -> float:
    """The most memory the process ever had resident, or since `forget_peak`."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


@dataclass(frozen=True, slots=True)
class Disturbance:
    """What a run had to share: per cent of one core; and by what factor the core was slower just before or after it than at its best."""

    foreign: float
    steal: float
    slow: float = 1.0

    @property
    def noise(self) -> float:
        """The worst of them as a share of what is allowed."""
        return max(self.foreign / FOREIGN_LIMIT, self.steal / STEAL_LIMIT, self.slow / SLOW_LIMIT)

    @property
    def noisy(self) -> bool:
        """Too much to believe the absolute figure of this run."""
        return self.noise > 1


class Watch:
    """Counts, from construction to `end`, the processor time of processes that are neither ours nor the kernel's, and stolen time."""

    def __init__(self) -> None:
        self._began, self._foreign, self._steal = self._now()

    @staticmethod
    def _now() -> tuple[float, dict[int, int], int]:
        ours = set(tree(os.getpid()))
        ticks = {
            pid: sum(int(x) for x in stat[11:13])
            for pid, stat in _processes().items()
            if pid not in ours and pid != _KTHREADD and int(stat[1]) != _KTHREADD
        }
        steal = int(Path("/proc/stat").read_text().split("\n", 1)[0].split()[8])
        return time.monotonic(), ticks, steal

    def end(self) -> Disturbance:
        """What was taken since construction."""
        now, ticks, steal = self._now()
        seconds = now - self._began
        foreign = sum(max(0, t - self._foreign.get(pid, 0)) for pid, t in ticks.items())
        return Disturbance(round(100 * foreign / _TICK / seconds, 1), round(100 * (steal - self._steal) / _TICK / seconds, 1))


def wait_for_quiet(limit_seconds: float = 20.0) -> None:
    """Return when other processes were quiet for a moment, or when the time is over."""
    end = time.monotonic() + limit_seconds
    while time.monotonic() < end:
        watch = Watch()
        time.sleep(0.5)
        if not watch.end().noisy:
            return


_quickest = float("inf")


def calibrate(core: int) -> float:
    """Milliseconds of a fixed loop on that core: shows how fast the machine is just now."""
    global _quickest
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        took = round(1000 * min(_loop() for _ in range(3)), 2)
    finally:
        os.sched_setaffinity(0, before)
    _quickest = min(_quickest, took)
    return took


def slowness(calibration: float) -> float:
    """By what factor that took longer than the quickest calibration so far: ask again when all is measured."""
    return round(calibration / _quickest, 2)


def _loop() -> float:
    began, x = time.thread_time(), 0  # Whoever else runs on this core slows nobody by this clock; a neighbour in the silicon does.
    for i in range(300_000):
        x += i & 7
    return time.thread_time() - began
