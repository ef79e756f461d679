"""Documents and recordings: the copy says what they say and not who made them where; what cannot be made clean for sure has no copy."""

from __future__ import annotations

import asyncio
import io
import zipfile

import pytest
from pypdf import PdfReader

from hotline.file_kinds import KINDS, judge
from hotline.media.scrub import working_copy
from tests.media import documents, pictures
from tests.media.documents import AUTHOR, WORDS

TOLD = [AUTHOR.encode(), pictures.CAMERA.encode(), b"GPS", b"198.51.100.7", b"00AB12", b"2026-11-01", b"xmpmeta", b"JavaScript"]


def made(data: bytes) -> bytes | None:
    kind = judge(data)
    assert kind is not None
    return asyncio.run(working_copy(data, kind))


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_word_document_keeps_its_words_and_pictures_and_names_nobody() -> None:
    before, after = documents.word(), made(documents.word())
    assert after is not None and judge(after) is KINDS["docx"]
    whole = b"\0".join(unpacked(after).values())
    assert WORDS.encode() in whole and [told for told in TOLD if told in whole] == []
    assert AUTHOR.encode() in b"\0".join(unpacked(before).values()), "the original is as it came"
    assert unpacked(after)["word/media/image1.jpg"].startswith(b"\xff\xd8\xff")
    assert not any(name.startswith("docProps/thumbnail") for name in unpacked(after))


@pytest.mark.parametrize(
    "data",
    [
        documents.word(**{"word/embeddings/sheet.xlsx": b"PK"}),
        documents.word(**{"customXml/item1.xml": b"<x/>"}),
        documents.word(**{"word/media/image2.emf": b"\x01"}),
        documents.word(**{"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><w:p/>'}),
        documents.word(**{"word/big.xml": b" " * (201 * 1024 * 1024)}),
        documents.word()[:-30] + b"PK",
    ],
    ids=["a file inside", "data beside the text", "a picture of another kind", "a document type", "a bomb", "cut short"],
)
def test_a_word_document_that_may_hide_something_has_no_copy(data: bytes) -> None:
    kind = judge(data)
    assert kind is None or asyncio.run(working_copy(data, kind)) is None


def test_a_pdf_keeps_its_pages_and_names_nobody() -> None:
    before, after = documents.pdf(), made(documents.pdf())
    assert AUTHOR.encode() in before
    assert after is not None and [told for told in TOLD if told in after] == []
    assert len(PdfReader(io.BytesIO(after)).pages) == 1 and not PdfReader(io.BytesIO(after)).metadata


@pytest.mark.parametrize("data", [documents.pdf(password="x"), pictures.PDF, documents.pdf()[:300]], ids=["locked", "no pages", "cut"])
def test_a_pdf_that_cannot_be_read_has_no_copy(data: bytes) -> None:
    assert made(data) is None


@pytest.mark.parametrize("data", [documents.mp3(), documents.voice()], ids=["mp3", "voice note"])
def test_a_recording_keeps_its_sound_and_loses_its_tags(data: bytes) -> None:
    after = made(data)
    assert AUTHOR.encode() in data and after is not None and AUTHOR.encode() not in after
    assert judge(after) is judge(data)
    assert after.endswith(data[-60:]), "the sound is the same"


@pytest.mark.parametrize("data", [pictures.SOUND, b"ID3" + bytes(50), pictures.VOICE], ids=["m4a", "mp3", "ogg"])
def test_a_broken_recording_has_no_copy(data: bytes) -> None:
    assert made(data) is None


def test_a_film_has_no_copy() -> None:
    assert made(pictures.FILM) is None
