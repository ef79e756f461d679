"""A program of its own: a picture comes in at stdin, the same picture without anything beside the picture goes out at stdout.

It runs apart from the service with little memory and time, because pictures are the one thing strangers send that a large
decoder must read; a picture made to break it breaks nothing else.
"""

from __future__ import annotations

import io
import resource
import sys
import warnings

MEMORY, SECONDS = 1024 * 1024 * 1024, 20
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


def main() -> int:
    """Exit status 0 with the picture, 1 with nothing."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        made = stripped(sys.stdin.buffer.read())
    except Exception:
        return 1  # Its traceback could quote the picture's metadata.
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
