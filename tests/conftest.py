"""Fixtures for all tests: both databases, migrated and empty; the seal; a clock; a browser."""

from __future__ import annotations

import gc
import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from hotline.seal import Seal
from hotline.store.database import Database
from hotline.store.migrate import migrate
from tests.support import browser as browsers
from tests.support import parts
from tests.support.clock import Clock
from tests.support.postgres import Server

TEMPLATE = "teduh_template"
_numbers = itertools.count(1)


def _migrated(url: str) -> None:
    database = Database(url)
    migrate(database)
    database.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    _migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """The PostgreSQL that all tests share; a test that stops the server starts its own `Server`."""
    with Server(parts.require(parts.POSTGRESQL)) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server) -> str:
    """The name of a migrated, empty database to copy."""
    _migrated(postgres_server.create(TEMPLATE))
    return TEMPLATE


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite file of this test's own, migrated and empty."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'teduh.db')}"


@pytest.fixture
def postgresql_url(postgres_server: Server, postgres_template: str) -> Iterator[str]:
    """A PostgreSQL database of this test's own, migrated and empty."""
    name = f"teduh_{next(_numbers)}"
    yield postgres_server.create(name, postgres_template)
    postgres_server.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The url of an empty database, once for each engine: for tests that start programs."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty, migrated database, once for each engine."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """An empty, migrated SQLite database."""
    opened = Database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def postgresql_database(postgresql_url: str) -> Iterator[Database]:
    """An empty, migrated PostgreSQL database."""
    opened = Database(postgresql_url)
    yield opened
    opened.close()


@pytest.fixture
def secret_key() -> bytes:
    """The tests' TEDUH_SECRET_KEY, before base64."""
    return bytes(range(32))


@pytest.fixture
def seal(secret_key: bytes) -> Seal:
    """A seal with the tests' key."""
    return Seal([secret_key])


@pytest.fixture
def clock() -> Clock:
    """A clock that the test moves: `clock()` tells, `clock.shift(minutes=5)` moves."""
    return Clock()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; they come last (see below)."""
    with browsers.launched(parts.require(parts.CHROMIUM)) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page; a script error on it fails the test."""
    with browsers.opened(browser) as fresh:
        yield fresh


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: playwright leaves its event loop running in this thread, in which no other test could run its own."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where several processes test side by side, tell the first what was not run in this one."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["not_run"] = parts.not_run


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what was not run in a process that is done."""
    for line, count in getattr(node, "workeroutput", {}).get("not_run", {}).items():
        parts.missed(line, count)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not run."""
    for line, count in parts.not_run.items():
        terminalreporter.write_line(f"NOT RUN for a missing part: {count} test(s). {line}", yellow=True)


def pytest_collection_finish() -> None:
    """What is loaded by now lives as long as the run: looking at it again and again for circles takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
