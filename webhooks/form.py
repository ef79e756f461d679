"""A form as a provider posts it, read once: what `urllib.parse.parse_qsl` gives, without its detours, on the way of every message."""

from __future__ import annotations

from urllib.parse import unquote, unquote_to_bytes


class TooManyFields(ValueError):
    """The form has more fields than this door takes."""


def fields(body: bytes, most: int) -> list[tuple[str, str]]:
    """Every field in the order sent, blank and repeated ones too. Raises ValueError for what is no UTF-8, TooManyFields above `most`."""
    text = body.decode()
    if text.count("&") >= most:
        raise TooManyFields(TooManyFields.__doc__)
    if "+" in text:
        text = text.replace("+", " ")
    pairs = [pair.partition("=") for pair in text.split("&") if pair]
    return [(_plain(name), _plain(value)) for name, _, value in pairs]


def _plain(quoted: str) -> str:
    if "%" not in quoted:
        return quoted
    return unquote_to_bytes(quoted).decode("utf-8", "replace") if quoted.isascii() else unquote(quoted)
