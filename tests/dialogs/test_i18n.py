"""Every text is in every catalogue it belongs to, translated, with the same fields; nothing is guessed and nothing is left over."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from hotline import i18n
from tools.i18n import WIDTH, extracted, wanted, written

LANGUAGES = ("id", "en", "jv")
FIELDS = re.compile(r"%\(\w+\)s|\{[\w.]+\}")
PLURALS = {"id": 1, "en": 2, "jv": 1}


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    return extracted()


def path(language: str) -> Path:
    return i18n.catalogue_root() / language / "LC_MESSAGES" / "messages.po"


def entries(language: str) -> Iterator[tuple[Message, tuple[str, ...], tuple[str, ...]]]:
    """Message, its source forms, its translated forms."""
    with path(language).open("rb") as file:
        for message in read_po(file, locale=language):
            if message.id:
                one = isinstance(message.id, str)
                yield message, (message.id,) if one else tuple(message.id), (message.string,) if one else tuple(message.string)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_exactly_the_texts_of_the_code(language: str, messages: list[Message]) -> None:
    content, missing = written(path(language), messages)
    assert content == path(language).read_bytes(), "run: make i18n"
    assert missing == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_pybabel_finds_the_catalogue_up_to_date(language: str, messages: list[Message], tmp_path: Path) -> None:
    template = Catalog()
    for message in wanted(language, messages):
        template.add(message.id, flags=message.flags, auto_comments=message.auto_comments, context=message.context)
    with (tmp_path / "messages.pot").open("wb") as file:
        write_po(file, template, sort_output=True)
    where = ["-i", file.name, "-o", str(path(language)), "-l", language]
    options = ["update", "--check", "--ignore-pot-creation-date", "-w", str(WIDTH), *where]
    asked = subprocess.run([sys.executable, "-m", "babel.messages.frontend", *options], capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fuzzy_and_plurals_are_those_of_the_language(language: str) -> None:
    with path(language).open("rb") as file:
        catalogue = read_po(file)
    assert catalogue.num_plurals == PLURALS[language]
    assert [m.id for m, _, forms in entries(language) if m.fuzzy or (len(forms) > 1 and len(forms) != PLURALS[language])] == []


@pytest.mark.parametrize("language", ["en", "jv"])
def test_everything_is_translated_with_the_fields_and_the_edges_of_the_source(language: str) -> None:
    wrong = []
    for message, sources, forms in entries(language):
        source = sources[-1]
        for form in forms:
            same_fields = sorted(FIELDS.findall(form)) == sorted(FIELDS.findall(source))
            same_edges = (form[:1].isspace(), form[-1:].isspace(), form.count("\n")) == (
                source[:1].isspace(),
                source[-1:].isspace(),
                source.count("\n"),
            )
            if not form or not same_fields or not same_edges:
                wrong.append((message.id, form))
    assert wrong == []


def test_the_words_to_send_are_the_same_in_every_language() -> None:
    words = re.compile(r"\b(DARURAT|CEK|MENU|KEMBALI|BATAL|TUTUP|LANJUT|HAPUS|BAHASA|STOP|BANTU|PIN)\b")
    of_citizens = {message.id for message, _, _ in entries("jv")}
    for language in ("en", "jv"):
        for message, sources, forms in entries(language):
            if message.id not in of_citizens:
                continue
            for form in forms:
                assert set(words.findall(sources[-1])) <= set(words.findall(form)), message.id


def test_languages_are_found_and_the_source_language_says_the_texts_as_written() -> None:
    assert i18n.available() == ("id", "en", "jv")
    assert i18n.translations("id").gettext("Siapa yang bercerita?") == "Siapa yang bercerita?"
    assert i18n.translations("en").gettext("Siapa yang bercerita?") == "Who is telling this?"
    assert i18n.catalogue("jv")["Siapa yang bercerita?"] == "Sapa sing crita?"


def test_a_language_without_a_catalogue_is_named_so() -> None:
    for ask in (i18n.translations, i18n.catalogue):
        with pytest.raises(i18n.NoSuchLanguage, match="no catalogue"):
            ask("bug")
