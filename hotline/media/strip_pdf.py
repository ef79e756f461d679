"""A program of its own: a PDF comes in at stdin; its pages, and nothing that tells of who made it or that acts, go out at stdout."""

from __future__ import annotations

import io
import sys

from hotline.media.cell import run

MOST_PAGES = 200
_TELLS = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/Thumb")
_LEFT = (b"Exif\x00\x00", b"x:xmpmeta", b"xpacket", b"/Author", b"/Producer", b"/JavaScript", b"/EmbeddedFile", b"/Launch")
"""What must not be in the copy: a file in which some of it hides deeper has none."""


class NotStrippable(Exception):
    """Encrypted, too long, filled in as a form, with files inside, or not to be read to its end."""


def stripped(data: bytes) -> bytes:
    """The pages in a new file: no properties, XMP, scripts, actions, notes with authors, or earlier versions of it."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted or not 0 < len(reader.pages) <= MOST_PAGES:
        raise NotStrippable
    writer = PdfWriter()
    for page in reader.pages:
        notes = [note.get_object() for note in page.get("/Annots", None) or []]
        # What stands in a form's fields is drawn by them: without them the page would say less than it does.
        if any(note.get("/Subtype") in ("/Widget", "/FileAttachment") for note in notes):
            raise NotStrippable
        page.pop("/Annots", None)
        writer.add_page(page)
    for number in range(1, len(writer._objects) + 1):
        found = writer.get_object(number)
        if isinstance(found, DictionaryObject):
            for key in _TELLS:
                found.pop(key, None)
    writer.metadata = None
    out = io.BytesIO()
    writer.write(out)
    made = out.getvalue()
    if any(sign in made for sign in _LEFT):
        raise NotStrippable
    return made


if __name__ == "__main__":
    sys.exit(run(stripped))
