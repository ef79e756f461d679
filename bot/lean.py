"""Keeps a server small: without what no log of ours prints, and with one heap for all its threads."""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import sys

_M_ARENA_MAX, _M_MMAP_THRESHOLD = -8, -3
"""Of glibc's malloc.h."""
_LARGE = 256 * 1024


def share_heap() -> None:
    """Let all threads use one heap: Python's own lock lets only one of them run anyway, and each heap keeps what it once had (8 MiB).

    Large pieces are given back at once: after the first PIN's hash (8 MiB) glibc would keep as much of the heap for the next.
    """
    with contextlib.suppress(OSError, AttributeError):  # another C library
        libc = ctypes.CDLL(None)
        libc.mallopt(_M_ARENA_MAX, 1)
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE)


def load_structlog() -> None:
    """Load it as if rich were not installed: for coloured tracebacks it would take 5 MiB. Whoever imports rich afterwards gets it."""
    if {"rich", "structlog"} & set(sys.modules):
        return
    sys.modules["rich"] = None  # type: ignore[assignment]  # while this stands, importing it fails
    try:
        importlib.import_module("structlog")
    finally:
        del sys.modules["rich"]
