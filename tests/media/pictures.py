"""Files as phones make them: pictures that know where they were taken, recordings, documents, and things that only pretend."""

from __future__ import annotations

import io
import random
import zipfile

from PIL import Image, PngImagePlugin

CAMERA, COMMENT, AUTHOR = "Kamera Wulandari X100", "rumah di Kalibodri", "Suprapto Hendrawan"
"""What a picture tells beside the picture."""


def noise(width: int = 640, height: int = 480) -> Image.Image:
    """A picture that does not compress to nothing."""
    return Image.frombytes("RGB", (width, height), random.Random(7).randbytes(width * height * 3))


def exif() -> Image.Exif:
    """A camera's notes: maker, orientation, and the place in degrees."""
    notes = Image.Exif()
    notes[0x010F], notes[0x0112], notes[0x013B] = CAMERA, 6, AUTHOR
    place = notes.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "S", (6.0, 55.0, 16.25), "E", (110.0, 12.0, 13.5)
    return notes


def photo(width: int = 640, height: int = 480) -> bytes:
    """A JPEG with EXIF, GPS and a comment."""
    out = io.BytesIO()
    noise(width, height).save(out, "JPEG", exif=exif(), comment=COMMENT.encode(), quality=80)
    return out.getvalue()


def png() -> bytes:
    """A PNG with a text chunk and EXIF, half transparent."""
    notes, out = PngImagePlugin.PngInfo(), io.BytesIO()
    notes.add_text("Author", AUTHOR)
    picture = noise(200, 100).convert("RGBA")
    picture.putalpha(128)
    picture.save(out, "PNG", pnginfo=notes, exif=exif())
    return out.getvalue()


def webp() -> bytes:
    """A WebP with EXIF."""
    out = io.BytesIO()
    noise(200, 100).save(out, "WEBP", exif=exif())
    return out.getvalue()


def bomb() -> bytes:
    """A small PNG that unpacks to more than two hundred million pixels."""
    out = io.BytesIO()
    Image.new("1", (20_000, 12_000)).save(out, "PNG")
    return out.getvalue()


def archive(*names: str) -> bytes:
    """A zip with these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "<x/>")
    return out.getvalue()


DOCX = ("[Content_Types].xml", "word/document.xml")
VOICE = b"OggS\x00\x02" + bytes(22) + b"OpusHead\x01\x01" + bytes(200)
PDF = b"%PDF-1.7\n" + b"1 0 obj << >> endobj\n" * 20
FILM = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2mp41" + bytes(400)
SOUND = b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00M4A mp42isom" + bytes(400)
HEIC = b"\x00\x00\x00\x20ftypheic\x00\x00\x00\x00mif1heic" + bytes(400)
