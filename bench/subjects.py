"""What is measured: each subject starts its servers on the server's core, and can count what it holds."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from bench import environment
from bench.databases import Postgres
from bench.processes import Server, ServerEnded, free_port
from bench.settings import ACCOUNT, AUTH_TOKEN, OUR_ADDRESS, PATH, PUBLIC_URL, REGION, ROOT, SECRET_KEY, SERVER_CORE, WORK, public_webhook


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


class _Sqlite(Subject):
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


class Reference(_Sqlite):
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


def product_environment(folder: Path, database_url: str, port: int) -> dict[str, str]:
    """The product's settings for one process."""
    return {
        "TEDUH_REGION": REGION,
        "TEDUH_DATABASE_URL": database_url,
        "TEDUH_DATA_DIR": str(folder / "data"),
        "TEDUH_SECRET_KEY": SECRET_KEY,
        "TEDUH_PUBLIC_URL": PUBLIC_URL,
        "TEDUH_SIMULATOR": "0",
        "TEDUH_PORT": str(port),
        "TEDUH_LOG": "json",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
        "TWILIO_WHATSAPP_FROM": OUR_ADDRESS,
    }


def teduh(*arguments: str) -> list[str | Path]:
    """A command line of the product, in the environment that runs the bench."""
    return [sys.executable, "-m", "bot", *arguments]


@dataclass
class _Product:
    """What both kinds of database share: migrate, then any number of web processes."""

    processes: int = 1
    extra: dict[str, str] = field(default_factory=dict)
    commands: tuple[str, ...] = ("web",)

    def launch(self, folder: Path, url: str) -> tuple[list[Server], list[int]]:
        """The servers and the ports they answer on."""
        env = {**_clean(), **product_environment(folder, url, 0)}
        done = subprocess.run([str(x) for x in teduh("migrate")], env=env, cwd=ROOT, check=False, capture_output=True, text=True)
        if done.returncode:
            raise ServerEnded(f"the database could not be migrated:\n{done.stderr[-2000:]}")
        servers, ports = [], []
        for number in range(self.processes):
            for command in self.commands:
                port = free_port()
                env = product_environment(folder, url, port) | self.extra
                serves = command in ("web", "run")
                name = f"{folder.name}-{command}-{number}"
                servers.append(Server(name, teduh(command), core=SERVER_CORE, port=port if serves else None, env=env))
                ports += [port] if serves else []
        return servers, ports


def _clean() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith(("TEDUH_", "TWILIO_", "TELEGRAM_"))}


COUNTS = "SELECT (SELECT count(*) FROM message), (SELECT count(*) FROM outbox), (SELECT count(*) FROM message WHERE NOT worked)"


class OnSqlite(_Sqlite):
    """The product on the embedded default."""

    def __init__(self, name: str = "sqlite", **product: object) -> None:
        self.name, self.product = name, _Product(**product)  # type: ignore[arg-type]

    @property
    def url(self) -> str:
        """As the product takes it."""
        return f"sqlite:///{self.file}"

    def start(self) -> Running:
        """`teduh web`."""
        servers, ports = self.product.launch(self.folder, self.url)
        return Running(servers, ports)

    def holdings(self) -> Holdings:
        """From the product's tables."""
        db = sqlite3.connect(self.file)
        try:
            return Holdings(*db.execute(COUNTS).fetchone())
        finally:
            db.close()


class OnPostgres(Subject):
    """The product on PostgreSQL, which runs on the same core."""

    def __init__(self, cluster: Postgres, name: str = "postgres", **product: object) -> None:
        self.name, self.cluster, self.product = name, cluster, _Product(**product)  # type: ignore[arg-type]

    @property
    def database(self) -> str:
        """Its database in the cluster."""
        return f"teduh_{self.name}"

    @property
    def url(self) -> str:
        """As the product takes it."""
        return self.cluster.url(self.database)

    def reset(self) -> None:
        """A database without tables."""
        super().reset()
        self.cluster.fresh_database(self.database)

    def start(self) -> Running:
        """`teduh web`, once or more."""
        servers, ports = self.product.launch(self.folder, self.url)
        return Running(servers, ports, self.cluster.server)

    def keep(self, mark: str) -> None:
        """A copy of the database, made by PostgreSQL."""
        self._copy(self.database, self._kept(mark))
        if self.state and self.state.exists():
            shutil.copy(self.state, self._state(mark))

    def restore(self, mark: str) -> bool:
        """The copy back."""
        if not self._state(mark).exists():
            return False
        super().reset()
        self._copy(self._kept(mark), self.database)
        assert self.state
        shutil.copy(self._state(mark), self.state)
        return True

    def _kept(self, mark: str) -> str:
        return f"kept_{self.name}_{mark}"

    def _state(self, mark: str) -> Path:
        return self.cluster.folder.parent / "kept" / f"{self._kept(mark)}.state"

    def _copy(self, source: str, target: str) -> None:
        self._state("").parent.mkdir(parents=True, exist_ok=True)
        self.cluster.sql(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        self.cluster.sql(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
        self.cluster.sql("CHECKPOINT")

    def holdings(self) -> Holdings:
        """From the product's tables."""
        import psycopg

        with psycopg.connect(self.url.replace("+psycopg", "")) as connection:
            row = connection.execute(COUNTS).fetchone()
        assert row
        return Holdings(*row)


Product = OnSqlite | OnPostgres
