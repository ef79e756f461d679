"""One at a time, among the processes that test side by side."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.source import ROOT


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Wait until no other process of this clone is in a block of this name."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    with (folder / f"test-{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
