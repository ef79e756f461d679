"""The working copy of a picture, made by a child process (`hotline.media.strip`)."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

_PROGRAM = Path(__file__).with_name("strip.py")
SECONDS = 30.0


async def working_copy(data: bytes) -> bytes | None:
    """The picture as JPEG without metadata; None when it cannot be read, in time and memory: then only the sealed original is kept."""
    # A clean environment: the child knows neither the key nor any token.
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(_PROGRAM),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
    )
    try:
        async with asyncio.timeout(SECONDS):
            made, _ = await child.communicate(data)
    except TimeoutError:
        return None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return made if child.returncode == 0 and made.startswith(b"\xff\xd8\xff") else None
