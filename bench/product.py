"""The product as a subject: `teduh web`, once or more, over either database."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from bench.databases import Postgres
from bench.processes import Server, ServerEnded, free_port
from bench.settings import ACCOUNT, AUTH_TOKEN, OUR_ADDRESS, PUBLIC_URL, REGION, ROOT, SECRET_KEY, SERVER_CORE
from bench.subjects import Holdings, Running, SqliteSubject, Subject


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
        env = {**_clean(), **product_environment(folder, url, free_port())}
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


class OnSqlite(SqliteSubject):
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
