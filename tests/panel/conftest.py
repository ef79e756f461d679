"""A panel over each database."""

from __future__ import annotations

import pytest

from hotline.seal import Seal
from hotline.store.database import Database
from tests.panel.site import Site
from tests.support.clock import Clock


@pytest.fixture
def site(database: Database, seal: Seal, clock: Clock) -> Site:
    """A panel over an empty database, once for each engine."""
    return Site(database, seal, clock)


@pytest.fixture
def small(sqlite_database: Database, seal: Seal, clock: Clock) -> Site:
    """A panel over SQLite, where the engine makes no difference."""
    return Site(sqlite_database, seal, clock)
