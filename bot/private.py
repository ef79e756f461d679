"""What a process that holds the key shows to nobody: its new files, and its memory."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource

_PR_SET_DUMPABLE = 4
"""Of Linux's prctl.h."""


def keep_private() -> None:
    """New files are ours alone to read; a crash leaves no dump, where the key lies open; no other program of our account reads along."""
    os.umask(0o077)
    with contextlib.suppress(OSError, ValueError):  # a limit that may not be touched
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, AttributeError):  # another system than Linux
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
