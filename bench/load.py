"""The load generator (loadgen.c), compiled when its source changed, and its answer as a value."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.settings import LOAD_CORE, ROOT, WORK, need


class LoadFailed(Exception):
    """The load generator could not do its work."""


@dataclass(frozen=True, slots=True)
class Load:
    """One run: `turns` are the 200s inside the window of `seconds`; `ok` all 200s, warm-up and stragglers included. Latencies in µs."""

    turns: int
    seconds: float
    sent: int
    ok: int
    other: int
    broken: int
    left: int
    took: float
    p50_us: float
    p90_us: float
    p99_us: float
    max_us: float
    statuses: dict[str, int]

    @property
    def per_second(self) -> float:
        """Turns a second inside the window."""
        return self.turns / self.seconds

    @classmethod
    def from_json(cls, text: str) -> Load:
        """As loadgen prints it."""
        return cls(**json.loads(text))


def program() -> Path:
    """The compiled generator."""
    source = ROOT / "bench" / "loadgen.c"
    out = WORK / f"loadgen-{hashlib.sha256(source.read_bytes()).hexdigest()[:12]}"
    if not out.exists():
        WORK.mkdir(parents=True, exist_ok=True)
        subprocess.run([need("gcc", "gcc"), "-O2", "-o", out, source], check=True)
    return out


def run(
    corpus: Path,
    state: Path | None,
    ports: Sequence[int],
    *,
    seconds: float,
    connections: int = 64,
    warm: float = 1.0,
    rate: float = 0.0,
    wrap: bool = False,
    until_prepared: bool = False,
) -> Load:
    """Send what the corpus holds from where `state` says; raises LoadFailed when it ends badly or too late."""
    options = {
        "corpus": corpus,
        "ports": ",".join(map(str, ports)),
        "connections": connections,
        "warm": warm,
        "seconds": seconds,
        "rate": rate,
        "wrap": int(wrap),
    }
    command = ["setpriv", "--pdeathsig", "KILL", "taskset", "-c", str(LOAD_CORE), str(program()), *(f"{k}={v}" for k, v in options.items())]
    command += [f"state={state}"] if state else []
    command += ["until=prepared"] if until_prepared else []
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=warm + seconds + 30, check=False)
    except subprocess.TimeoutExpired as error:
        raise LoadFailed(f"no end after {error.timeout:.0f} s") from error
    if done.returncode:
        raise LoadFailed(done.stderr.strip() or f"ended with {done.returncode}")
    return Load.from_json(done.stdout)
