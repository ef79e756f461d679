"""One body, read whole and within its limit, in however many pieces it comes."""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import Message

from webhooks.wire import BodyTooLarge, ClientGone, read_body

LIMIT = 10


def part(body: bytes, *, more: bool = True) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def read(*parts: Message, announced: bytes = b"") -> bytes:
    coming = iter(parts)

    async def receive() -> Message:
        return next(coming)

    return asyncio.run(read_body({b"content-length": announced} if announced else {}, receive, LIMIT))


def test_pieces_are_put_together_in_their_order() -> None:
    assert read(part(b"to"), part(b""), part(b"lo"), part(b"ng", more=False)) == b"tolong"


def test_who_hangs_up_in_the_middle_has_sent_nothing() -> None:
    with pytest.raises(ClientGone):
        read(part(b"tolong"), {"type": "http.disconnect"})


def test_all_pieces_count_for_the_limit() -> None:
    assert len(read(part(b"a" * 6), part(b"a" * 4, more=False))) == LIMIT
    with pytest.raises(BodyTooLarge):
        read(part(b"a" * 6), part(b"a" * 5, more=False))


@pytest.mark.parametrize("announced", [b"11", b"9" * 5000])
def test_what_is_announced_too_large_is_not_even_read(announced: bytes) -> None:
    with pytest.raises(BodyTooLarge):
        read(announced=announced)
