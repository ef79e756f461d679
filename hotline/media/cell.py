"""The cell in which strangers' files are read: a child process with little memory and time, no key, no token and no network of ours."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable

MEMORY, SECONDS = 1024 * 1024 * 1024, 20


def run(strip: Callable[[bytes], bytes]) -> int:
    """stdin to stdout; exit status 0 with the file, 1 with nothing: a traceback could quote what the file tells."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        made = strip(sys.stdin.buffer.read())
    except Exception:
        return 1
    sys.stdout.buffer.write(made)
    return 0
