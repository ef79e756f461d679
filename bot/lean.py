"""Keeps a server small and quick: without what none of its ways ever uses, one heap for all its threads, large pages."""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

_M_ARENA_MAX, _M_MMAP_THRESHOLD = -8, -3
"""Of glibc's malloc.h."""
_LARGE = 256 * 1024
_MADV_HUGEPAGE, _MADV_COLLAPSE = 14, 25
"""Of Linux's mman.h; the second since Linux 6.1."""
_LINUX = Path("/sys/kernel/mm/transparent_hugepage")


def share_heap() -> None:
    """Let all threads use one heap: Python's own lock lets only one of them run anyway, and each heap keeps what it once had (8 MiB).

    Large pieces are given back at once: after the first PIN's hash (8 MiB) glibc would keep as much of the heap for the next.
    """
    with contextlib.suppress(OSError, AttributeError):  # another C library
        libc = ctypes.CDLL(None)
        libc.mallopt(_M_ARENA_MAX, 1)
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """What was in use only while everything was loaded goes back to the system; glibc would keep it for whoever asks next."""
    with contextlib.suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


def take_large_pages() -> int:
    """Have Linux hold what the process has by now in pages of 2 MiB instead of 4 KiB, and give how many bytes it took.

    A turn touches so many places that the processor keeps looking up where the small ones lie: up to a tenth of its time. Nothing is
    done where the machine's owner switched large pages off, or on another system; a Linux before 6.1 is asked, and does it by and by.
    """
    try:
        if "[never]" in (_LINUX / "enabled").read_text():
            return 0
        page = int((_LINUX / "hpage_pmd_size").read_text())
        mappings = Path("/proc/self/maps").read_text().splitlines()
        madvise = ctypes.CDLL(None).madvise
    except (OSError, ValueError, AttributeError):
        return 0
    madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    taken = 0
    for span, rights, _offset, _device, file, *name in map(str.split, mappings):
        first, end = (int(address, 16) // page for address in span.split("-"))
        first += 1  # a mapping rarely begins at a large page
        if rights == "rw-p" and file == "0" and name in ([], ["[heap]"]) and first < end:
            place = first * page, (end - first) * page
            madvise(*place, _MADV_HUGEPAGE)
            taken += place[1] if madvise(*place, _MADV_COLLAPSE) == 0 else 0
    return taken


def load_structlog() -> None:
    """Load it as if rich were not installed: for coloured tracebacks it would take 5 MiB. Whoever imports rich afterwards gets it."""
    if {"rich", "structlog"} & set(sys.modules):
        return
    with _standing_in(rich=None):  # while this stands, importing it fails
        importlib.import_module("structlog")


def load_twilio() -> None:
    """Load its client without requests, which takes 6 MiB for a transport that is not ours (`bot.whatsapp.http`).

    Whoever imports requests afterwards gets it. A twilio that wants more of it at its loading is given the whole.
    """
    if {"requests", "twilio.http"} & set(sys.modules):
        return
    names = ("Request", "Response", "Session", "hooks")
    stand_ins = {"requests": _module("requests", names), "requests.adapters": _module("requests.adapters", ("HTTPAdapter",))}
    before = set(sys.modules)
    try:
        with _standing_in(**stand_ins):
            importlib.import_module("twilio.rest")
    except Exception:
        # What was loaded by then holds the stand-ins.
        for name in [name for name in sys.modules if name.partition(".")[0] == "twilio" and name not in before]:
            del sys.modules[name]


class LeftOut:
    """A part of requests that `load_twilio` left out: give twilio's client a transport."""

    def __init__(self, *_: Any, **__: Any) -> None:
        raise RuntimeError(LeftOut.__doc__)


def _module(name: str, names: tuple[str, ...]) -> ModuleType:
    made = ModuleType(name)
    made.__dict__.update(dict.fromkeys(names, LeftOut))
    return made


@contextlib.contextmanager
def _standing_in(**modules: ModuleType | None) -> Iterator[None]:
    sys.modules.update(modules)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in modules:
            sys.modules.pop(name, None)
