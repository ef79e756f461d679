"""A real PostgreSQL for the tests: started in a folder of its own, by whoever runs them, gone when they end."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import psycopg
from psycopg import sql

from bench.machine import tree

# What a test database need not survive, it need not wait for.
FAST: Mapping[str, str] = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
# The shell ends PostgreSQL as soon as its own standard input closes: also when the tests are killed and cannot clean up.
WATCH = '"$@" </dev/null & pid=$!; read -r _; kill -INT $pid; wait $pid'
START_SECONDS = 60


class NotStarted(Exception):
    """PostgreSQL does not start; its log says why."""


def _account() -> str | None:
    """The account that runs the server when we are root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


class Server:
    """One cluster on a Unix socket. `start` and `stop` may be called again: the data stays until `remove`."""

    def __init__(self, binaries: Path, settings: Mapping[str, str] = FAST) -> None:
        self._binaries = binaries
        self._settings = settings
        self._user = _account()
        self.folder = Path(tempfile.mkdtemp(prefix="teduh-pg-", dir="/tmp"))
        if self._user:
            shutil.chown(self.folder, self._user)
        self._data = self.folder / "data"
        self._process: subprocess.Popen[bytes] | None = None
        self._run("initdb", "--pgdata", str(self._data), "--username=teduh", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._binaries / program), *arguments]
        done = subprocess.run(command, user=self._user, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotStarted(f"{program}: {done.stderr}")

    def start(self) -> None:
        """Start and wait until it answers."""
        options = {"listen_addresses": "", "unix_socket_directories": str(self.folder), **self._settings}
        command = [str(self._binaries / "postgres"), "-D", str(self._data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        log = (self.folder / "log").open("ab")
        with log:
            self._process = subprocess.Popen(
                ["sh", "-c", WATCH, "sh", *command],
                user=self._user,
                cwd=self.folder,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process and self._process.poll() is None:
            try:
                psycopg.connect(self.dsn("postgres")).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise NotStarted((self.folder / "log").read_text())

    def stop(self) -> None:
        """Stop it as an operator would at short notice: open transactions are rolled back."""
        if self._process and self._process.stdin:
            self.thaw()
            self._process.stdin.close()
            self._process.wait(timeout=START_SECONDS)
            self._process = None

    def freeze(self) -> None:
        """Let it neither answer nor hang up, until `thaw`."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        for pid in tree(self._process.pid) if self._process else []:
            os.kill(pid, number)

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.remove()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    def remove(self) -> None:
        """Stop it and delete its data."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def dsn(self, name: str) -> str:
        """The connection string of a database for psycopg and the programs of PostgreSQL."""
        return f"host={self.folder} user=teduh dbname={name}"

    def url(self, name: str) -> str:
        """The same for TEDUH_DATABASE_URL."""
        return f"postgresql+psycopg://teduh@/{name}?host={self.folder}"

    def create(self, name: str, template: str = "template0") -> str:
        """Make a database as a copy of another that nobody is connected to; its url."""
        self._admin(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def drop(self, name: str) -> None:
        """Delete a database, whoever is connected."""
        self._admin(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _admin(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            connection.execute(statement)
