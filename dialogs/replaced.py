"""A region's own words in place of ours, in Indonesian; other languages keep the common text. What does not fit stops the start."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from dialogs.never import SHOWN_BY_ITSELF, blocked, said
from dialogs.phrases import PHRASES
from dialogs.reading import LONGEST_QUESTION, read
from dialogs.ready import READY
from hotline.engine.dialog import Dialog
from hotline.i18n import N_
from hotline.regions.problem import Flaw, Problem, ProfileInvalid

_FIELD = re.compile(r"\{([a-z_0-9.]+)\}")
_AROUND = 1.5
"""How much longer than ours a text may be, beside what is always allowed."""
_ALWAYS, _MOST_KNOWN = 300, 8
Located = tuple[Problem, ...]


class UnknownText(ProfileInvalid):
    """A region replaces a text that no dialog says, or says something there that may not be said."""

    def __init__(self, flaws: Iterable[Flaw], located: Located = ()) -> None:
        self.flaws = tuple(flaws)
        super().__init__(located or tuple(_nowhere(flaw) for flaw in self.flaws))


def replaceable(dialogs: Iterable[Dialog]) -> Mapping[str, str]:
    """Name -> text as written: the ready texts (`batas`), the engine's sentences (`numbers`) and every question (`report.R3`)."""
    questions = {f"{dialog.name}.{ask.key}": ask.text for dialog in dialogs for ask in dialog.questions()}
    return {**questions, **PHRASES, **READY}


def replaced(texts: Mapping[str, str], dialogs: Iterable[Dialog]) -> Mapping[str, str]:
    """The catalogue of the source language: text as written -> the region's words."""
    known = replaceable(dialogs)
    return {known[name]: words for name, words in texts.items() if name in known}


def flaws(texts: Mapping[str, str], dialogs: Iterable[Dialog], facts: Iterable[str]) -> Iterator[Flaw]:
    """Everything wrong with a region's own texts: an unknown name, a field nothing fills or one that was lost, words never said, length."""
    known, filled = replaceable(dialogs), frozenset(facts)
    for name, words in texts.items():
        place = ("teks", "ganti", name)
        if name not in known:
            yield _unknown(place, name, known)
            continue
        yield from _fields(place, words, known[name], filled, frozenset() if name in SHOWN_BY_ITSELF else filled)
        yield from _words(place, name, words)
        yield from _length(place, name, words, known[name])


def _unknown(place: tuple[str, ...], name: str, known: Mapping[str, str]) -> Flaw:
    near = difflib.get_close_matches(name, known, n=_MOST_KNOWN, cutoff=0.5) or sorted(READY)
    return Flaw(
        place=place,
        wrong=N_('tidak ada teks bernama "{name}"'),
        cure=N_("pakai salah satu dari: {known}"),
        values={"name": name, "known": ", ".join(near)},
    )


def _fields(place: tuple[str, ...], words: str, ours: str, facts: frozenset[str], may: frozenset[str]) -> Iterator[Flaw]:
    """`may`: the facts it may name beside those of our text. The name of an office would be a topic where others may look."""
    mine, given = set(_FIELD.findall(words)), set(_FIELD.findall(ours))
    for field in sorted(mine - given - may):
        yield Flaw(
            place=place,
            wrong=N_('isian "{field}" tidak ada yang mengisi'),
            cure=N_("pakai salah satu dari: {known}"),
            values={"field": "{" + field + "}", "known": ", ".join("{" + f + "}" for f in sorted(given | may))},
        )
    for field in sorted(field for field in given - mine if field not in facts):
        yield Flaw(
            place=place,
            wrong=N_('isian "{field}" hilang'),
            cure=N_('tulis "{field}" di tempat yang sesuai'),
            values={"field": "{" + field + "}"},
        )


def _words(place: tuple[str, ...], name: str, words: str) -> Iterator[Flaw]:
    for what in said(words):
        yield Flaw(
            place=place,
            wrong=N_('teks "{name}" berisi hal yang tidak boleh dikatakan kepada warga: {what}'),
            cure=N_("tulis ulang tanpa itu"),
            values={"name": name, "what": what},
        )
    topics = blocked(words, "id") if name in SHOWN_BY_ITSELF else []
    if topics:
        yield Flaw(
            place=place,
            wrong=N_('teks "{name}" tampil di HP yang mungkin dilihat orang lain dan menyebut: {words}'),
            cure=N_("tulis ulang tanpa kata itu"),
            values={"name": name, "words": ", ".join(topics)},
        )


def _length(place: tuple[str, ...], name: str, words: str, ours: str) -> Iterator[Flaw]:
    most = LONGEST_QUESTION if "." in name else max(_ALWAYS, int(len(ours) * _AROUND))
    if len(words) > most:
        yield Flaw(
            place=place,
            wrong=N_('teks "{name}" terlalu panjang: {length} huruf'),
            cure=N_("paling panjang {most} huruf"),
            values={"name": name, "length": str(len(words)), "most": str(most)},
        )
    for one in read(name, words):
        if one.grade > 1:
            yield Flaw(
                place=place,
                wrong=N_('kalimat "{sentence}" sulit dibaca'),
                cure=N_("pakai kalimat dan kata yang lebih pendek"),
                values={"sentence": one.sentence},
            )


def _nowhere(flaw: Flaw) -> Problem:
    return Problem(file=Path("profil"), line=1, wrong=flaw.wrong, cure=flaw.cure, values=flaw.values)
