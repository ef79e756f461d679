"""With the reply sent: a message counts when all its replies have reached the provider's stub; the peer does the same on five steps."""

from __future__ import annotations

import json
import subprocess
import time

from sqlalchemy import create_engine, text

from bench import environment, machine, measure
from bench.corpus import Corpus
from bench.databases import Redis
from bench.load import LoadFailed
from bench.processes import Server, free_port
from bench.product import OnPostgres, OnSqlite, Product
from bench.settings import LOAD_CORE, ROOT, SERVER_CORE, TELEGRAM_SECRET, TELEGRAM_TOKEN
from bench.subjects import Running, Subject

_PEER_PATH = "/webhooks/telegram"
_YEAR = 365 * 86_400 * 1_000_000


class Peer(Subject):
    """aiogram with Redis; each run begins with nothing known."""

    name = "peer"
    durable = False

    def __init__(self, stub: int) -> None:
        self.stub = stub

    def start(self) -> Running:
        """Redis and the bot, both on the server's core."""
        redis, port = Redis(core=SERVER_CORE), free_port()
        env = {
            "BENCH_REDIS": redis.url,
            "BENCH_API": f"http://127.0.0.1:{self.stub}",
            "BENCH_TELEGRAM_TOKEN": TELEGRAM_TOKEN,
            "BENCH_TELEGRAM_SECRET": TELEGRAM_SECRET,
            "BENCH_PATH": _PEER_PATH,
            "BENCH_PORT": str(port),
        }
        bot = Server("peer", [environment.python(), "-m", "bench.apps.peer"], core=SERVER_CORE, port=port, env=env)
        return Running([bot, redis.server], [port], redis.server)


def drive(options: dict[str, object], seconds: float) -> dict[str, float]:
    pinned = ["setpriv", "--pdeathsig", "KILL", "taskset", "-c", LOAD_CORE]
    command = [*pinned, environment.python(), "-m", "bench.dialog_load", json.dumps(options)]
    done = subprocess.run([str(x) for x in command], capture_output=True, text=True, cwd=ROOT, timeout=seconds + 60, check=False)
    if done.returncode:
        raise LoadFailed(done.stderr.strip()[-800:])
    return {k: float(v) for k, v in json.loads(done.stdout).items()}


def once(subject: Subject, stub: int, seconds: float, number: int, corpus: Corpus | None = None, part: str = "sent") -> measure.Run:
    """One run in closed loop until the reply."""
    if corpus is not None:
        measure.renew(subject, corpus, seconds + 1)
    machine.wait_for_quiet()
    calibration = machine.calibrate(SERVER_CORE)
    began, running = time.time(), subject.start()
    try:
        if isinstance(subject, OnSqlite | OnPostgres):
            until_sender_lives(subject, began)
        time.sleep(0.5)
        options = load_options(subject, running, stub, seconds, corpus)
        running.forget_peaks()
        before, watch = _cpu(running), machine.Watch()
        done = drive(options, seconds)
        disturbance, after = watch.end(), _cpu(running)
        peak = max(machine.peak_mib(pid) for server in running.servers for pid in server.pids)
    finally:
        running.stop()
    calibration = max(calibration, machine.calibrate(SERVER_CORE))
    problems, turns = _faults(done), max(1.0, done["ok"])
    each = {s.name: (b - a) / turns * 1e6 for s, a, b in zip(running.servers, before, after, strict=False)}
    if corpus is not None and isinstance(subject, OnSqlite | OnPostgres):
        problems += measure.check(subject, corpus) + unsent(subject)
    return measure.Run(
        subject.name,
        part,
        number,
        done["turns"] / seconds,
        (sum(after[:-1]) - sum(before[:-1])) / turns * 1e6,
        (after[-1] - before[-1]) / turns * 1e6,
        done["p50_us"] / 1e3,
        done["p99_us"] / 1e3,
        0.0,
        peak,
        int(done["ok"]),
        int(done["other"]),
        0,
        disturbance.foreign,
        disturbance.steal,
        calibration,
        time.time(),
        problems,
        {k: done[k] for k in ("replies", "expected", "unexpected", "lost", "ack_p50_us", "ack_p99_us")} | each,
    )


