"""HTTP as uvicorn speaks it, with fewer calls of the system: an answer leaves in one, and reading a request takes no quarter of a MiB.

And with an end to what a stranger may make it keep: uvicorn collects a head without limit and waits for ever for what does not come.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_READ_AT_MOST = 32 * 1024
"""Bytes a look. asyncio makes room for 256 KiB each time: fresh pages that the kernel gives, clears and takes back for every message."""
HEAD_AT_MOST = 64 * 1024
"""Bytes of a request before its body; nginx passes on half of that."""
AT_MOST = 8 * 1024 * 1024
"""Bytes of a whole request, whatever stands behind its body; the largest door takes five MiB."""


class Protocol(HttpToolsProtocol):
    """One connection."""

    whole_within = 60.0
    """Seconds until a request must be complete, the first one also begun."""
    least = 16 * 1024
    """Bytes a second that buy more time: a letter on a slow line is not cut off while it keeps coming."""
    _bytes = 0
    """Those that came of a request which is not complete."""
    _body_follows = False
    _late: asyncio.TimerHandle | None = None
    _since, _before = 0.0, 0
    """When the present time limit began, and how much had come until then."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """uvicorn's own, over a transport that joins what it writes."""
        transport.max_size = _READ_AT_MOST  # type: ignore[attr-defined]  # Other loops than asyncio's own do not look at it.
        super().connection_made(cast(asyncio.Transport, _Joined(transport, self.loop)))
        self._wait()

    def data_received(self, data: bytes) -> None:
        """uvicorn's own; only a request of several looks pays for a timer."""
        self._bytes += len(data)
        if self._bytes > (AT_MOST if self._body_follows else HEAD_AT_MOST + _READ_AT_MOST):
            self.send_400_response("The request is too large.")
            return
        super().data_received(data)
        if self._late is None and not self._is_answering():
            self._wait()

    def on_header(self, name: bytes, value: bytes) -> None:
        """uvicorn's own; what stands behind a body is nothing that anybody reads."""
        if not self._body_follows:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Its head is complete; the door limits its body."""
        self._body_follows = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """All of it came."""
        self._bytes, self._body_follows = 0, False
        self._wait_no_more()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody waits for the rest."""
        self._wait_no_more()
        super().connection_lost(exc)

    def _is_answering(self) -> bool:
        """Whether somebody waits for us, and not we for them."""
        cycle = self.cycle
        return cycle is not None and not cycle.response_complete and (not cycle.more_body or bool(self.pipeline))

    def _wait(self) -> None:
        self._since, self._before = self.loop.time(), self._bytes
        self._late = self.loop.call_later(self.whole_within, self._is_late)

    def _is_late(self) -> None:
        came, took = self._bytes - self._before, self.loop.time() - self._since
        if self._is_answering() or came >= self.least * took:
            self._wait()
        else:
            self._late = None
            self.transport.close()

    def _wait_no_more(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


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
