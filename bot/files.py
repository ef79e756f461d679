"""Reading a file over HTTP within a limit: the length is looked at before the first byte and while they come."""

from __future__ import annotations

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from hotline.media.source import NotFetched, Trouble

CONNECT_SECONDS, SILENT_SECONDS, TOTAL_SECONDS = 5.0, 20.0, 180.0
_CHUNK = 64 * 1024


def session(**given: float) -> ClientSession:
    """A session for files: no cookies kept, no compression asked for (a small file must not unpack into a large one)."""
    seconds = {"sock_connect": CONNECT_SECONDS, "sock_read": SILENT_SECONDS, "total": TOTAL_SECONDS} | given
    return ClientSession(timeout=ClientTimeout(**seconds), auto_decompress=False, headers={"Accept-Encoding": "identity"})


async def whole(response: ClientResponse, most: int) -> bytes:
    """The body, if it is all there and not larger than `most` bytes. Raises NotFetched and aiohttp's errors."""
    if response.content_length is not None and response.content_length > most:
        raise NotFetched(Trouble.TOO_LARGE)
    parts: list[bytes] = []
    size = 0
    async for part in response.content.iter_chunked(_CHUNK):
        size += len(part)
        if size > most:
            raise NotFetched(Trouble.TOO_LARGE)
        parts.append(part)
    if not size or (response.content_length is not None and size != response.content_length):
        raise NotFetched(Trouble.CUT_SHORT)
    return b"".join(parts)


def trouble(status: int, retry_after: str = "") -> NotFetched:
    """What an HTTP status other than success means."""
    if status == 429:
        return NotFetched(Trouble.BUSY, retry_after=float(retry_after) if retry_after.isascii() and retry_after.isdigit() else None)
    if status >= 500:
        return NotFetched(Trouble.UNREACHABLE)
    if status in (401, 403):
        return NotFetched(Trouble.NOT_ALLOWED)
    return NotFetched(Trouble.GONE)


def unreachable(error: ClientError | OSError) -> NotFetched:
    """A connection that failed, or broke before the body was complete."""
    return NotFetched(Trouble.CUT_SHORT if type(error).__name__ == "ClientPayloadError" else Trouble.UNREACHABLE)
