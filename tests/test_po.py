"""The reader of catalogues, beside Babel's."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from hotline import i18n, po

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def babel(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        found = [m for m in read_po(file) if m.id and m.string and not m.fuzzy]
    return {str(m.id): str(m.string) for m in found}


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r") + '"'


@pytest.mark.parametrize("language", i18n.available())
def test_it_reads_our_catalogues_as_babel_does(language: str) -> None:
    path = i18n.catalogue_root() / language / "LC_MESSAGES" / "messages.po"
    assert i18n.catalogue(language) == babel(path)


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1), max_size=5))
def test_any_text_comes_back(texts: dict[str, str]) -> None:
    written = HEAD + "\n".join(f"#: a.py:1\nmsgid {quoted(key)}\nmsgstr {quoted(value)}\n" for key, value in texts.items())
    assert po.read(written) == texts


def test_what_is_fuzzy_obsolete_or_untranslated_is_left_out_and_pieces_are_joined() -> None:
    text = '#, fuzzy\nmsgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr ""\n\n#~ msgid "d"\n#~ msgstr "e"\n\n'
    text += 'msgid ""\n"f"\n"g"\nmsgstr ""\n"h\\n"\n"i"\n'
    assert po.read(HEAD + text) == {"fg": "h\ni"}
    assert po.read(HEAD + text.replace("#, fuzzy", "#, python-format")) == {"a": "b", "fg": "h\ni"}


@pytest.mark.parametrize("line", ['msgid_plural "x"', 'msgctxt "menu"', "msgid x", '"no field before"', 'msgstr "open'])
def test_what_is_not_understood_is_told_with_its_line(line: str) -> None:
    with pytest.raises(po.CatalogueUnreadable, match=r"\(line 2\)"):
        po.read(f"\n{line}\n")


def test_a_text_without_translation_stays_as_written() -> None:
    english = i18n.translations("en")
    assert english.gettext("no such text") == "no such text"
    assert english.gettext("Basis data mutakhir.") != "Basis data mutakhir."
