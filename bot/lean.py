"""Keeps a server small: without what no log of ours prints, and with one heap for all its threads."""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import sys

_M_ARENA_MAX = -8
"""Of glibc's malloc.h."""


def share_heap() -> None:
    """Let all threads use one heap: Python's own lock lets only one of them run anyway, and each heap keeps what it once had (8 MiB)."""
    with contextlib.suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def load_structlog() -> None:
    """Load it as if rich were not installed: for coloured tracebacks it would take 5 MiB. Whoever imports rich afterwards gets it."""
    if {"rich", "structlog"} & set(sys.modules):
        return
    sys.modules["rich"] = None  # type: ignore[assignment]  # while this stands, importing it fails
    try:
        importlib.import_module("structlog")
    finally:
        del sys.modules["rich"]
