"""HTTP/1.1 to one host over kept connections, for the one call that is made for every message."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httptools

_LARGEST_ANSWER = 1_000_000
"""Bytes; Twilio's have two thousand."""


class AnswerUnreadable(ConnectionError):
    """The other side broke off, or did not speak HTTP."""


@dataclass(slots=True)
class Answer:
    """Status, headers by lower-case name, body."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class _Connection(asyncio.Protocol):
    """One request at a time. A connection whose answer was not complete is closed, and never used again."""

    def __init__(self) -> None:
        self.idle_since = 0.0
        self.open = False
        self._waiting: asyncio.Future[Answer] | None = None
        self._answer = Answer()
        self._parts: list[bytes] = []
        self._size = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self.open = transport, True

    async def ask(self, request: bytes) -> Answer:
        """Send it and wait for the whole answer. Raises AnswerUnreadable."""
        self._waiting = asyncio.get_running_loop().create_future()
        self._parser = httptools.HttpResponseParser(self)
        self._answer, self._parts, self._size = Answer(), [], 0
        self._transport.write(request)
        try:
            return await self._waiting
        finally:
            if not self._waiting.done() or self._waiting.cancelled() or self._waiting.exception() is not None:
                self.close()
            self._waiting = None

    def close(self) -> None:
        """Let it go."""
        self.open = False
        self._transport.close()

    def data_received(self, data: bytes) -> None:
        if self._waiting is None or self._waiting.done():
            self.close()
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._break()

    def connection_lost(self, exc: Exception | None) -> None:
        self.open = False
        headers = self._answer.headers
        if self._waiting is not None and self._answer.status and not headers.keys() & {"content-length", "transfer-encoding"}:
            self.on_message_complete()  # An answer without a length ends with its connection.
        self._break()

    def _break(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(AnswerUnreadable(AnswerUnreadable.__doc__))

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header of the answer (called by the parser)."""
        self._answer.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        """All headers are there (called by the parser)."""
        self._answer.status = self._parser.get_status_code()

    def on_body(self, body: bytes) -> None:
        """A piece of the body (called by the parser)."""
        self._size += len(body)
        if self._size > _LARGEST_ANSWER:
            self._break()
        else:
            self._parts.append(body)

    def on_message_complete(self) -> None:
        """The answer is whole (called by the parser)."""
        if self._answer.status < 200 or self._waiting is None or self._waiting.done():
            self._answer = Answer()
            return
        self._answer.body = b"".join(self._parts)
        self.open = self.open and self._parser.should_keep_alive()
        self._waiting.set_result(self._answer)


class Connections:
    """Connections to one host, kept for a while: opened as needed, the one used last taken first."""

    def __init__(self, base_url: str, *, connect_seconds: float, keep_seconds: float) -> None:
        parts = urlsplit(base_url)
        self._host, secure = parts.hostname or "", parts.scheme == "https"
        self._port = parts.port or (443 if secure else 80)
        self._tls = ssl.create_default_context() if secure else None
        self._authority = parts.netloc.rpartition("@")[2]
        self._connect_seconds, self._keep_seconds = connect_seconds, keep_seconds
        self._idle: deque[_Connection] = deque()

    async def ask(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Answer:
        """One call. Raises OSError and TimeoutError; nothing is repeated, since the first time may have been heard."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._authority}", *(f"{k}: {v}" for k, v in headers.items())]
        head = "\r\n".join([*lines, f"Content-Length: {len(body)}"])
        if head.count("\n") != len(lines) or head.count("\r") != len(lines):
            raise ValueError
        connection = self._kept() or await self._new()
        answer = await connection.ask(f"{head}\r\n\r\n".encode("latin-1") + body)
        if connection.open:
            connection.idle_since = time.monotonic()
            self._idle.append(connection)
        else:
            connection.close()
        return answer

    def _kept(self) -> _Connection | None:
        oldest = time.monotonic() - self._keep_seconds
        while self._idle:
            connection = self._idle.pop()
            if connection.open and connection.idle_since > oldest:
                return connection
            connection.close()
        return None

    async def _new(self) -> _Connection:
        loop, name = asyncio.get_running_loop(), self._host if self._tls else None
        async with asyncio.timeout(self._connect_seconds):
            _, made = await loop.create_connection(_Connection, self._host, self._port, ssl=self._tls, server_hostname=name)
        return made

    def close(self) -> None:
        """Let all idle ones go."""
        while self._idle:
            self._idle.pop().close()
