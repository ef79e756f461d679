"""Texts for people: Indonesian in the code, other languages in catalogues that are compiled in memory when first used."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

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


@cache
def translations(language: str) -> NullTranslations:
    """A gettext object, for Jinja and for messages made at the moment. Raises NoSuchLanguage."""
    path = catalogue_root() / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.is_file():
        raise NoSuchLanguage(NoSuchLanguage.__doc__)
    with path.open("rb") as file:
        catalogue = read_po(file, locale=None if language == SOURCE else language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled, domain=DOMAIN)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Text as written -> translation, without the untranslated ones. Raises NoSuchLanguage."""
    path = catalogue_root() / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.is_file():
        raise NoSuchLanguage(NoSuchLanguage.__doc__)
    with path.open("rb") as file:
        messages = read_po(file)
    return {m.id: m.string for m in messages if isinstance(m.id, str) and isinstance(m.string, str) and m.id and m.string and not m.fuzzy}
