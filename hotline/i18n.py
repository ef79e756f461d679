"""Texts for people: Indonesian in the code, other languages in catalogues that are read when first used."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from gettext import NullTranslations
from importlib.resources import files
from pathlib import Path

from hotline import po

SOURCE = "id"
DOMAIN = "messages"


class NoSuchLanguage(Exception):
    """There is no catalogue for this language."""


def N_(text: str) -> str:
    """Marks a text for translation where it is written; it is translated where it is said."""
    return text


def catalogue_root() -> Path:
    """Where the catalogues lie: inside the installed package, or beside it in a checkout."""
    package = Path(str(files("hotline")))
    installed = package / "locale"
    return installed if installed.is_dir() else package.parent / "locale"


@cache
def available() -> tuple[str, ...]:
    """The languages that have a catalogue, the source language first."""
    found = sorted(path.parent.parent.name for path in catalogue_root().glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    return (SOURCE, *(language for language in found if language != SOURCE))


class Translations(NullTranslations):
    """One catalogue as gettext knows it; what is not in it stays as written."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        super().__init__()
        self._texts = texts

    def gettext(self, message: str) -> str:
        """The translation."""
        return self._texts.get(message, message)


@cache
def translations(language: str) -> NullTranslations:
    """A gettext object, for Jinja and for messages made at the moment. Raises NoSuchLanguage."""
    return Translations(catalogue(language))


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Text as written -> translation, without the untranslated ones. Raises NoSuchLanguage."""
    path = catalogue_root() / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.is_file():
        raise NoSuchLanguage(NoSuchLanguage.__doc__)
    return po.read(path.read_text(encoding="utf-8"))
