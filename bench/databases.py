"""PostgreSQL and Redis of the bench's own, on loopback, with every commit on the disk before it is answered."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

from bench.processes import Server, free_port
from bench.settings import WORK, PartMissing, need

_POSTGRES = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "256MB",
    "max_connections": "100",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "max_wal_size": "4GB",
    "jit": "off",
}


def postgres_bin() -> Path:
    """The folder of initdb and postgres; raises PartMissing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True)
    for folder in [*found, *(Path(p).parent for p in [shutil.which("initdb")] if p)]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise PartMissing("The bench needs PostgreSQL 15 or later: apt-get install postgresql")


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root: the user to become, or None when we are not root."""
    if os.geteuid() != 0:
        return None
    names = {p.pw_name for p in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


class Postgres:
    """A cluster under `WORK/<name>`, kept between runs of the bench; started on `core`."""

    def __init__(self, *, core: int | None, name: str = "postgres", fresh: bool = False) -> None:
        self.folder, self.core, self.port, self.user = WORK / name, core, free_port(), _unprivileged()
        if fresh:
            shutil.rmtree(self.folder, ignore_errors=True)
        if not (self.folder / "PG_VERSION").exists():
            self._init()
        self.start()

    def _init(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.folder.chmod(0o700)
        become: list[str] = []
        if self.user:
            shutil.chown(self.folder, self.user)
            become = ["setpriv", "--reuid", self.user, "--regid", self.user, "--clear-groups"]
        subprocess.run(
            [*become, postgres_bin() / "initdb", "-D", self.folder, "-A", "trust", "-U", "teduh", "--locale=C", "-E", "UTF8"],
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def start(self) -> None:
        """Start it (again) on the same port."""
        options = [x for k, v in (_POSTGRES | {"port": str(self.port)}).items() for x in ("-c", f"{k}={v}")]
        command: list[str | Path] = [postgres_bin() / "postgres", "-D", self.folder, *options]
        self.server = Server("postgres", command, core=self.core, port=self.port, user=self.user)
        for _ in range(200):
            if subprocess.run([postgres_bin() / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)], check=False).returncode == 0:
                return
            time.sleep(0.05)

    def url(self, database: str) -> str:
        """As the product takes it."""
        return f"postgresql+psycopg://teduh@127.0.0.1:{self.port}/{database}"

    def sql(self, statement: str, database: str = "postgres") -> None:
        """Run one statement outside a transaction."""
        import psycopg

        with psycopg.connect(f"host=127.0.0.1 port={self.port} user=teduh dbname={database}", autocommit=True) as connection:
            connection.execute(statement.encode())

    def fresh_database(self, name: str) -> str:
        """An empty database; returns its address."""
        self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.sql(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def stop(self) -> None:
        """A fast shutdown: connections are cut, what was committed is on the disk."""
        self.server.stop(signal.SIGINT)


class Redis:
    """Empty at the start; appends and syncs each write before it is answered."""

    def __init__(self, *, core: int | None) -> None:
        folder = WORK / "redis"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.port = free_port()
        command: list[str | Path] = [
            need("redis-server", "redis-server"),
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--dir",
            folder,
            "--save",
            "",
            "--appendonly",
            "yes",
            "--appendfsync",
            "always",
        ]
        self.server = Server("redis", command, core=core, port=self.port)

    @property
    def url(self) -> str:
        """As clients take it."""
        return f"redis://127.0.0.1:{self.port}/0"

    def stop(self) -> None:
        """End it."""
        self.server.stop()
