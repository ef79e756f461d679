"""The program's own sentences in the language of whoever runs it."""

from __future__ import annotations

from babel.support import NullTranslations

from hotline.i18n import NoSuchLanguage, translations


def catalogue_or_source(language: str) -> NullTranslations:
    """A gettext object; the texts as written where there is no catalogue for the language."""
    try:
        return translations(language)
    except NoSuchLanguage:
        return NullTranslations()
