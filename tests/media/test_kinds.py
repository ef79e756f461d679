"""What a file is, it says by its own bytes; what only pretends is not kept."""

from __future__ import annotations

import pytest

from hotline.file_kinds import judge
from tests.media import pictures

KEPT = [
    ("jpeg", pictures.photo(40, 30)),
    ("png", pictures.png()),
    ("webp", pictures.webp()),
    ("pdf", pictures.PDF),
    ("ogg", pictures.VOICE),
    ("mp4", pictures.FILM),
    ("m4a", pictures.SOUND),
    ("mp3", b"ID3\x04" + bytes(60)),
    ("mp3", b"\xff\xfb\x90\x64" + bytes(60)),
    ("amr", b"#!AMR\n" + bytes(60)),
    ("docx", pictures.archive(*pictures.DOCX)),
]
NOT_KEPT = [
    ("nothing", b""),
    ("words", b"halo, ini foto saya"),
    ("a page", b"<!doctype html><script>alert(1)</script>"),
    ("a drawing with a script", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    ("a page behind a PDF's name", b"<html>%PDF-1.7"),
    ("a program", b"MZ\x90\x00" + bytes(400)),
    ("an ELF program", b"\x7fELF" + bytes(400)),
    ("a gif", b"GIF89a" + bytes(60)),
    ("a phone's HEIC", pictures.HEIC),
    ("an archive", pictures.archive("foto.jpg")),
    ("a document with macros", pictures.archive(*pictures.DOCX, "word/vbaProject.bin")),
    ("a broken archive", pictures.archive(*pictures.DOCX)[:60]),
    ("an Ogg of something else", b"OggS\x00\x02" + bytes(22) + b"fishead\x00" + bytes(60)),
    ("UTF-16 text", "\ufeffhalo".encode("utf-16-le")),
    ("a frame that cannot be", b"\xff\xfb\xf0\x64" + bytes(60)),
]


@pytest.mark.parametrize(("code", "data"), KEPT, ids=[f"{code}-{i}" for i, (code, _) in enumerate(KEPT)])
def test_a_file_is_known_by_its_bytes(code: str, data: bytes) -> None:
    kind = judge(data)
    assert kind is not None and kind.code == code


@pytest.mark.parametrize(("label", "data"), NOT_KEPT, ids=[label for label, _ in NOT_KEPT])
def test_what_only_pretends_is_nothing(label: str, data: bytes) -> None:
    assert judge(data) is None
