"""Closed-loop load that waits for the replies: each user posts a message, waits for the 200 and for all replies at the stub, and goes on.

Runs in the bench's own environment; `python -m bench.dialog_load '{"kind": "twilio", "port": 8000, ...}'` prints one JSON line.
"""

from __future__ import annotations

import asyncio
import json
import pickle
import struct
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import uvloop

from bench import corpus, stub
from bench.settings import LANES, TELEGRAM_SECRET

_STORY = 6
_PATIENCE = 20.0
_Message = tuple[str, int, bytes]
"""Address, replies expected, request."""


def twilio(path: Path, state: Path) -> list[Iterator[_Message]]:
    """Per user one lane of the corpus, from where the state says."""
    lanes = [corpus.Lane(*x) for x in pickle.loads(path.with_suffix(".lanes").read_bytes())]
    at, data = corpus.positions(state, len(lanes)), memoryview(path.read_bytes())
    offset, out = 12 + 8 * len(lanes), []
    for number, lane in enumerate(lanes):
        starts = []
        for _ in lane.contact:
            starts.append(offset)
            offset += 4 + struct.unpack_from("<I", data, offset)[0]
        out.append(_lane(lane, data, starts, at[number]))
    return out


def _lane(lane: corpus.Lane, data: memoryview, starts: list[int], at: int) -> Iterator[_Message]:
    for i in range(at, len(starts)):
        (size,) = struct.unpack_from("<I", data, starts[i])
        yield corpus.address(lane.contact[i]), lane.replies[i], bytes(data[starts[i] + 4 : starts[i] + 4 + size])


def telegram(path: str) -> list[Iterator[_Message]]:
    """Per user endless stories of five questions from contact after contact."""
    return [_stories(user, path) for user in range(LANES)]


def _stories(user: int, path: str) -> Iterator[_Message]:
    contact, number = 1_000_000_000 + user, 100_000_000 + user
    while True:
        for k in range(_STORY):
            yield str(contact), 1, _update(contact, number, f"Jawaban nomor {k} dari kontak", path)
            number += LANES
        contact += LANES


def _update(contact: int, number: int, text: str, path: str) -> bytes:
    who = {"id": contact, "first_name": "Kontak", "language_code": "id"}
    sender, chat = who | {"is_bot": False}, who | {"type": "private"}
    message = {"message_id": number, "from": sender, "chat": chat, "date": 1_795_305_600, "text": text}
    body = json.dumps({"update_id": number, "message": message}).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {TELEGRAM_SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Client(asyncio.Protocol):
    """One keep-alive connection; one request at a time."""

    def __init__(self) -> None:
        self.buffer = b""
        self.answer: asyncio.Future[int] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where requests go."""
        self.transport = cast(asyncio.Transport, transport)

    def post(self, data: bytes) -> asyncio.Future[int]:
        """The status of the answer."""
        self.buffer, answer = b"", asyncio.get_running_loop().create_future()
        self.answer = answer
        self.transport.write(data)
        return answer

    def data_received(self, data: bytes) -> None:
        """Done when the whole answer is here."""
        self.buffer += data
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self.buffer[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self.buffer) >= end + 4 + length and self.answer and not self.answer.done():
            self.answer.set_result(int(self.buffer[9:12]))

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody waits for ever."""
        if self.answer and not self.answer.done():
            self.answer.set_result(0)


@dataclass(slots=True)
class Count:
    """What happened; moments in seconds."""

    done: list[tuple[float, float, float]] = field(default_factory=list)
    """(end, until the 200, until the last reply)."""
    progress: list[int] = field(default_factory=lambda: [0] * LANES)
    posted: int = 0
    ok: int = 0
    replies: int = 0
    expected: int = 0
    unexpected: int = 0
    lost: int = 0


class Users:
    """All users of one run, and the provider that hears the replies."""

    def __init__(self, port: int, until: float) -> None:
        self.port, self.until, self.count = port, until, Count()
        self._waiting: dict[str, tuple[list[int], asyncio.Future[None]]] = {}

    def heard(self, address: str) -> None:
        """A reply reached the provider."""
        self.count.replies += 1
        waiting = self._waiting.get(address)
        if waiting is None:
            self.count.unexpected += 1
            return
        waiting[0][0] -= 1
        if waiting[0][0] == 0 and not waiting[1].done():
            waiting[1].set_result(None)

    async def user(self, number: int, messages: Iterator[_Message]) -> None:
        """One person after the other, one message at a time."""
        loop, count = asyncio.get_running_loop(), self.count
        _, client = await loop.create_connection(Client, "127.0.0.1", self.port)
        for address, replies, data in messages:
            if (began := time.perf_counter()) >= self.until:
                return
            heard = loop.create_future()
            self._waiting[address] = ([replies], heard)
            count.posted += 1
            count.progress[number] += 1
            count.expected += replies
            status = await client.post(data)
            acknowledged = time.perf_counter()
            count.ok += status == 200
            try:
                if replies:
                    await asyncio.wait_for(heard, _PATIENCE)
            except TimeoutError:
                count.lost += 1
            del self._waiting[address]
            count.done.append((time.perf_counter(), acknowledged - began, time.perf_counter() - began))


def _percentile(values: list[float], q: float) -> float:
    return round(1e6 * values[int((len(values) - 1) * q)]) if values else 0


async def main(options: dict[str, Any]) -> dict[str, Any]:
    """Run and report."""
    state = Path(options["state"]) if options.get("state") else None
    if options["kind"] == "twilio":
        assert state is not None
        messages = twilio(Path(options["corpus"]), state)
    else:
        messages = telegram(options["path"])
    began = time.perf_counter()
    start, end = began + options["warm"], began + options["warm"] + options["seconds"]
    users = Users(options["port"], end)
    server = await stub.serve(options["stub"], users.heard)
    await asyncio.gather(*(users.user(i, m) for i, m in enumerate(messages)))
    server.close()
    count = users.count
    if state:
        at = corpus.positions(state, LANES)
        state.write_bytes(b"".join(struct.pack("<I", a + b) for a, b in zip(at, count.progress, strict=True)))
    inside = [d for d in count.done if start <= d[0] < end]
    acknowledged, replied = sorted(d[1] for d in inside), sorted(d[2] for d in inside)
    return {
        "turns": len(inside),
        "seconds": options["seconds"],
        "sent": count.posted,
        "ok": count.ok,
        "other": count.posted - count.ok,
        "lost": count.lost,
        "replies": count.replies,
        "expected": count.expected,
        "unexpected": count.unexpected,
        "ack_p50_us": _percentile(acknowledged, 0.5),
        "ack_p99_us": _percentile(acknowledged, 0.99),
        "p50_us": _percentile(replied, 0.5),
        "p99_us": _percentile(replied, 0.99),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(uvloop.run(main(json.loads(sys.argv[1])))) + "\n")
