"""The parts of the bench: which subjects take turns, under which load."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from bench import conversation, corpus, fill, measure, order, replies
from bench.databases import Postgres
from bench.measure import How, Run
from bench.processes import free_port
from bench.product import OnPostgres, OnSqlite, Product
from bench.report import line
from bench.settings import CONTACTS, ROOT, SERVER_CORE, WORK, say
from bench.subjects import Bare, Reference, Subject

_SOURCES = ("hotline", "dialogs", "locale", "migrations", "webhooks", "bot", "bench/corpus.py", "bench/conversation.py")
MILLION = 1_000_000
_KEPT_FILES = 4
"""Corpora are large: the two newest stay."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of everything."""

    contacts: int = CONTACTS
    seconds: float = 4.0
    quiet_rounds: int = 5
    most_rounds: int = 8
    cases: int = MILLION
    story: int = 8
    measured: int = 18


QUICK = Scale(contacts=1_000, seconds=2.0, quiet_rounds=1, most_rounds=1, cases=20_000, story=8, measured=60)


def digest() -> str:
    """Of all that decides what a prepared database looks like."""
    seen = hashlib.sha256()
    for name in _SOURCES:
        path = ROOT / name
        for file in sorted(p for p in ([path] if path.is_file() else path.rglob("*")) if p.suffix in (".py", ".po", ".toml", ".csv")):
            seen.update(file.read_bytes())
    return seen.hexdigest()[:10]


@dataclass
class Bench:
    """One start of the bench: the corpus, the cluster, and the runs so far."""

    scale: Scale
    runs: list[Run] = field(default_factory=list)

    @cached_property
    def mark(self) -> str:
        """What prepared databases of this code and scale are kept under."""
        return f"{digest()}{self.scale.contacts}"

    @cached_property
    def corpus(self) -> corpus.Corpus:
        """The load; made once for a state of the sources."""
        path = WORK / f"load-{self.mark}.corpus"
        if path.with_suffix(".lanes").exists():
            return corpus.read(path)
        for old in sorted(WORK.glob("load-*"), key=lambda p: p.stat().st_mtime)[:-_KEPT_FILES]:
            old.unlink()
        scale = self.scale
        scripts = conversation.scripts(400, scale.story + scale.measured + 1)
        made = corpus.write(path, scripts, contacts=scale.contacts, story=scale.story, measured=scale.measured)
        say(f"  {made.total:,} requests signed, {sum(x.prepared for x in made.lanes):,} of them to begin with")
        return made

    @cached_property
    def cluster(self) -> Postgres:
        """PostgreSQL on the server's core."""
        return Postgres(core=SERVER_CORE)

    def close(self) -> None:
        """End what lives longer than a run."""
        if "cluster" in self.__dict__:
            self.cluster.stop()

    def note(self, run: Run) -> None:
        """Show a run."""
        say(line(run))

    def ready(self, *subjects: Subject) -> None:
        """Prepare each."""
        for subject in subjects:
            measure.prepare(subject, self.corpus, self.mark)

    def rounds(self, part: str, subjects: list[Subject], how: How) -> None:
        """All subjects take turns under one load."""

        def one(subject: Subject) -> Callable[[int], Run]:
            return lambda number: measure.once(subject, self.corpus, how, part=part, number=number)

        self.repeat([(s.name, one(s)) for s in subjects])

    def repeat(self, thunks: list[tuple[str, Callable[[int], Run]]]) -> None:
        """Rounds until enough of them were quiet."""
        self.runs += measure.rounds(thunks, quiet=self.scale.quiet_rounds, most=self.scale.most_rounds, note=self.note)


