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
from tests.panel.site import Site
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
# A busy machine is no failure; a page that only its own refresh of every half minute would mend is one.
expect.set_options(timeout=15_000)


@pytest.fixture
def gate(small: Site) -> Gate:
    """What stands between the panel and the browsers."""
    return Gate(small.app)


@pytest.fixture
def enter(small: Site, gate: Gate, browser: Browser) -> Iterator[Enter]:
    """An operator in front of the queue, each with a browser of their own; accounts are made as they come."""
    with served(gate) as url, ExitStack() as stack:

        def enters(name: str = "sari", role: Role = Role.OPERATOR, **options: object) -> Page:
            token = small.token(small.operator(name, role))
            page = stack.enter_context(opened(browser, base_url=url, **options))
            page.context.add_cookies(
                [{"name": "teduh_sesi", "value": token, "url": f"{url}/panel/", "httpOnly": True, "sameSite": "Strict"}]
            )
            page.goto("/panel/")
            expect(page.locator("#wire")).to_contain_text("diperbarui")
            return page

        yield enters
