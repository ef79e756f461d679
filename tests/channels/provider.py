"""A provider's API on a free port, in a thread of its own, that goes wrong when a test says so."""

from __future__ import annotations

import asyncio
import http.client
import json
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from aiohttp import web


@dataclass(frozen=True, kw_only=True)
class Fault:
    """How one call goes wrong: after `wait` seconds it is answered with `status` and `body`, or its connection is cut (`drop`).

    With `taken` the provider has done what was asked before it goes wrong; with neither status nor drop it is only slow.
    """

    status: int = 0
    body: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0
    drop: bool = False
    taken: bool = False


SLOW = Fault(wait=0.4)
DROPPED = Fault(drop=True)
TAKEN_THEN_DROPPED = Fault(drop=True, taken=True)
NO_JSON = Fault(status=200, headers={"X-Raw": "<html>gateway</html>"})


def down(status: int = 502) -> Fault:
    """The provider is broken: a page where JSON should be."""
    return Fault(status=status, headers={"X-Raw": "<html>Bad Gateway</html>"})


class Provider:
    """Use as a context manager. `play` queues faults for the next calls, `always` sets one for all calls until it is lifted with None."""

    def __init__(self) -> None:
        self.port = 0
        self.asked = 0
        """Calls so far, also those that went wrong."""
        self._faults: deque[Fault] = deque()
        self._always: Fault | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready, self._stop = threading.Event(), asyncio.Event()

    @property
    def url(self) -> str:
        """The API's base address."""
        return f"http://127.0.0.1:{self.port}"

    def play(self, *faults: Fault) -> None:
        """The next calls go wrong like this, one fault each."""
        self._faults.extend(faults)

    def always(self, fault: Fault | None) -> None:
        """Every call goes wrong like this, until None."""
        self._always = fault

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        app = web.Application(client_max_size=2_000_000)
        app.router.add_route("*", "/{path:.*}", self._answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        self._ready.set()
        await self._stop.wait()
        await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.asked += 1
        fault = self._faults.popleft() if self._faults and self.may_fail(request) else self._always
        if fault is None:
            return await self.handle(request)
        await asyncio.sleep(fault.wait)
        answer = await self.handle(request) if fault.taken or not (fault.status or fault.drop) else None
        if fault.drop:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if fault.status:
            headers = dict(fault.headers)
            text = headers.pop("X-Raw", "") or json.dumps(fault.body)
            return web.Response(text=text, status=fault.status, headers=headers)
        assert answer is not None
        return answer

    def may_fail(self, request: web.Request) -> bool:
        """Whether queued faults are meant for calls like this."""
        return True

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """The API itself."""
        raise NotImplementedError


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """One POST, as a provider makes it; gives the status."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        connection.request("POST", parts.path + (f"?{parts.query}" if parts.query else ""), body, dict(headers))
        return connection.getresponse().status
    finally:
        connection.close()