def turns(bench: Bench) -> None:
    """Durable turns a second beside the bare server and the reference."""
    sqlite, postgres, two = OnSqlite(), OnPostgres(bench.cluster), OnPostgres(bench.cluster, "two", processes=2)
    reference = Reference()
    bench.ready(reference, sqlite, postgres, two)
    bench.rounds("turns", [Bare(), reference, sqlite, postgres, two], How(bench.scale.seconds))
    for subject in (sqlite, postgres, two):
        problems = order.check_order(subject, bench.corpus)
        say(f"  order of every contact on {subject.name}: {'; '.join(problems) or 'kept'}")
        [r for r in bench.runs if r.subject == subject.name][-1].problems.extend(problems)


def latency(bench: Bench) -> None:
    """One connection alone; then an open loop at half of what closed loop reached. The bare server shows the machine's own part."""
    subjects: list[Subject] = [Bare(), Reference(), OnSqlite(), OnPostgres(bench.cluster)]
    bench.ready(*subjects)
    bench.rounds("alone", subjects, How(bench.scale.seconds, connections=1))
    for subject in subjects:
        speeds = [r.per_second for r in bench.runs if r.part == "turns" and r.subject == subject.name]
        full = measure.median(speeds) or measure.once(subject, bench.corpus, How(bench.scale.seconds), part="turns").per_second
        bench.rounds("half", [subject], How(bench.scale.seconds, rate=full / 2))


def sent(bench: Bench) -> None:
    """Until the reply is at the provider, beside the peer."""
    stub = free_port()
    run, apart = run_at(stub, "run"), apart_at(bench, stub)
    replies.prepare(run, OnSqlite(run.name), bench.corpus, bench.mark)
    replies.prepare(apart, OnPostgres(bench.cluster, apart.name), bench.corpus, bench.mark)
    peer = replies.Peer(stub)
    with_replies = [_until_sent(bench, stub, subject, "sent") for subject in (run, apart)]
    bench.repeat([(peer.name, lambda number: replies.once(peer, stub, bench.scale.seconds, number)), *with_replies])


def run_at(stub: int, name: str) -> OnSqlite:
    """Everything in one process, sending to the stub."""
    return OnSqlite(name, extra=replies.sender_settings(stub), commands=("run",))


def apart_at(bench: Bench, stub: int) -> OnPostgres:
    """A web process and a worker over PostgreSQL."""
    return OnPostgres(bench.cluster, "web+worker", extra=replies.sender_settings(stub), commands=("web", "worker"))


def _until_sent(bench: Bench, stub: int, subject: Product, part: str) -> tuple[str, Callable[[int], Run]]:
    return subject.name, lambda number: replies.once(subject, stub, bench.scale.seconds, number, bench.corpus, part)


def million(bench: Bench) -> None:
    """The same load with a million cases more in the database."""
    mark, stub = f"{bench.mark}full{bench.scale.cases}", free_port()
    for small, big in (
        (OnSqlite(), OnSqlite("sqlite-million")),
        (OnPostgres(bench.cluster), OnPostgres(bench.cluster, "postgres-million")),
    ):
        bench.ready(small)
        if not big.restore(mark):
            bench.ready(big)
            _fill(big, bench.scale.cases, mark)
        big.mark, big.filled = mark, fill.rows(bench.scale.cases)
        bench.rounds("million", [small, big], How(bench.scale.seconds))
    run, full = run_at(stub, "run"), run_at(stub, "run-million")
    replies.prepare(run, OnSqlite("run"), bench.corpus, bench.mark)
    if not full.restore(mark):
        replies.prepare(full, OnSqlite("run-million"), bench.corpus, bench.mark)
        _fill(full, bench.scale.cases, mark)
    full.mark, full.filled = mark, fill.rows(bench.scale.cases)
    bench.repeat([_until_sent(bench, stub, subject, "million") for subject in (run, full)])


def _fill(subject: Product, cases: int, mark: str) -> None:
    fill.fill(subject.url, cases)
    subject.keep(mark)


PARTS: dict[str, Callable[[Bench], None]] = {"turns": turns, "latency": latency, "sent": sent, "million": million}
