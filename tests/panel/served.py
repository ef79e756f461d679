"""A panel behind a real server, for streams and browsers."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Gate:
    """Stands before an app and, while it is shut, keeps back the answers to what a form sent: the act is done, nobody has heard of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._open = threading.Event()
        self._open.set()
        self.broken = False
        """Whether a form's answer is a broken connection."""

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Keep back answers inside the block."""
        self._open.clear()
        try:
            yield
        finally:
            self._open.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, sooner or later."""

        async def later(message: Message) -> None:
            while not self._open.is_set():
                await asyncio.sleep(0.01)
            await send(message)

        is_act = scope["type"] == "http" and scope["method"] == "POST" and not scope["path"].endswith(("/draf", "/masuk"))
        if is_act and self.broken:
            raise ConnectionResetError
        await self._app(scope, receive, later if is_act else send)


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Its address while it runs."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
