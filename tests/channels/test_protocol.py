"""Our HTTP connection over a real socket: an answer arrives in one piece, a stream's head does not wait, and large bodies are whole."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.web.protocol import Protocol
from tests.channels.serving import listening

_HEAD = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]}


async def _answers(scope: Scope, receive: Receive, send: Send) -> None:
    """The length of what came, in four digits or more."""
    size, more = 0, True
    while more:
        message = await receive()
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    told = b"%04d" % size
    await send(_HEAD | {"headers": [(b"content-length", b"%d" % len(told))]})
    await send({"type": "http.response.body", "body": told})


async def _streams(scope: Scope, receive: Receive, send: Send) -> None:
    await send(_HEAD)
    await asyncio.sleep(0.5)
    await send({"type": "http.response.body", "body": b"late"})


class _Hasty(Protocol):
    whole_within = 0.3


@contextmanager
def _talking_to(app: ASGIApp, protocol: type[Protocol] = Protocol) -> Iterator[socket.socket]:
    with listening(app, protocol) as port, socket.create_connection(("127.0.0.1", port), 10) as connection:
        yield connection


def _request(body: bytes = b"", *headers: bytes) -> bytes:
    return b"\r\n".join([b"POST / HTTP/1.1", b"Host: x", b"Content-Length: %d" % len(body), *headers, b"", body])


def test_head_and_body_arrive_together_again_and_again() -> None:
    with _talking_to(_answers) as connection:
        for body in (b"", b"abc", b"x" * 999):
            connection.sendall(_request(body))
            assert connection.recv(4096).endswith(b"\r\n\r\n%04d" % len(body))


def test_the_head_of_a_stream_does_not_wait_for_its_body() -> None:
    with _talking_to(_streams) as connection:
        connection.sendall(_request())
        assert connection.recv(4096).endswith(b"\r\n\r\n")
        assert connection.recv(4096) == b"late"


def test_a_body_far_beyond_one_look_is_whole() -> None:
    with _talking_to(_answers) as connection:
        connection.sendall(_request(b"x" * 900_000))
        assert connection.recv(4096).endswith(b"\r\n\r\n900000")


def test_the_last_answer_is_sent_before_the_connection_is_closed() -> None:
    with _talking_to(_answers) as connection:
        connection.sendall(_request(b"abc", b"Connection: close"))
        assert connection.recv(4096).endswith(b"\r\n\r\n0003")
        assert connection.recv(4096) == b""


def test_what_is_no_request_is_refused_in_words() -> None:
    with _talking_to(_answers) as connection:
        connection.sendall(b"\x16\x03\x01 not http\r\n\r\n")
        assert b"400 Bad Request" in connection.recv(4096)


@pytest.mark.parametrize("begun", [b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ", b"GET /"], ids=["header", "address"])
def test_a_head_without_end_is_not_kept(begun: bytes) -> None:
    with _talking_to(_answers) as connection:
        connection.sendall(begun)
        with pytest.raises(OSError):  # closed or reset, as the kernel likes
            for _ in range(400):
                connection.sendall(b"a" * 65_536)
            raise AssertionError("26 MB of a head were taken")


def test_many_requests_on_one_connection_are_no_long_head() -> None:
    with _talking_to(_answers) as connection:
        for _ in range(30):
            connection.sendall(_request(b"abc", b"X-A: " + b"a" * 8_000))
            assert connection.recv(4096).endswith(b"0003")


@pytest.mark.parametrize("begun", [b"", b"POST / HTTP/1.1\r\n", _request(b"abcdef")[:-1]], ids=["nothing", "head", "body"])
def test_a_request_that_never_comes_whole_is_not_waited_for(begun: bytes) -> None:
    with _talking_to(_answers, _Hasty) as connection:
        connection.settimeout(5)
        connection.sendall(begun)
        assert connection.recv(4096) == b""


def test_a_late_answer_is_waited_for() -> None:
    with _talking_to(_streams, _Hasty) as connection:
        connection.sendall(_request())
        assert connection.recv(4096).endswith(b"\r\n\r\n")
        assert connection.recv(4096) == b"late"


def test_an_empty_line_between_requests_keeps_no_connection() -> None:
    with _talking_to(_answers, _Hasty) as connection:
        connection.settimeout(5)
        connection.sendall(_request(b"abc"))
        assert connection.recv(4096).endswith(b"0003")
        connection.sendall(b"\r\n")
        assert connection.recv(4096) == b""


def test_what_stands_behind_a_body_is_not_kept() -> None:
    with _talking_to(_answers) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n")
        with pytest.raises(OSError):  # closed or reset, as the kernel likes
            for _ in range(400):
                connection.sendall(b"X-A: " + b"a" * 65_000 + b"\r\n")
            raise AssertionError("26 MB behind a body were taken")


def test_a_body_that_keeps_coming_is_not_cut_off() -> None:
    with _talking_to(_answers, _Hasty) as connection:
        connection.settimeout(5)
        whole = _request(b"x" * 200_000)
        for at in range(0, len(whole), 10_000):
            connection.sendall(whole[at : at + 10_000])
            time.sleep(_Hasty.whole_within / 5)
        assert connection.recv(4096).endswith(b"\r\n\r\n200000")
