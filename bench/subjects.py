"""What is measured: each subject starts its servers on the server's core, and can count what it holds."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from bench import environment, machine
from bench.processes import Server, free_port
from bench.settings import AUTH_TOKEN, PATH, SERVER_CORE, WORK, public_webhook


@dataclass(slots=True)
class Running:
    """Servers that answer on `ports`; `database` are the processes that work for them."""

    servers: list[Server]
    ports: list[int]
    database: Server | None = None

    @property
    def all(self) -> list[Server]:
        """The servers and the database, each once."""
        return [*self.servers, *([self.database] if self.database and self.database not in self.servers else [])]

    def forget_peaks(self) -> None:
        """Count the most memory from here on: what is asked for is that of the load, not of the start."""
        for server in self.servers:
            for pid in server.pids:
                machine.forget_peak(pid)

    def stop(self) -> None:
        """End them, the database stays."""
        for server in self.servers:
            server.stop()


@dataclass(slots=True)
class Holdings:
    """What a subject has in its tables."""

    messages: int
    replies: int
    unworked: int = 0


class Subject:
    """One arrangement. `state` is how far its load has come; None: it keeps nothing, so the load may wrap around."""

    name: str
    durable: ClassVar[bool] = True
    mark: str = ""
    """Where `restore` finds the state that a run may begin from."""
    filled: tuple[int, int] = (0, 0)
    """Messages and replies in the tables that no load brought."""

    @property
    def folder(self) -> Path:
        """Its own scratch folder."""
        return WORK / "subjects" / self.name

    @property
    def state(self) -> Path | None:
        """Where the load generator keeps how far it came."""
        return self.folder / "state" if self.durable else None

    def reset(self) -> None:
        """Forget everything."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def start(self) -> Running:
        """Start the servers."""
        raise NotImplementedError

    def holdings(self) -> Holdings | None:
        """Rows kept; None for a subject that keeps none."""
        return None

    def keep(self, mark: str) -> None:
        """Remember the present state under a mark."""

    def restore(self, mark: str) -> bool:
        """Go back to the state remembered under a mark; False when there is none."""
        del mark
        return False


def _uvicorn(app: str, port: int, env: Mapping[str, str]) -> Server:
    command: list[str | Path] = [
        environment.python(),
        "-m",
        "uvicorn",
        app,
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--loop",
        "uvloop",
        "--http",
        "httptools",
        "--no-access-log",
        "--log-level",
        "warning",
    ]
    return Server(app.split(":")[0].rsplit(".", 1)[-1], command, core=SERVER_CORE, port=port, env=env)


class Bare(Subject):
    """The bare FastAPI endpoint."""

    name = "b1"
    durable = False

    def start(self) -> Running:
        """One uvicorn."""
        port = free_port()
        return Running([_uvicorn("bench.apps.bare:app", port, {"BENCH_PATH": PATH})], [port])


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a closed database with its log."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{target}{suffix}").unlink(missing_ok=True)
        if Path(f"{source}{suffix}").exists():
            subprocess.run(["cp", "--reflink=auto", f"{source}{suffix}", f"{target}{suffix}"], check=True)


class SqliteSubject(Subject):
    """A subject whose state is one SQLite file."""

    @property
    def file(self) -> Path:
        """The database."""
        return self.folder / "teduh.db"

    def keep(self, mark: str) -> None:
        """Copy database and state aside."""
        aside = WORK / "kept" / f"{self.name}-{mark}"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        copy_sqlite(self.file, aside / "teduh.db")
        if self.state and self.state.exists():
            shutil.copy(self.state, aside / "state")

    def restore(self, mark: str) -> bool:
        """Copy them back."""
        aside = WORK / "kept" / f"{self.name}-{mark}"
        if not (aside / "teduh.db").exists():
            return False
        self.reset()
        copy_sqlite(aside / "teduh.db", self.file)
        if self.state and (aside / "state").exists():
            shutil.copy(aside / "state", self.state)
        return True


class Reference(SqliteSubject):
    """The minimal durable turn."""

    name = "reference"

    def start(self) -> Running:
        """One uvicorn."""
        port = free_port()
        env = {"BENCH_PATH": PATH, "BENCH_URL": public_webhook(), "BENCH_TOKEN": AUTH_TOKEN, "BENCH_DATABASE": str(self.file)}
        return Running([_uvicorn("bench.apps.reference:app", port, env)], [port])

    def holdings(self) -> Holdings:
        """One reply a message."""
        db = sqlite3.connect(self.file)
        try:
            messages = db.execute("SELECT count(*) FROM message").fetchone()[0]
            return Holdings(messages, db.execute("SELECT count(*) FROM outbox").fetchone()[0])
        finally:
            db.close()
