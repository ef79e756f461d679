"""Raw ASGI for the doors that carry the load: read one body within a limit, send an answer that was made once."""

from __future__ import annotations

from starlette.types import Receive, Send

BODY_LIMIT = 1_000_000
"""Bytes in one body; a provider's real ones have a few thousand."""


class BodyTooLarge(Exception):
    """The body has more bytes than this door takes."""


class ClientGone(Exception):
    """The caller hung up before its body was complete."""


class Answer:
    """A response made once and sent many times."""

    __slots__ = ("_body", "_start", "status")

    def __init__(self, status: int, body: str = "", content_type: str = "text/plain; charset=utf-8") -> None:
        self.status = status
        content = body.encode()
        headers = [(b"content-type", content_type.encode()), (b"content-length", str(len(content)).encode())]
        self._start = {"type": "http.response.start", "status": status, "headers": headers}
        self._body = {"type": "http.response.body", "body": content}

    async def __call__(self, send: Send) -> None:
        """Send it."""
        await send(self._start)
        await send(self._body)


async def read_body(headers: dict[bytes, bytes], receive: Receive, limit: int = BODY_LIMIT) -> bytes:
    """The whole body, read once. Raises BodyTooLarge (before reading, when the length is announced) and ClientGone."""
    announced = headers.get(b"content-length", b"")
    if announced.isdigit() and (len(announced) > 18 or int(announced) > limit):
        raise BodyTooLarge(BodyTooLarge.__doc__)
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise ClientGone(ClientGone.__doc__)
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > limit:
            raise BodyTooLarge(BodyTooLarge.__doc__)
        if not message.get("more_body"):
            return b"".join((*parts, part)) if parts else part
        parts.append(part)


FORBIDDEN = Answer(403, "The signature or secret is missing or wrong.")
MALFORMED = Answer(400, "The body cannot be read.")
TOO_LARGE = Answer(413, "The body is too large.")
NOT_FOUND = Answer(404, "Not Found")
UNAVAILABLE = Answer(503, "The database does not answer; try again.")
EMPTY = Answer(200)
