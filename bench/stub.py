"""A provider on loopback that takes every message: Twilio's Messages.json and Telegram's Bot API, as cheap as Python allows."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from collections.abc import Callable
from typing import ClassVar, cast
from urllib.parse import parse_qs

_CHAT = re.compile(rb"chat_id\D{1,120}?(\d+)", re.S)
_ME = {"id": 1234567890, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_WHEN = "Sun, 22 Nov 2026 03:00:00 +0000"
_TWILIO: dict[str, object] = {
    "account_sid": "AC" + "0" * 32,
    "api_version": "2010-04-01",
    "body": "",
    "date_created": _WHEN,
    "date_sent": None,
    "date_updated": _WHEN,
    "direction": "outbound-api",
    "error_code": None,
    "error_message": None,
    "from": "whatsapp:+15550000000",
    "messaging_service_sid": None,
    "num_media": "0",
    "num_segments": "1",
    "price": None,
    "price_unit": "USD",
    "status": "queued",
    "subresource_uris": {},
    "uri": "/message.json",
}

Taken = Callable[[str], None]
"""Called with the address (WhatsApp address or chat id) of each message taken."""


def _answer(status: str, body: object) -> bytes:
    data = json.dumps(body).encode()
    return f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data


class Provider(asyncio.Protocol):
    """One connection of a client that sends."""

    numbers: ClassVar[itertools.count[int]] = itertools.count(1)

    def __init__(self, taken: Taken) -> None:
        self.taken, self.buffer = taken, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where answers go."""
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Answer every whole request."""
        self.buffer += data
        while (split := self._split()) is not None:
            head, body, self.buffer = split
            self.transport.write(self._respond(head.split(b"\r\n", 1)[0], body))

    def _split(self) -> tuple[bytes, bytes, bytes] | None:
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        head, rest = self.buffer[:end], self.buffer[end + 4 :]
        low = head.lower()
        if (at := low.find(b"content-length:")) >= 0:
            length = int(low[at + 15 :].split(b"\r\n", 1)[0])
            return (head, rest[:length], rest[length:]) if len(rest) >= length else None
        if b"transfer-encoding: chunked" in low:
            last = rest.find(b"0\r\n\r\n")
            return (head, rest[:last], rest[last + 5 :]) if last >= 0 else None
        return head, b"", rest

    def _respond(self, line: bytes, body: bytes) -> bytes:
        if b"/Messages.json" in line and line.startswith(b"POST"):
            to = parse_qs(body.decode())["To"][0]
            self.taken(to)
            return _answer("201 Created", _TWILIO | {"sid": f"SM{next(self.numbers):032x}", "to": to})
        if b"/sendMessage" in line:
            match = _CHAT.search(body)
            assert match
            chat = match[1].decode()
            self.taken(chat)
            to_chat = {"id": int(chat), "type": "private"}
            sent = {"message_id": next(self.numbers), "date": 1795305600, "chat": to_chat, "from": _ME, "text": "ok"}
            return _answer("200 OK", {"ok": True, "result": sent})
        if b"/Messages.json" in line:
            return _answer("200 OK", {"messages": []})
        return _answer("200 OK", {"ok": True, "result": _ME if b"/getMe" in line else True})


async def serve(port: int, taken: Taken) -> asyncio.Server:
    """Listen on loopback."""
    return await asyncio.get_running_loop().create_server(lambda: Provider(taken), "127.0.0.1", port)
