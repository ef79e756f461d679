"""A text too long for one message, cut where a reader would pause."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200d\ufe0e\ufe0f"
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")


def length(text: str) -> int:
    """Length as messengers count it at worst: UTF-16 units, so that an emoji counts two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` UTF-16 units: cut at a blank line, a line, a sentence or a word, else between whole characters.

    Nothing but the white space at a cut is lost; no piece is empty.
    """
    done = []
    while length(text) > limit:
        cut = _cut(text, _fitting(text, limit))
        piece, text = text[:cut].rstrip(), text[cut:].lstrip()
        if piece:
            done.append(piece)
    return [*done, text] if text or not done else done


def _fitting(text: str, limit: int) -> int:
    """How many characters of the text fit."""
    fit = min(len(text), limit)
    while length(text[:fit]) > limit:
        fit -= max(1, (length(text[:fit]) - limit) // 2)
    return max(1, fit)


def _cut(text: str, fit: int) -> int:
    for mark in ("\n\n", "\n", ". ", " "):
        found = text.rfind(mark, fit // 2, fit + 1)
        if found > 0:
            return found + 1
    cut = fit
    while cut > 1 and cut > fit - 32 and _belongs_before(text, cut):
        cut -= 1
    return cut


def _belongs_before(text: str, cut: int) -> bool:
    """Whether the character at `cut` is drawn together with the one before it."""
    after = text[cut : cut + 1]
    if not after:
        return False
    joined = after in _JOINERS or text[cut - 1] == "\u200d"
    return joined or unicodedata.combining(after) != 0 or _SKIN_TONES[0] <= after <= _SKIN_TONES[1]
