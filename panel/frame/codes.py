"""QR codes of links, drawn into the page itself: no request, no script, nothing that the content security policy would have to allow."""

from __future__ import annotations

from markupsafe import Markup


def qr(link: str) -> Markup:
    """An `<svg>` of this link with its quiet border, black on white in any colour scheme; a sixth of it may be smudged."""
    import segno  # Most servers never draw one.

    drawn = segno.make(link, error="m", micro=False).svg_inline(omitsize=True, svgclass="qr", lineclass=None, light="#fff")
    return Markup(drawn)
