"""Reads a gettext catalogue (.po) into text -> translation. The tools for catalogues would take ten MiB in every process for this."""

from __future__ import annotations

import json
from collections.abc import Iterator

_FUZZY = "#, "
_FIELDS = ("msgid", "msgstr")


class CatalogueUnreadable(Exception):
    """A line of a catalogue is not understood; plural forms and contexts are not used here."""

    def __init__(self, number: int) -> None:
        super().__init__(f"{CatalogueUnreadable.__doc__} (line {number})")


def read(text: str) -> dict[str, str]:
    """What is translated and not marked as fuzzy; without the head (the translation of nothing). Raises CatalogueUnreadable."""
    return {entry["msgid"]: entry["msgstr"] for entry in _entries(text) if entry.get("msgid") and entry.get("msgstr")}


def _entries(text: str) -> Iterator[dict[str, str]]:
    """One for each pair, empty where it is fuzzy."""
    entry, field, fuzzy, skipped = dict[str, str](), "", False, False
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("#"):
            fuzzy |= line.startswith(_FUZZY) and "fuzzy" in line
        elif line.startswith('"') and field:
            entry[field] += _string(line, number)
        elif line:
            field, _, value = line.partition(" ")
            if field not in _FIELDS:
                raise CatalogueUnreadable(number)
            if field == "msgid":
                yield {} if skipped else entry
                entry, fuzzy, skipped = {}, False, fuzzy
            entry[field] = _string(value, number)
    yield {} if skipped else entry


def _string(quoted: str, number: int) -> str:
    try:
        return str(json.loads(quoted, strict=False))
    except ValueError:
        raise CatalogueUnreadable(number) from None
