"""A region's own words in place of ours, in the source language; other languages keep the common text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dialogs.phrases import PHRASES
from dialogs.ready import READY
from hotline.engine.dialog import Dialog


class UnknownText(Exception):
    """A region replaces a text that no dialog says."""


def replaceable(dialogs: Iterable[Dialog]) -> Mapping[str, str]:
    """Name -> text as written: the ready texts (`batas`), the engine's sentences (`numbers`) and every question (`report.R3`)."""
    questions = {f"{dialog.name}.{ask.key}": ask.text for dialog in dialogs for ask in dialog.questions()}
    return {**questions, **PHRASES, **READY}


def replaced(texts: Mapping[str, str], dialogs: Iterable[Dialog]) -> Mapping[str, str]:
    """The catalogue of the source language: text as written -> the region's words. Raises UnknownText."""
    known = replaceable(dialogs)
    for name in texts:
        if name not in known:
            raise UnknownText(f"teks.ganti: no text is called “{name}”. Known names: {', '.join(sorted(known))}.")
    return {known[name]: words for name, words in texts.items()}
