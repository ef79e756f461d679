"""A program of its own: a Word document comes in at stdin, the same text without its properties, authors and picture data goes out."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterable

from hotline.media.cell import run
from hotline.media.strip import stripped as stripped_picture

MOST_UNPACKED = 200 * 1024 * 1024
"""Bytes; a document that unpacks to more is made to break its reader."""
_EMPTY_CORE = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>"""
_EMPTY_APP = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>"""
_EMPTY_CUSTOM = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>"""
_EMPTY = {"docProps/core.xml": _EMPTY_CORE, "docProps/app.xml": _EMPTY_APP, "docProps/custom.xml": _EMPTY_CUSTOM}
_PEOPLE = re.compile(rb"""\b(w(?:15)?:(?:author|initials|date|userId|providerId|rsid\w*))=("[^"]*"|'[^']*')""")
_ELSEWHERE = re.compile(rb"""<Relationship\b[^>]*\bTargetMode=["']External["'][^>]*/>""")
_SHOWN = re.compile(
    r"word/(?:[\w.-]+\.xml|_rels/[\w.-]+\.rels|media/[\w.-]+|theme/[\w.-]+\.xml|fonts/[\w.-]+)|\[Content_Types\]\.xml|_rels/\.rels"
)
"""What is needed to show the text; whatever else lies in the archive (embedded files, custom data) is a reason to refuse."""
_SMALL_PICTURE = re.compile(rb"""<Relationship\b[^>]*\bTarget=["']/?docProps/thumbnail[^>]*/>""")
_PICTURES = (".jpg", ".jpeg", ".png")


class NotStrippable(Exception):
    """Something in the document may tell more than its text."""


def stripped(data: bytes) -> bytes:
    """The document with its text, tables and pictures. Raises NotStrippable, and whatever zipfile raises."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as clean:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > MOST_UNPACKED or len({part.filename for part in parts}) < len(parts):
            raise NotStrippable
        for name, body in _cleaned(archive, parts):
            clean.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _cleaned(archive: zipfile.ZipFile, parts: Iterable[zipfile.ZipInfo]) -> Iterable[tuple[str, bytes]]:
    for part in parts:
        name = part.filename
        if name in _EMPTY:
            yield name, _EMPTY[name]
        elif part.is_dir() or name.startswith("docProps/thumbnail."):
            continue
        elif not _SHOWN.fullmatch(name):
            raise NotStrippable
        elif name.startswith("word/media/"):
            yield name, _picture(name, archive.read(part))
        else:
            yield name, _words(archive.read(part))


def _words(body: bytes) -> bytes:
    """A part of XML without who wrote what and when, and without anything to be fetched from elsewhere when it is opened."""
    if b"<!DOCTYPE" in body or b"\x00" in body:
        raise NotStrippable
    return _SMALL_PICTURE.sub(b"", _ELSEWHERE.sub(b"", _PEOPLE.sub(_nobody, body)))


def _nobody(found: re.Match[bytes]) -> bytes:
    name = found[1]
    return b"" if b"rsid" in name or name.endswith((b"date", b"Id")) else name + b'=""'


def _picture(name: str, body: bytes) -> bytes:
    """On fresh pixels; its name and kind stay, so that the text still finds it."""
    from PIL import Image

    if not name.lower().endswith(_PICTURES):
        raise NotStrippable
    fresh = stripped_picture(body)
    if name.lower().endswith(".png"):
        out = io.BytesIO()
        Image.open(io.BytesIO(fresh)).save(out, "PNG")
        return out.getvalue()
    return fresh


if __name__ == "__main__":
    sys.exit(run(stripped))
