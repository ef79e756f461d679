"""How python-telegram-bot speaks HTTP here: by aiohttp, which sends many times what httpx does and logs no URL (it holds the token)."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS, READ_SECONDS = 5.0, 20.0
KEEP_ALIVE_SECONDS = 15.0
_JSON = {"Content-Type": "application/json"}


class ProviderDown(NetworkError):
    """The Bot API answered with a 5xx."""


class Busy(TelegramError):
    """The Bot API answered 429; `seconds` is how long it wants to be left alone."""

    def __init__(self, seconds: float) -> None:
        super().__init__(Busy.__doc__ or "")
        self.seconds = seconds


class AiohttpRequest(BaseRequest):
    """One session with kept connections. Raises telegram.error types without the URL, the body or the provider's words in them."""

    def __init__(self, *, connections: int = 16, read_seconds: float = READ_SECONDS) -> None:
        self._connections, self._read_seconds = connections, read_seconds
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds an answer may take."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Nothing to do: the session begins with the first request, inside the loop that uses it."""

    async def shutdown(self) -> None:
        """Let the connections go."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send JSON (we never upload a file); gives status and body of anything but a 429 or 5xx, which are raised."""
        seconds = self._read_seconds if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        body = json.dumps(request_data.parameters).encode() if request_data else None
        timeout = ClientTimeout(total=seconds, sock_connect=CONNECT_SECONDS)
        try:
            async with self._connected().request(method, url, data=body, headers=_JSON, timeout=timeout, allow_redirects=False) as response:
                status, payload = response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except (ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None
        if status >= 500:
            raise ProviderDown(str(status))
        if status == 429:
            raise Busy(_seconds_to_wait(payload))
        return status, payload

    def _connected(self) -> ClientSession:
        if self._session is None:
            connector = TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS)
            self._session = ClientSession(connector=connector, headers={"User-Agent": self.USER_AGENT})
        return self._session

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """As the parent does, without writing an unreadable payload to the log."""
        try:
            return json.loads(payload)
        except ValueError:
            raise TelegramError("Invalid server response") from None


def _seconds_to_wait(payload: bytes) -> float:
    try:
        return max(0.0, float(json.loads(payload)["parameters"]["retry_after"]))
    except (ValueError, KeyError, TypeError):
        return 1.0
