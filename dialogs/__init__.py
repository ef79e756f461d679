"""What the hotline says: texts and trees, no I/O. What a lawyer or a social worker would want to read or change is in this package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Protocol

from dialogs.adult import adult
from dialogs.aid import aid
from dialogs.complaint import COMPLAINT
from dialogs.follow_up import FOLLOW_UP
from dialogs.information import INFORMATION
from dialogs.kinds import harms, requests
from dialogs.notices import NOTICES
from dialogs.phrases import PHRASES
from dialogs.place import Area
from dialogs.replaced import UnknownText, flaws, replaced
from dialogs.report import report
from dialogs.safety import BANTU, BATAL, CAUGHT, DARURAT, HAPUS, MENU, language
from dialogs.signs import SETTLED
from dialogs.status import STATUS
from dialogs.welcome import welcome
from hotline.case import Track
from hotline.engine.book import Book
from hotline.engine.dialog import Dialog
from hotline.i18n import available, catalogue
from hotline.regions import located
from hotline.triage import alarming, danger_words, sounding


class Kind(Protocol):
    """A term of the region's taxonomy."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


class Region(Protocol):
    """What the dialogs need of a region's profile."""

    @property
    def facts(self) -> Mapping[str, str]: ...
    @property
    def languages(self) -> Iterable[str]: ...
    @property
    def villages(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def elsewhere(self) -> Sequence[str]: ...
    @property
    def centres(self) -> Mapping[str, tuple[float, float]]: ...
    @property
    def texts(self) -> Mapping[str, str]: ...
    @property
    def danger_words(self) -> frozenset[str]: ...
    def kinds(self, track: Track) -> Iterable[Kind]: ...


def dialogs(profile: Region) -> tuple[Dialog, ...]:
    """All dialogs of a region, each checked."""
    area = Area(profile.facts["wilayah"], profile.villages, profile.elsewhere, profile.centres)
    languages = spoken(profile)
    return (
        welcome(languages),
        report(harms(profile.kinds(Track.ANAK)), area),
        aid(requests(profile.kinds(Track.LAYANAN)), area),
        adult(area),
        STATUS,
        FOLLOW_UP,
        INFORMATION,
        COMPLAINT,
        DARURAT,
        CAUGHT,
        BANTU,
        BATAL,
        MENU,
        HAPUS,
        language(languages),
    )


def spoken(profile: Region) -> tuple[str, ...]:
    """The region's languages that have a catalogue, Indonesian first."""
    wanted = tuple(profile.languages)
    return tuple(language for language in available() if language == "id" or language in wanted)


def book(profile: Region) -> Book:
    """The dialogs of a region, translated, filled with its facts and checked together.

    Raises DialogInvalid, UnknownField, or UnknownText (file, line and cure) for a region's own text that does not fit.
    """
    own = profile.danger_words
    catalogues = {language: catalogue(language) for language in spoken(profile) if language != "id"}
    every = dialogs(profile)
    if wrong := tuple(flaws(profile.texts, every, profile.facts)):
        raise UnknownText(wrong, located(getattr(profile, "slug", ""), wrong))
    catalogues["id"] = replaced(profile.texts, every)
    return Book(
        every,
        catalogues=catalogues,
        facts=profile.facts,
        notices={**PHRASES, **NOTICES},
        danger=partial(alarming, extra=own),
        sure=partial(danger_words, extra=own),
        sounding=partial(sounding, extra=own),
        settled=SETTLED,
    )
