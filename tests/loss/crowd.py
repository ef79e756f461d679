"""People who write while everything breaks: each sends a message again until it gets a 200, as providers do, and only then the next."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import Sequence

from bench import corpus

PHONES = 24
_BETWEEN = 0.04
"""Seconds, at most, between two messages of a person."""
_AGAIN = 0.12
"""How many messages the provider delivers twice more although it got its 200."""
_PATIENCE = 20.0
REFUSED, CUT = 0, -1
"""Instead of a status: nobody listened; the connection broke after the request was sent."""


class Phone:
    """One keep-alive connection, opened anew when it breaks."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, request: bytes) -> int:
        """The status, or REFUSED or CUT."""
        try:
            async with asyncio.timeout(_PATIENCE):
                if self._streams is None:
                    self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        except (OSError, TimeoutError):
            return REFUSED
        try:
            async with asyncio.timeout(_PATIENCE):
                reader, writer = self._streams
                writer.write(request)
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
                await reader.readexactly(length)
                return int(head[9:12])
        except (OSError, EOFError, TimeoutError):
            await self.hang_up()
            return CUT

    async def hang_up(self) -> None:
        """Close the connection."""
        streams, self._streams = self._streams, None
        if streams is not None:
            streams[1].close()
            await asyncio.gather(streams[1].wait_closed(), return_exceptions=True)


class Crowd:
    """PHONES people at a time, each telling one of the scripts from its first to its last message; then the next person comes."""

    def __init__(self, scripts: Sequence[Sequence[str]], port: int, chance: random.Random) -> None:
        self._scripts, self._port, self._chance = scripts, port, chance
        self._people = itertools.count()
        self.told: list[int] = []
        """Who told their script to the end: every message of theirs got a 200."""
        self.answers: Counter[int] = Counter()
        """By status, REFUSED or CUT."""
        self.closing = asyncio.Event()
        """Nobody begins after this; who has begun goes on to the end."""

    def script_of(self, person: int) -> int:
        """The number of the script that a person tells."""
        return person % len(self._scripts)

    async def talk(self) -> None:
        """Until `closing`, and until all who began are done."""
        async with asyncio.TaskGroup() as group:
            for _ in range(PHONES):
                group.create_task(self._use(Phone(self._port)))

    async def _use(self, phone: Phone) -> None:
        while not self.closing.is_set():
            person = next(self._people)
            for index, text in enumerate(self._scripts[self.script_of(person)]):
                await self._deliver(phone, corpus.request(person, index, text))
                await asyncio.sleep(self._chance.random() * _BETWEEN)
            self.told.append(person)
        await phone.hang_up()

    async def _deliver(self, phone: Phone, request: bytes) -> None:
        while (status := await self._post(phone, request)) != 200:
            assert status in (REFUSED, CUT, 503), f"answered {status}"
            await asyncio.sleep(0.05 + 0.1 * self._chance.random())
        if self._chance.random() < _AGAIN:
            for _ in range(2):
                await self._post(phone, request)

    async def _post(self, phone: Phone, request: bytes) -> int:
        status = await phone.post(request)
        self.answers[status] += 1
        return status
