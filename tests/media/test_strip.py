"""The working copy shows the picture and tells nothing else; a picture made to break the reader breaks nothing."""

from __future__ import annotations

import asyncio
import io

import pytest
from PIL import Image

from hotline.media.scrub import working_copy
from tests.media import pictures

TOLD = [word.encode() for word in (pictures.CAMERA, pictures.COMMENT, pictures.AUTHOR)] + [
    b"Exif",
    b"GPS",
    b"ICC_PROFILE",
    b"http://ns.adobe",
]


def made(data: bytes) -> bytes | None:
    return asyncio.run(working_copy(data))


@pytest.mark.parametrize("data", [pictures.photo(), pictures.png(), pictures.webp()], ids=["jpeg", "png", "webp"])
def test_nothing_but_the_picture_is_left(data: bytes) -> None:
    before = Image.open(io.BytesIO(data))
    assert before.getexif().get_ifd(0x8825), "the original knows its place"
    clean = made(data)
    assert clean is not None and [word for word in TOLD if word in clean] == []
    after = Image.open(io.BytesIO(clean))
    assert after.format == "JPEG" and not after.getexif() and set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert after.size == (before.height, before.width), "it is turned as the camera was held"


def test_a_large_picture_becomes_readable_and_not_larger() -> None:
    clean = made(pictures.photo(4000, 3000))
    assert clean is not None and Image.open(io.BytesIO(clean)).size == (1800, 2400)


@pytest.mark.parametrize(
    "data",
    [pictures.photo()[:900], pictures.bomb(), b"\xff\xd8\xff\xe0 bukan gambar", b"", pictures.PDF],
    ids=["cut short", "a bomb", "only its first bytes", "nothing", "a document"],
)
def test_what_cannot_be_read_has_no_working_copy(data: bytes) -> None:
    assert made(data) is None
