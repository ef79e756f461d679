"""What the undisturbed run of the scripts leads to, found once."""

from __future__ import annotations

import pytest

from tests.loss.expected import Expected
from tests.loss.expected import expected as find


@pytest.fixture(scope="package")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Expected:
    return find(tmp_path_factory.mktemp("expected"))
