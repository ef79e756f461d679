"""Where in a TOML file each key stands. The standard library's reader keeps no lines, so this walks a text that it has already accepted."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping

Place = tuple[str | int, ...]
"""The way to a value: keys, and numbers for the members of an array, such as ("jalur", "anak", "tahap", 2, "nama")."""

_SPACE = re.compile(r"(?:[ \t]|\r?\n|#[^\n]*)*")
_INLINE_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_STRING = re.compile(r'''"""(?:[^\\]|\\.)*?"""+|\'\'\'.*?\'\'\'+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*\'''', re.DOTALL)
_PLAIN = re.compile(r"[^,\]}#\r\n]+")


def lines_of(text: str) -> Mapping[Place, int]:
    """The line, counted from 1, of every table, key and array member in a valid TOML text."""
    return _Walk(text).lines


class _Walk:
    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._members: dict[Place, int] = defaultdict(int)
        self.lines: dict[Place, int] = {}
        table: Place = ()
        while self._skip(_SPACE) < len(text):
            if text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at

    def _note(self, place: Place) -> None:
        line = self._text.count("\n", 0, self._at) + 1
        for length in range(1, len(place) + 1):
            self.lines.setdefault(place[:length], line)

    def _header(self) -> Place:
        many = self._text.startswith("[[", self._at)
        self._at += 2 if many else 1
        place = self._resolved(self._key())
        if many:
            self._members[place] += 1
            place = (*place, self._members[place] - 1)
        self._note(place)
        self._at += 2 if many else 1
        return place

    def _resolved(self, keys: Place) -> Place:
        """The keys of a header, with the number of the array member each of them is in now."""
        place: Place = ()
        for key in keys:
            if place in self._members:
                place = (*place, self._members[place] - 1)
            place = (*place, key)
        return place

    def _key(self) -> Place:
        parts: list[str] = []
        while True:
            self._skip(_INLINE_SPACE)
            found = _KEY.match(self._text, self._at)
            assert found is not None
            self._at = found.end()
            parts.append(_unquoted(found[0]))
            self._skip(_INLINE_SPACE)
            if self._text[self._at] != ".":
                return tuple(parts)
            self._at += 1

    def _pair(self, table: Place) -> None:
        self._skip(_INLINE_SPACE)
        began = self._at
        place = (*table, *self._key())
        after, self._at = self._at, began
        self._note(place)
        self._at = after + 1
        self._skip(_INLINE_SPACE)
        self._value(place)

    def _value(self, place: Place) -> None:
        match self._text[self._at]:
            case "[":
                self._array(place)
            case "{":
                self._inline(place)
            case '"' | "'":
                self._skip(_STRING)
            case _:
                self._skip(_PLAIN)

    def _array(self, place: Place) -> None:
        self._at += 1
        number = 0
        while self._text[self._skip(_SPACE)] != "]":
            self._note((*place, number))
            self._value((*place, number))
            number += 1
            if self._text[self._skip(_SPACE)] == ",":
                self._at += 1
        self._at += 1

    def _inline(self, place: Place) -> None:
        self._at += 1
        while self._text[self._skip(_SPACE)] != "}":
            self._pair(place)
            if self._text[self._skip(_SPACE)] == ",":
                self._at += 1
        self._at += 1


def _unquoted(key: str) -> str:
    return str(tomllib.loads(f"key = {key}")["key"]) if key[0] in "\"'" else key
