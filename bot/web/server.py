"""The HTTP server of a process that listens."""

from __future__ import annotations

from collections.abc import Callable
from socket import socket
from types import FrameType
from typing import Any

import uvicorn

from bot.processes.parts import Parts
from bot.web.front import Front
from bot.web.protocol import Protocol
from hotline.settings import Settings

DRAIN_SECONDS = 3
"""How long open requests may take to finish after a stop signal."""


async def serve_http(parts: Parts, app: Front, listens: Callable[[], None]) -> None:
    """Until a stop signal. `listens` is called when connections are taken, before the first is answered."""
    await _Server(parts, uvicorn.Config(app, **_uvicorn(parts.settings)), listens).serve()


class _Server(uvicorn.Server):
    """Tells that it listens, and tells open streams to end before it waits for them."""

    def __init__(self, parts: Parts, config: uvicorn.Config, listens: Callable[[], None]) -> None:
        super().__init__(config)
        self._parts = parts
        self._listens = listens

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        self._listens()  # Without a pause in between, so that nobody is answered before it has ended.

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._parts.closing = True
        super().handle_exit(sig, frame)


def _uvicorn(settings: Settings) -> dict[str, Any]:
    # asyncio's own loop: with uvloop the last of many connections opened at once was seen to wait seconds for its first answer.
    return {
        "host": settings.host,
        "port": settings.port,
        "loop": "asyncio",
        "http": Protocol,
        "ws": "none",
        "lifespan": "off",
        "proxy_headers": False,  # Pages need them and the doors do not (`bot.web.application`).
        "access_log": False,
        "log_config": None,
        "server_header": False,
        "date_header": False,
        "timeout_graceful_shutdown": DRAIN_SECONDS,
        "backlog": 2048,
    }
