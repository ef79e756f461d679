"""Several choices named in one message: by their numbers, by their words, or all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hotline.engine.fold import fold
from hotline.engine.hints import denies
from hotline.engine.match import PREFIXES, Labels, number_of

_BETWEEN = re.compile(r"[,;&/\n]|(?<=\d)\s*\+\s*(?=\d)|\b(?:dan|lan|and|sama|karo|serta)\b")
_BESIDE = frozenset({"ada", "juga", "saja", "aja", "sudah", "punya"})
"""What stands beside a choice without changing it: “KTP ada, KK juga ada”."""
_SHORTEST = 4
_ALL = frozenset({"semua", "semuanya", "ada semua", "semua ada", "lengkap", "all", "kabeh", "sedaya"})


def numbered(codes: Sequence[str], text: str) -> tuple[str, ...]:
    """The choices whose numbers are written: “1, 3 dan 4”, “nomor 1 sama 3”. Empty when fewer than two or other things are said."""
    words = [word for word in fold(_BETWEEN.sub(" ", text.lower())).split() if word not in PREFIXES]
    numbers = [number_of(word) or 0 for word in words]
    if len(numbers) < 2 or not all(0 < number <= len(codes) for number in numbers):
        return ()
    return tuple(dict.fromkeys(codes[number - 1] for number in numbers))


def named(labels: Labels, codes: Sequence[str], text: str) -> tuple[str, ...]:
    """The choices that the words name: “ktp dan kk”, “semua”. Empty when a part of them names none."""
    if fold(text) in _ALL:
        return tuple(codes)
    found: list[str] = []
    for piece in filter(None, map(fold, _BETWEEN.split(text.lower()))):
        here = _piece(labels, piece)
        if not here:
            return ()
        found += here
    return tuple(dict.fromkeys(found))


def _piece(labels: Labels, piece: str) -> list[str]:
    words = [word for word in piece.split() if word not in _BESIDE]
    rest = " ".join(words)
    code = (
        labels.exact(piece) or (labels.exact(rest) if rest else None) or (labels.part(rest, plain=True) if len(rest) >= _SHORTEST else None)
    )
    if code is not None:
        return [code]
    # One after the other, “ktp kk”; what denies something is not read word by word.
    each = [] if len(words) < 2 or denies(words) else [labels.exact(word) for word in words]
    return [code for code in each if code is not None] if all(each) else []
