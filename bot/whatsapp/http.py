"""twilio's asynchronous transport with what it lacks: another base address, a time limit, kept connections, and no log of what is sent."""

from __future__ import annotations

import asyncio
import json
import logging
from base64 import b64encode
from urllib.parse import quote_plus, urlencode, urlsplit

from twilio.base.exceptions import TwilioException
from twilio.http import AsyncHttpClient
from twilio.http.response import Response

from bot.whatsapp.connection import Connections

API = "https://api.twilio.com"
CONNECT_SECONDS, TOTAL_SECONDS = 5.0, 20.0
KEEP_ALIVE_SECONDS = 15.0
_QUOTED = {byte: quote_plus(bytes((byte,))) for byte in range(256)}


class Busy(TwilioException):
    """Twilio answered 429; `seconds` is how long it wants to be left alone, where it says so."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__(Busy.__doc__)
        self.seconds = seconds


class Transport(AsyncHttpClient):
    """What is meant for api.twilio.com goes to `base_url`. Raises OSError, TimeoutError and Busy.

    twilio's own transport goes through aiohttp, which takes twice the time of all the rest of a send, and writes each call to the log.
    """

    def __init__(self, base_url: str = API, *, total_seconds: float = TOTAL_SECONDS) -> None:
        super().__init__(logging.getLogger("twilio.silent"), is_async=True)
        self._path, self._seconds = urlsplit(base_url).path.rstrip("/"), total_seconds
        self._connections = Connections(base_url, connect_seconds=CONNECT_SECONDS, keep_seconds=KEEP_ALIVE_SECONDS)

    async def request(
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Send one request; what the answer says is the caller's business, but for a 429."""
        head = dict(headers or {})
        if auth:
            head["Authorization"] = "Basic " + b64encode(":".join(auth).encode()).decode()
        query = urlencode({k: v for k, v in params.items() if v is not None}, doseq=True) if params else ""
        target = self._path + urlsplit(url).path + (f"?{query}" if query else "")
        body = _written(data, head) if data else b""
        async with asyncio.timeout(self._seconds):
            answer = await self._connections.ask(method, target, head, body)
        if answer.status == 429:
            raise Busy(_seconds(answer.headers.get("retry-after", "")))
        return Response(answer.status, answer.body.decode("utf-8", "replace"), answer.headers)

    async def close(self) -> None:
        """Let the connections go; a later request opens new ones."""
        self._connections.close()


def _written(data: dict[str, object], head: dict[str, str]) -> bytes:
    if head.get("Content-Type") == "application/json":
        return json.dumps(data).encode()
    return urlencode(data, doseq=True, quote_via=_quoted).encode()


def _quoted(value: str | bytes, *_: object) -> str:
    """`quote_plus` in one pass: a message's body takes urllib as long as the rest of the request."""
    return (value if isinstance(value, bytes) else value.encode()).decode("latin-1").translate(_QUOTED)


def _seconds(retry_after: str) -> float | None:
    return float(retry_after) if retry_after.isascii() and retry_after.isdigit() else None
