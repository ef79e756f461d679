"""twilio's asynchronous transport with what it lacks: another base address, a time limit, one session, and no log of what is sent."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientTimeout, TCPConnector, encode_basic_auth
from twilio.base.exceptions import TwilioException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response

API = "https://api.twilio.com"
CONNECT_SECONDS, TOTAL_SECONDS = 5.0, 20.0
KEEP_ALIVE_SECONDS = 15.0


class Busy(TwilioException):
    """Twilio answered 429; `seconds` is how long it wants to be left alone, where it says so."""

    def __init__(self, seconds: float | None) -> None:
        super().__init__(Busy.__doc__)
        self.seconds = seconds


class Transport(AsyncTwilioHttpClient):
    """What is meant for api.twilio.com goes to `base_url`. Raises aiohttp's errors, TimeoutError and Busy."""

    def __init__(self, base_url: str = API, *, connections: int = 16, total_seconds: float = TOTAL_SECONDS) -> None:
        super().__init__(pool_connections=False)
        self._base = base_url.rstrip("/")
        self._connections = connections
        self._session: ClientSession | None = None
        self._limit = ClientTimeout(total=total_seconds, sock_connect=CONNECT_SECONDS)

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
        given = {"json": data} if (headers or {}).get("Content-Type") == "application/json" else {"data": data}
        signed = {**(headers or {}), "Authorization": encode_basic_auth(*auth)} if auth else headers
        session, address = self._connected(), self._addressed(url)
        async with session.request(
            method,
            address,
            params=_query(params),
            **given,
            headers=signed,
            timeout=self._limit,
            allow_redirects=allow_redirects,
        ) as response:
            if response.status == 429:
                raise Busy(_seconds(response.headers.get("Retry-After", "")))
            return Response(response.status, await response.text(), response.headers)

    def _addressed(self, url: str) -> str:
        if self._base == API:
            return url
        parts = urlsplit(url)
        return self._base + parts.path

    def _connected(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(connector=TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS))
        return self._session

    async def close(self) -> None:
        """Let the connections go; a later request opens new ones."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()


def _query(params: dict[str, object] | None) -> dict[str, Any] | None:
    return {k: v for k, v in params.items() if v is not None} if params else None


def _seconds(retry_after: str) -> float | None:
    return float(retry_after) if retry_after.isascii() and retry_after.isdigit() else None
