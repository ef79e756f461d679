"""Starts a server pinned to a core, waits until it listens, and ends exactly what it started."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench import machine
from bench.settings import LOGS, ROOT


class ServerEnded(Exception):
    """The server ended instead of listening."""


def free_port() -> int:
    """A port nobody has at this moment."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


class Server:
    """A process of ours. `port` (if any) is waited for; `user` is taken on before the start when we are root."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        core: int | None,
        port: int | None = None,
        env: Mapping[str, str] | None = None,
        user: str | None = None,
        cwd: Path = ROOT,
    ) -> None:
        LOGS.mkdir(parents=True, exist_ok=True)
        self.name, self.port, self.log = name, port, LOGS / f"{name}.log"
        prefix = ["setpriv", "--pdeathsig", "KILL"]
        if user is not None and os.geteuid() == 0:
            prefix += ["--reuid", user, "--regid", user, "--clear-groups"]
        if core is not None:
            prefix += ["taskset", "-c", str(core)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*prefix, *map(str, command)],
                env={**os.environ, **(env or {})},
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd=cwd,
                start_new_session=True,
            )
        if port is not None:
            self.wait_until_listening(port)

    def wait_until_listening(self, port: int, seconds: float = 60.0) -> None:
        """Return when the port takes connections; raises ServerEnded with the end of the log."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 0.5).close()
                return
            time.sleep(0.02)
        self.stop()
        raise ServerEnded(f"{self.name} does not listen on {port}:\n" + "\n".join(self.log.read_text(errors="replace").splitlines()[-15:]))

    @property
    def pids(self) -> list[int]:
        """The process and its children."""
        return machine.tree(self.process.pid)

    def kill(self) -> None:
        """SIGKILL to the process and what it started, at once."""
        for pid in reversed(self.pids):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self, sig: signal.Signals = signal.SIGTERM, seconds: float = 15.0) -> None:
        """Ask it to end; after `seconds`, end it."""
        if self.process.poll() is None:
            self.process.send_signal(sig)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.kill()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
