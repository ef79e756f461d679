"""Installs the peers once into a folder outside the source, from the lock beside this file, and starts them."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

import pytest

from tests.support import parts
from tests.support.alone import alone

HERE = Path(__file__).parent
_FILES = ("package.json", "package-lock.json", ".npmrc")
_CACHE = HERE.parents[1] / "var" / "test-peers"
_START_SECONDS = 60.0
TWILIO_OPENAPI = "node_modules/@twilio-alpha/mcp/twilio-oai/spec/json/twilio_api_v2010.json"


def peers() -> Path:
    """The folder with node_modules. Where npm or its registry is missing the test is skipped with the cure, and under CI it fails."""
    npm = parts.require(parts.NODE)
    wanted = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in _FILES)).hexdigest()[:16]
    folder = _CACHE / wanted
    with alone("peers"):
        if not (folder / "installed").exists():
            _install(npm, folder)
    return folder


def _install(npm: Path, folder: Path) -> None:
    shutil.rmtree(_CACHE, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in _FILES:
        shutil.copy(HERE / name, folder / name)
    done = subprocess.run([npm, "ci", "--silent"], cwd=folder, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if done.returncode:
        _missing("the test peers could not be installed; make the npm registry reachable, then run again")
    (folder / "installed").touch()


def _missing(line: str) -> None:
    if parts.CI:
        pytest.fail(line, pytrace=False)
    parts.missed(line)
    pytest.skip(line)


@contextmanager
def bot_api() -> Iterator[str]:
    """telegram-test-api behind its wrapper; gives the base address."""
    with _started(["node", str(HERE / "telegram.cjs")], peers(), re.compile(r"port (\d+)")) as ready:
        yield f"http://127.0.0.1:{ready.group(1)}"


@contextmanager
def twilio_api(specification: str = TWILIO_OPENAPI) -> Iterator[str]:
    """Prism answering for one of Twilio's OpenAPI documents and refusing what it does not allow; gives the base address."""
    folder = peers()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    prism = ["node", "node_modules/@stoplight/prism-cli/dist/index.js", "mock"]
    command = [*prism, "-h", "127.0.0.1", "-p", str(port), "--errors", specification]
    with _started(command, folder, re.compile(r"listening on|is listening")):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _started(command: list[str], folder: Path, ready: re.Pattern[str]) -> Iterator[re.Match[str]]:
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, "NO_COLOR": "1"}
    )
    lines: Queue[str] = Queue()
    reader = threading.Thread(target=_read, args=(process, lines), daemon=True)
    reader.start()
    try:
        yield _first(lines, ready)
    finally:
        process.terminate()
        process.wait(10)
        reader.join(10)


def _read(process: subprocess.Popen[str], lines: Queue[str]) -> None:
    assert process.stdout is not None
    with process.stdout as output:
        for line in output:
            lines.put(line)
    lines.put("")


def _first(lines: Queue[str], ready: re.Pattern[str]) -> re.Match[str]:
    seen = []
    try:
        while line := lines.get(timeout=_START_SECONDS):
            seen.append(line)
            if found := ready.search(line):
                return found
    except Empty:
        pass
    raise AssertionError("the peer did not start: " + "".join(seen[-20:]))
