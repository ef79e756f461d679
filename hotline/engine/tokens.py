"""What a button carries: the story's count, the question and the choice, so that an old button is known as such."""

from __future__ import annotations

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def token(serial: int, key: str, code: str) -> str:
    """The 1 to 64 bytes that come back when the button is tapped."""
    return f"{base36(serial)}.{key}.{code}"


def base36(number: int) -> str:
    """A count in few characters."""
    if number < 36:
        return _DIGITS[number]
    return base36(number // 36) + _DIGITS[number % 36]
