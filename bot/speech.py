"""The program's own sentences in the language of whoever runs it: Indonesian, or what TEDUH_LANGUAGE says."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from gettext import NullTranslations

SOURCE = "id"


def catalogue_or_source(language: str) -> NullTranslations:
    """A gettext object; the texts as written where there is no catalogue for the language."""
    from hotline.i18n import NoSuchLanguage, translations

    try:
        return translations(language)
    except NoSuchLanguage:
        return NullTranslations()


def N_(text: str) -> str:
    """Marks a text for the catalogues and gives it back; `hotline.i18n` has the same, and loads them."""
    return text


def speech(env: Mapping[str, str] = os.environ) -> Callable[[str], str]:
    """The function that translates a text as written."""
    language = env.get("TEDUH_LANGUAGE", "").strip() or SOURCE
    if language == SOURCE:
        return str
    found: Callable[[str], str] = catalogue_or_source(language).gettext
    return found
