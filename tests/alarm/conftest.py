"""A house with Kendal's desk, and a night in it."""

from __future__ import annotations

import pytest

from hotline.seal import Seal
from hotline.store.database import Database
from tests.support.clock import Clock
from tests.support.house import House, desk
from tests.support.nights import Night

KENDAL = desk("kendal")


@pytest.fixture
def night(database: Database, seal: Seal, clock: Clock) -> Night:
    """An ordinary night on each database: everybody of the ladder has a phone, two are on duty, the provider takes everything."""
    return Night(House(database, seal, clock, {"kendal": KENDAL})).people()


@pytest.fixture
def bare(database: Database, seal: Seal, clock: Clock) -> Night:
    """A night for which the test itself brings the people."""
    return Night(House(database, seal, clock, {"kendal": KENDAL}))
