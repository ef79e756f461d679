"""A shell in which people give `teduh` its commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.program import KEY
from tests.support.shell import Shell


@pytest.fixture
def teduh(tmp_path: Path) -> Shell:
    """A shell on a machine where nothing is set up."""
    return Shell(tmp_path)


@pytest.fixture
def ready(teduh: Shell) -> Shell:
    """A shell with a migrated database and a key."""
    teduh.env["TEDUH_SECRET_KEY"] = KEY
    assert teduh("migrate") == (0, "Basis data mutakhir.\n", "")
    return teduh
