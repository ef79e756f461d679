"""What may stand in a log: tokens and numbers are struck out of every text, and an error keeps its type and place but not its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from traceback import walk_tb

GONE = "[...]"
LONGEST = 300
"""Characters kept of one text: an event is a short sentence, never a document."""
_FRAMES = 12
_DEEPEST = 4

_PATTERNS = (
    re.compile(r"(?<=/bot)[^/\s\"']+"),  # Telegram's token stands in the path of every call
    re.compile(r"\b\d{5,}:[\w-]{8,}"),  # the same token alone
    re.compile(r"(?i)\b(basic|bearer)\s+[\w.~+/=-]+"),
    re.compile(r"(?<=://)[^/\s@]+(?=@)"),
    re.compile(r"(?i)\bwhatsapp:[^\s\"',)\]}]+"),
    re.compile(r"(?i)\b[0-9a-f]{32,}\b"),  # Twilio's auth token
    re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]+"),
    re.compile(r"\+?\d(?:[\s().\-]{0,3}\d){8,}"),  # phone numbers, NIK, case codes, however they are grouped
)


class Redaction:
    """Strikes out the secrets it is given, literally, and everything that looks like a token, a phone number or another identifier."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = sorted({s for s in secrets if len(s) >= 4}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def text(self, text: str) -> str:
        """The text without secrets, at most LONGEST characters."""
        if self._known:
            text = self._known.sub(GONE, text)
        for pattern in _PATTERNS:
            text = pattern.sub(GONE, text)
        return text if len(text) <= LONGEST else text[:LONGEST] + GONE

    def __call__(self, value: object, depth: int = 0) -> object:
        """The value as it may be logged. Numbers stay (our own row ids); of an object nobody foresaw only the type is told."""
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, str):
            return self.text(str(value))
        if depth < _DEEPEST and isinstance(value, Mapping):
            return {self.text(str(k)): self(v, depth + 1) for k, v in value.items()}
        if depth < _DEEPEST and isinstance(value, list | tuple | set | frozenset):
            return [self(v, depth + 1) for v in value]
        return type(value).__name__


def told(error: BaseException) -> dict[str, object]:
    """An error's types, outermost first, and the places it passed, innermost last: never its words, which may quote a person."""
    chain = [error]
    while len(chain) < _DEEPEST:
        before = chain[-1].__cause__ or (None if chain[-1].__suppress_context__ else chain[-1].__context__)
        if before is None:
            break
        chain.append(before)
    places = [f"{_short(frame.f_code.co_filename)}:{line}" for frame, line in walk_tb(chain[-1].__traceback__)]
    return {"error": " < ".join(type(e).__name__ for e in chain), "at": places[-_FRAMES:]}


def _short(filename: str) -> str:
    return "/".join(Path(filename).parts[-2:])
