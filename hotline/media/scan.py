"""The malware scanner beside us, if there is one: clamd's INSTREAM over a socket. The file goes nowhere else."""

from __future__ import annotations

import asyncio
from enum import StrEnum

CHUNK = 64 * 1024
SECONDS = 60.0
_LONGEST_ANSWER = 4096


class Scan(StrEnum):
    """What the scanner said of a file."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNKNOWN = "unscanned"
    """It did not answer, or not about the file: nobody knows."""


class Clamd:
    """`address`: host:port, or the path of a socket. Source: clamd(8), zINSTREAM: chunks with a length of 4 bytes, ended by one of 0."""

    def __init__(self, address: str, *, seconds: float = SECONDS) -> None:
        self._address, self._seconds = address, seconds

    async def scan(self, data: bytes) -> Scan:
        """Never raises: a scanner that is away must not keep a person's file from being kept."""
        parts = [data[at : at + CHUNK] for at in range(0, len(data), CHUNK)]
        asked = b"zINSTREAM\0" + b"".join(len(part).to_bytes(4, "big") + part for part in parts) + bytes(4)
        said = await self._ask(asked)
        if said == b"stream: OK":
            return Scan.CLEAN
        return Scan.INFECTED if said.startswith(b"stream: ") and said.endswith(b" FOUND") else Scan.UNKNOWN

    async def answers(self) -> bool:
        """Whether it is there."""
        return await self._ask(b"zPING\0") == b"PONG"

    async def _ask(self, asked: bytes) -> bytes:
        """Its answer without the NUL at its end; empty when there is none."""
        try:
            async with asyncio.timeout(self._seconds):
                reader, writer = await self._connect()
                try:
                    writer.write(asked)
                    await writer.drain()
                    answer = await reader.read(_LONGEST_ANSWER)
                    while answer and not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER and (more := await reader.read(1024)):
                        answer += more
                    return answer.rstrip(b"\0\n")
                finally:
                    writer.close()
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            return b""

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._address.startswith("/"):
            return await asyncio.open_unix_connection(self._address)
        host, _, port = self._address.rpartition(":")
        return await asyncio.open_connection(host.strip("[]"), int(port))
