"""A program of its own: a recording comes in at stdin, the same sound without its tags (name, place, device, cover) goes out."""

from __future__ import annotations

import io
import sys

from hotline.media.cell import run


class NotStrippable(Exception):
    """Not a recording whose tags can be taken away."""


def stripped(data: bytes) -> bytes:
    """The sound itself is not touched. Raises NotStrippable, and mutagen's errors."""
    import mutagen
    from mutagen.mp3 import MP3
    from mutagen.mp4 import MP4
    from mutagen.ogg import OggFileType

    file = io.BytesIO(data)
    found = mutagen.File(file)
    if not isinstance(found, MP3 | MP4 | OggFileType):
        raise NotStrippable
    file.seek(0)
    found.delete(file)
    made = file.getvalue()
    # Of an MP4 only the list of tags is taken away; other boxes for user data may name a place.
    if isinstance(found, MP4) and any(box in made for box in (b"\xa9xyz", b"loci", b"uuid")):
        raise NotStrippable
    return made


if __name__ == "__main__":
    sys.exit(run(stripped))
