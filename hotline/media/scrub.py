"""The working copy of a file, made by a child process (`hotline.media.cell`)."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from hotline.file_kinds import KINDS, FileKind, judge

_PROGRAMS = Path(__file__).parent
SECONDS = 30.0


async def working_copy(data: bytes, kind: FileKind = KINDS["jpeg"]) -> bytes | None:
    """The file without what it tells beside its content, pictures as JPEG; None when that cannot be done safely, in time and memory.

    Then only the sealed original is kept.
    """
    if not kind.stripped_by:
        return None
    # A clean environment: the child knows neither the key nor any token.
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        "-B",
        str(_PROGRAMS / f"{kind.stripped_by}.py"),
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
    return made if child.returncode == 0 and judge(made) is copied_as(kind) else None


def copied_as(kind: FileKind) -> FileKind:
    """The kind of a working copy."""
    return KINDS["jpeg"] if kind.picture else kind
