"""The real program, made to die often: its modules are loaded once, and each start is a fork that runs `teduh run` from its beginning.

A start from nothing takes seconds, nearly all of them imports, in which nothing can be lost. The last start of a test is a whole one.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.support.source import ROOT

_READY_SECONDS = 30.0


class Mortal:
    """`start` and `kill` as often as you like; `close` at the end."""

    def __init__(self, folder: Path, environment: Mapping[str, str], port: int) -> None:
        self._log, self._environment, self._port = folder / "mortal.log", dict(environment), port
        self._nursery: asyncio.subprocess.Process | None = None
        self._pid = 0

    async def start(self, *, ready: bool = True) -> None:
        """Fork and, unless told otherwise, wait until it listens."""
        if self._nursery is None:
            with self._log.open("ab") as log:
                self._nursery = await asyncio.create_subprocess_exec(
                    sys.executable,
                    "-m",
                    "tests.loss.mortal",
                    cwd=ROOT,
                    env=self._environment,
                    stderr=log,
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                )
        nursery = self._nursery
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        nursery.stdin.write(b"\n")
        self._pid = int(await asyncio.wait_for(nursery.stdout.readline(), _READY_SECONDS))
        if ready:
            await self._listening()

    async def _listening(self) -> None:
        async with asyncio.timeout(_READY_SECONDS):
            while True:
                with contextlib.suppress(OSError):
                    _, writer = await asyncio.open_connection("127.0.0.1", self._port)
                    writer.close()
                    return
                await asyncio.sleep(0.01)

    async def kill(self) -> None:
        """kill -9, and wait until it is gone. Fails when it had ended by itself."""
        pid, self._pid = self._pid, 0
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            raise AssertionError(f"the program ended by itself:\n{self._log.read_text(errors='replace')[-3000:]}") from None
        with contextlib.suppress(ProcessLookupError):
            while True:
                os.kill(pid, 0)
                await asyncio.sleep(0.002)

    async def close(self) -> None:
        """End what is left, and the process that bore it."""
        if self._pid:
            await self.kill()
        if self._nursery is not None and self._nursery.stdin is not None:
            self._nursery.stdin.close()
            await self._nursery.wait()


def bear() -> None:
    """For each line on the standard input fork a child that becomes the program; tell its pid."""
    import bot.app
    import bot.commands.run
    import bot.telegram
    import bot.whatsapp
    from bot.__main__ import main

    del bot
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin.buffer:
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            os.dup2(2, 1)
            sys.argv = ["teduh", "run"]
            main()
            os._exit(0)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    bear()