def load_options(subject: Subject, running: Running, stub: int, seconds: float, corpus: Corpus | None) -> dict[str, object]:
    """What `dialog_load` must know."""
    options: dict[str, object] = {"port": running.ports[0], "stub": stub, "warm": 1.0, "seconds": seconds}
    if corpus is None:
        return options | {"kind": "telegram", "path": _PEER_PATH}
    return options | {"kind": "twilio", "corpus": str(corpus.path), "state": str(subject.state)}


def _cpu(running: Running) -> list[float]:
    """Of each server, the database last."""
    own = [server for server in running.servers if server is not running.database]
    return [machine.cpu_seconds(server.pids) for server in own] + [machine.cpu_seconds(running.database.pids if running.database else [])]


def _faults(done: dict[str, float]) -> list[str]:
    problems = []
    if done["other"]:
        problems.append(f"{done['other']:.0f} answers that are not 200")
    if done["lost"] or done["unexpected"] or done["replies"] != done["expected"]:
        problems.append(f"{done['expected']:.0f} replies expected, {done['replies']:.0f} came; {done['lost']:.0f} turns waited in vain")
    return problems


def sender_settings(stub: int) -> dict[str, str]:
    """The product's settings for sending to the stub, without the provider's rate limit (10 a second)."""
    return {"TWILIO_API_BASE_URL": f"http://127.0.0.1:{stub}", "TEDUH_RATE_WHATSAPP": "10000"}


def prepare(subject: Product, plain: Product, corpus: Corpus, mark: str) -> None:
    """All contacts known, and every reply of the time before the measurement sent; `plain` is the same subject without a worker.

    What was told before stays as it is for a year: else silent stories and the last rung of a ladder nobody answered, which tells the
    reporter, would add their messages to a run on a copy that is a quarter of an hour old.
    """
    subject.mark = f"{mark}sent"
    if subject.restore(subject.mark):
        return
    measure.prepare(plain, corpus, mark)
    _ask(subject, "UPDATE outbox SET state = 'sent', sent_at = created_at")
    _ask(subject, f"UPDATE contact SET quiet_at = quiet_at + {_YEAR} WHERE quiet_at IS NOT NULL")
    _ask(subject, f"UPDATE alarm SET next_rung_at = next_rung_at + {_YEAR} WHERE next_rung_at IS NOT NULL")
    _ask(subject, f"UPDATE alarm_rung SET due_at = due_at + {_YEAR}")
    if isinstance(subject, OnPostgres):
        # What was just written by hand would else be believed to wait still; in a service that runs, PostgreSQL looks once a minute.
        subject.cluster.sql("VACUUM ANALYZE", subject.database)
    subject.keep(subject.mark)


def until_sender_lives(subject: Product, began: float, seconds: float = 60.0) -> None:
    """A worker has no port to wait for, but a heartbeat: what it needs to start is no turn's."""
    beats = f"SELECT count(*) FROM heartbeat WHERE process LIKE 'worker/%' AND at > {int(began * 1e6)}"
    while not _ask(subject, beats):
        if time.time() > began + seconds:
            raise LoadFailed(f"{subject.name}: no worker after {seconds:.0f} s")
        time.sleep(0.2)


def unsent(subject: Product) -> list[str]:
    """What still waits in the outbox."""
    count = _ask(subject, "SELECT count(*) FROM outbox WHERE state <> 'sent'")
    return [f"{count} replies not marked as sent"] if count else []


def _ask(subject: Product, statement: str) -> int:
    engine = create_engine(subject.url)
    with engine.begin() as connection:
        result = connection.execute(text(statement))
        found = result.scalar_one() if result.returns_rows else 0
    engine.dispose()
    return int(found)
