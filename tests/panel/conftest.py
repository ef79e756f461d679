"""A panel over each database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect

from hotline.seal import Seal
from hotline.staff import Role
from hotline.store.database import Database
from tests.panel.served import Gate, served
from tests.panel.site import PASSWORD, Site
from tests.support.browser import opened
from tests.support.clock import Clock


@pytest.fixture
def site(database: Database, seal: Seal, clock: Clock) -> Site:
    """A panel over an empty database, once for each engine."""
    return Site(database, seal, clock)


@pytest.fixture
def small(sqlite_database: Database, seal: Seal, clock: Clock) -> Site:
    """A panel over SQLite, where the engine makes no difference."""
    return Site(sqlite_database, seal, clock)


Enter = Callable[..., Page]


@pytest.fixture
def gate(small: Site) -> Gate:
    """What stands between the panel and the browsers."""
    return Gate(small.app)


@pytest.fixture
def enter(small: Site, gate: Gate, browser: Browser) -> Iterator[Enter]:
    """Signs an operator in through the form, each in a browser of their own; accounts are made as they come."""
    with served(gate) as url, ExitStack() as stack:

        def enters(name: str = "sari", role: Role = Role.OPERATOR, **options: object) -> Page:
            small.operator(name, role)
            page = stack.enter_context(opened(browser, base_url=url, **options))
            page.goto("/panel/")
            page.get_by_label("Nama masuk").fill(name)
            page.get_by_label("Kata sandi").fill(PASSWORD)
            page.get_by_role("button", name="Masuk").click()
            expect(page.locator("#wire")).to_contain_text("diperbarui")
            return page

        yield enters
