"""Keeps a server small: structlog would load rich, for coloured tracebacks that no log of ours prints; that is 5 MiB a process."""

from __future__ import annotations

import importlib
import sys


def load_structlog() -> None:
    """Load it as if rich were not installed. Whoever imports rich afterwards gets it."""
    if {"rich", "structlog"} & set(sys.modules):
        return
    sys.modules["rich"] = None  # type: ignore[assignment]  # while this stands, importing it fails
    try:
        importlib.import_module("structlog")
    finally:
        del sys.modules["rich"]
