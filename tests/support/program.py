"""The whole program as a process of its own, as `make run` starts it."""

from __future__ import annotations

import base64
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tests.support.source import ROOT

START_SECONDS = 30
KEY = base64.b64encode(bytes(range(32))).decode()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Program:
    """`teduh run` over one database. `start` again after `stop` or `kill`: same port, same data."""

    def __init__(self, folder: Path, database_url: str, environment: Mapping[str, str] | None = None, command: str = "run") -> None:
        self.port = free_port()
        self.database_url = database_url
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = folder / "program.log"
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(folder),
            "TEDUH_DATA_DIR": str(folder / "data"),
            "TEDUH_DATABASE_URL": database_url,
            "TEDUH_SECRET_KEY": KEY,
            "TEDUH_PORT": str(self.port),
            **(environment or {}),
        }

    def start(self) -> None:
        """Start and wait until it takes requests."""
        command = [sys.executable, "-m", "bot", self._command]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self._log.parent, env=self._environment, stdout=log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                if self.request("GET", "/health/live")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"the program did not start:\n{self.log}")

    def request(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Status and body of one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            return response.status, response.read().decode(errors="replace")
        finally:
            connection.close()

    def stop(self) -> None:
        """Ask it to end, and wait."""
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=START_SECONDS)

    def kill(self) -> None:
        """kill -9."""
        if self._process:
            self._process.kill()
            self._process.wait()

    @property
    def log(self) -> str:
        """Everything it has printed."""
        return self._log.read_text(errors="replace")
