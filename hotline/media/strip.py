"""A program of its own: a picture comes in at stdin, the same picture without anything beside the picture goes out at stdout.

It runs apart from the service with little memory and time, because pictures are the one thing strangers send that a large
decoder must read; a picture made to break it breaks nothing else.
"""

from __future__ import annotations

import io
import sys
import warnings

from hotline.media.cell import run

MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2400
"""Pixels of the working copy's longer side: enough to read a letter."""
_QUALITY = 85


def stripped(data: bytes) -> bytes:
    """The picture turned as its camera said, on fresh pixels: no EXIF, GPS, comment, profile or second picture comes along. JPEG."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened:
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            turned = ImageOps.exif_transpose(opened)
            turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            seen = turned.convert("RGBA") if "A" in turned.getbands() or "transparency" in turned.info else turned.convert("RGB")
    fresh = Image.new("RGB", seen.size, "white")
    fresh.paste(seen, mask=seen.getchannel("A") if seen.mode == "RGBA" else None)
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(run(stripped))
