"""What the undisturbed run of the scripts leads to, found once; and a PostgreSQL to stop."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.loss.expected import Expected
from tests.loss.expected import expected as find
from tests.support import parts
from tests.support.postgres import Server


@pytest.fixture(scope="package")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Expected:
    return find(tmp_path_factory.mktemp("expected"))


@pytest.fixture
def server() -> Iterator[Server]:
    """A PostgreSQL of this test's own, which it may stop."""
    with Server(parts.require(parts.POSTGRESQL)) as own:
        yield own
