"""Where the time of the product's web process goes under full load: samples by py-spy, as text and as a flame graph."""

from __future__ import annotations

import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bench import environment, load, replies
from bench.parts import Bench, apart_at, run_at
from bench.processes import free_port
from bench.product import OnPostgres, OnSqlite, Product
from bench.settings import LOAD_CORE, RESULTS, ROOT, say
from bench.subjects import Running

KINDS = ("sqlite", "postgres", "run", "worker")
"""The web process on either database; everything in one process, until the replies are sent; the worker beside a web process."""
_SECONDS, _PER_SECOND, _LINES, _EVERYWHERE = 8, 500, 60, 0.95


def run(bench: Bench, kind: str) -> None:
    """Sample for some seconds; print the functions by own time and by time with what they call."""
    subject, work = _subject(bench, kind)
    began, running = time.time(), subject.start()
    if kind in ("run", "worker"):
        replies.until_sender_lives(subject, began)
    RESULTS.mkdir(parents=True, exist_ok=True)
    raw = RESULTS / f"profile-{kind}.txt"
    try:
        loader = threading.Thread(target=work, args=(running,))
        loader.start()
        time.sleep(2)
        for form, path in (("raw", raw), ("flamegraph", raw.with_suffix(".svg"))):
            _sample(running.servers[-1].process.pid, form, path, _SECONDS / 2)
        loader.join()
    finally:
        running.stop()
    _tell(raw)


def _subject(bench: Bench, kind: str) -> tuple[Product, Callable[[Running], object]]:
    """What is profiled, and what loads it."""
    corpus = bench.corpus
    if kind in ("run", "worker"):
        stub = free_port()
        here = kind == "run"
        sending = run_at(stub, "run") if here else apart_at(bench, stub)
        plain = OnSqlite("run") if here else OnPostgres(bench.cluster, "web+worker")
        replies.prepare(sending, plain, corpus, bench.mark)
        seconds = _SECONDS + 4.0
        return sending, lambda running: replies.drive(replies.load_options(sending, running, stub, seconds, corpus), seconds)
    subject = OnSqlite() if kind == "sqlite" else OnPostgres(bench.cluster)
    bench.ready(subject)
    return subject, lambda running: load.run(corpus.path, subject.state, running.ports, seconds=_SECONDS + 4, warm=0)


def _sample(pid: int, form: str, path: Path, seconds: float) -> None:
    spy = environment.python().parent / "py-spy"
    command = ["taskset", "-c", LOAD_CORE, spy, "record", "-F", "-p", pid, "-d", round(seconds), "-r", _PER_SECOND, "-f", form, "-o", path]
    subprocess.run([str(x) for x in command], check=True, capture_output=True)
    path.write_text(path.read_text().replace(f"{ROOT}/", ""))


def _tell(raw: Path) -> None:
    own, whole, total = Counter[str](), Counter[str](), 0
    for line in raw.read_text().splitlines():
        stack, count = line.rsplit(" ", 1)
        frames = stack.split(";")
        own[frames[-1]] += int(count)
        for frame in set(frames):
            whole[frame] += int(count)
        total += int(count)
    for title, counter in (("own time", own), ("with what it calls", whole)):
        say(f"\n{title}, per cent of {total} samples")
        inner = [(frame, number) for frame, number in counter.most_common() if number < _EVERYWHERE * total]
        for frame, number in inner[:_LINES]:
            say(f"  {100 * number / total:5.1f}  {frame}")
    say(f"\nfull stacks: {raw}, flame graph beside it")
