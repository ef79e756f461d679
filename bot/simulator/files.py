"""The file of a simulated phone: a small picture made of nothing, so that the way of a file can be tried without an account."""

from __future__ import annotations

import struct
import zlib

from hotline.media.source import NotFetched, Trouble

REFERENCE = "simulator:photo"
_WIDTH, _HEIGHT = 320, 200


class SimulatorFiles:
    """`hotline.media.source.Source` for both simulated messengers."""

    keeps_copies = False

    async def fetch(self, reference: str, most: int) -> bytes:
        """A PNG of a roof under a sky; raises NotFetched for any other reference."""
        if reference != REFERENCE:
            raise NotFetched(Trouble.GONE)
        return picture()

    async def forget(self, reference: str) -> None:
        """Nothing is kept elsewhere."""

    async def close(self) -> None:
        """Nothing to let go."""


def picture() -> bytes:
    """The PNG: 8-bit RGB, no filter."""
    rows = b"".join(b"\x00" + b"".join(_pixel(x, y) for x in range(_WIDTH)) for y in range(_HEIGHT))
    head = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _pixel(x: int, y: int) -> bytes:
    roof = 60 <= y < 110 and abs(x - _WIDTH // 2) < (y - 60) * 2 + 8
    wall = 110 <= y < 170 and abs(x - _WIDTH // 2) < 80
    return b"\xa8\x4a\x32" if roof else b"\xe8\xdc\xc0" if wall else b"\x7a\x9a\x5e" if y >= 170 else b"\xbf\xd8\xe8"


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
