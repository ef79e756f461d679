"""HTTP as uvicorn speaks it, with fewer calls of the system: an answer leaves in one, and reading a request takes no quarter of a MiB."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_READ_AT_MOST = 32 * 1024
"""Bytes a look. asyncio makes room for 256 KiB each time: fresh pages that the kernel gives, clears and takes back for every message."""


class Protocol(HttpToolsProtocol):
    """One connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """uvicorn's own, over a transport that joins what it writes."""
        transport.max_size = _READ_AT_MOST  # type: ignore[attr-defined]  # Other loops than asyncio's own do not look at it.
        super().connection_made(cast(asyncio.Transport, _Joined(transport, self.loop)))


class _Joined:
    """A transport that holds what is written until the next word or the loop's next round: head and body of an answer leave together."""

    __slots__ = ("_held", "_loop", "_transport", "is_closing")

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop, self._held = transport, loop, b""
        self.is_closing = transport.is_closing

    def write(self, data: bytes) -> None:
        if self._held:
            held, self._held = self._held, b""
            self._transport.write(held + data)
        else:
            self._held = bytes(data)  # The caller may change its own.
            self._loop.call_soon(self._send)

    def _send(self) -> None:
        if self._held:
            held, self._held = self._held, b""
            self._transport.write(held)

    def close(self) -> None:
        self._send()
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
