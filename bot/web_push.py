"""The way out to officers' browsers: one encrypted request to the push service that the browser named, never to our own network."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Collection
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from hotline.compact import dumps
from hotline.messages import Outgoing
from hotline.push import PushKey, Subscription, SubscriptionInvalid, encrypted, is_public
from hotline.sending import Failure, NotSent
from hotline.times import Clock, now

KEPT_SECONDS = 300
"""The push service keeps a call this long for a device that sleeps; then the next rung has rung, and an old call only frightens."""
Lookup = Callable[[str, int, int], Awaitable[list[Any]]]
"""What `socket.getaddrinfo` gives for a host, a port and a family."""
SECONDS, CONNECTIONS = 15.0, 10
_FAILURES = {404: Failure.NO_SUCH_CONTACT, 410: Failure.NO_SUCH_CONTACT, 429: Failure.BUSY}


class WebPushSender:
    """`hotline.deliver.Sender` for subscriptions. A payload holds code, level and kecamatan, and nothing else.

    Names are resolved here and private addresses left out, so that no subscription makes this machine call its neighbours; redirects are
    not followed. `trusted` hosts may be anywhere: for a test's own service.
    """

    def __init__(
        self,
        key: PushKey,
        contact: str = "",
        *,
        trusted: Collection[str] = (),
        resolver: PublicResolver | None = None,
        clock: Clock = now,
        seconds: float = SECONDS,
    ) -> None:
        # RFC 8292: a mailto: or https: address; a push service may refuse anything else.
        self._key, self._contact = key, contact if contact.startswith(("https://", "mailto:")) else ""
        self._trusted, self._clock, self._seconds = frozenset(trusted), clock, seconds
        self._resolver = resolver or PublicResolver(trusted)
        self._session: aiohttp.ClientSession | None = None

    async def send(self, address: str, message: Outgoing, *, window_open: bool) -> str:
        """Hand the call to the push service; it has no id that anybody needs. Raises NotSent."""
        if len(message.alert) != 3:
            raise NotSent(Failure.REFUSED, detail="no alert")
        try:
            to = Subscription.read(address, self._trusted)
        except SubscriptionInvalid:
            raise NotSent(Failure.REFUSED, detail="address") from None
        body = encrypted(dumps(dict(zip(("code", "level", "area"), message.alert, strict=True))).encode(), to)
        try:
            async with self._open().post(to.endpoint, data=body, headers=self._headers(to), allow_redirects=False) as answer:
                status, wait = answer.status, answer.headers.get("Retry-After", "")
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise _Private.told(error) from None
        if status not in (200, 201, 202, 204):
            raise NotSent(_failure(status), retry_after=_seconds(wait), detail=str(status))
        return ""

    def _headers(self, to: Subscription) -> dict[str, str]:
        return {
            "Authorization": self._key.authorization(to.endpoint, self._clock(), self._contact),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(KEPT_SECONDS),
            "Urgency": "high",
        }

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(resolver=self._resolver, limit=CONNECTIONS, use_dns_cache=False)
            timeout = aiohttp.ClientTimeout(total=self._seconds)
            self._session = aiohttp.ClientSession(connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar())
        return self._session

    async def close(self) -> None:
        """Let connections go."""
        if self._session is not None:
            await self._session.close()
            self._session = None


class _Private(OSError):
    """The name of a push service leads into a private network."""

    @staticmethod
    def told(error: BaseException) -> NotSent:
        """What a failed connection means: aiohttp wraps what its resolver raised."""
        if isinstance(error, _Private) or isinstance(error.__cause__, _Private) or isinstance(getattr(error, "os_error", None), _Private):
            return NotSent(Failure.REFUSED, detail="private address")
        return NotSent(Failure.UNREACHABLE)


class PublicResolver(AbstractResolver):
    """Gives public addresses only. The connection is made to what it gives, so a name cannot change in between."""

    def __init__(self, trusted: Collection[str] = (), lookup: Lookup | None = None) -> None:
        self._trusted, self._lookup = frozenset(trusted), lookup or _addresses

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        """Raises OSError when there is no such name, or none but private addresses."""
        found = await self._lookup(host, port, family)
        listed = [(kind, proto, str(at[0])) for kind, _, proto, _, at in found if host in self._trusted or is_public(str(at[0]))]
        if not listed:
            raise _Private(_Private.__doc__)
        return [_resolved(host, port, kind, proto, address) for kind, proto, address in listed]

    async def close(self) -> None:
        """Nothing is kept."""


async def _addresses(host: str, port: int, family: int) -> list[Any]:
    return await asyncio.get_running_loop().getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)


def _resolved(host: str, port: int, kind: Any, proto: int, address: str) -> ResolveResult:
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return ResolveResult(hostname=host, host=address, port=port, family=kind, proto=proto, flags=flags)


def _failure(status: int) -> Failure:
    """401 and 403 are the subscription's own: it was made with another key of ours, and trying again would not help."""
    if status >= 500:
        return Failure.PROVIDER_DOWN
    return _FAILURES.get(status, Failure.REFUSED)


def _seconds(retry_after: str) -> float | None:
    return float(retry_after) if retry_after.isascii() and retry_after.isdigit() else None
