"""Routes behind a real uvicorn on a free port, a plain HTTP client for them, and a hotline that only remembers what it was told."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from bot.web.protocol import Protocol
from hotline.messages import Incoming
from hotline.settings import Settings

PUBLIC_URL = "https://hotline.example.org"
TWILIO_TOKEN = "0123456789abcdef0123456789abcdef"
TELEGRAM_SECRET = "rahasia-telegram_01"


def settings(**changed: Any) -> Settings:
    """Settings of a house with both channels."""
    given: dict[str, Any] = {
        "regions": ("kendal", "luwu-timur"),
        "database_url": "sqlite://",
        "data_dir": Path("unused"),
        "public_url": PUBLIC_URL,
        "twilio_account_sid": "AC" + "0" * 32,
        "twilio_auth_token": TWILIO_TOKEN,
        "twilio_whatsapp_from": "whatsapp:+15550000000",
        "telegram_token": "123456:test",
        "telegram_webhook_secret": TELEGRAM_SECRET,
    }
    return Settings(**(given | changed))


@dataclass
class Hotline:
    """Takes messages and receipts as the real one does: once each, or not at all while `away`."""

    taken: list[Incoming] = field(default_factory=list)
    receipts: list[tuple[str, str, str, str, datetime]] = field(default_factory=list)
    away: Exception | None = None
    calls: int = 0

    def forget(self) -> None:
        """As on its first day."""
        self.taken, self.receipts, self.away, self.calls = [], [], None, 0

    async def accept(self, incoming: Incoming) -> bool:
        self.calls += 1
        if self.away is not None:
            raise self.away
        new = all((i.channel, i.message_id) != (incoming.channel, incoming.message_id) for i in self.taken)
        if new:
            self.taken.append(incoming)
        return new

    async def receipt(self, channel: str, provider_id: str, status: str, error: str, at: datetime) -> None:
        if self.away is not None:
            raise self.away
        self.receipts.append((channel, provider_id, status, error, at))


@dataclass(frozen=True)
class Reply:
    """An HTTP answer."""

    status: int
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True)
class House:
    """A served application."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send(self, path: str, body: bytes | Iterator[bytes] = b"", headers: dict[str, str] | None = None, method: str = "POST") -> Reply:
        """One request on its own connection; a body given as an iterator is sent in chunks, without its length."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body, headers or {}, encode_chunked=not isinstance(body, bytes))
            answer = connection.getresponse()
            return Reply(answer.status, answer.read(), {k.lower(): v for k, v in answer.getheaders()})
        finally:
            connection.close()


@contextmanager
def served(routes: Sequence[BaseRoute]) -> Iterator[House]:
    """The routes on a real server in a thread, until the end of the block."""
    with listening(Starlette(routes=list(routes))) as port:
        yield House(port)


@contextmanager
def listening(app: ASGIApp, protocol: type[Protocol] = Protocol) -> Iterator[int]:
    """The same for any application; gives the port."""
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, http=protocol, loop="asyncio", log_config=None, ws="none", lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        eventually(lambda: server.started)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)


def eventually(true: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait until it holds; fails the test when it never does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)
