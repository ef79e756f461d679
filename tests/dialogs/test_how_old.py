"""How old somebody is, asked of a child and of grown-ups: read from words and sentences, and never made older."""

from __future__ import annotations

import pytest

from hotline.engine.book import Book
from tests.dialogs.answers import meant

CHILDS = [
    *((t, "10-12") for t in ("aku 12 tahun", "sebelas", "dua belas", "kelas 4 sd", "10-11", "umurku 12 kak")),
    *((t, "6-9") for t in ("tujuh", "baru 8 tahun", "enam tahun", "wolung taun", "6-7 tahun", "2")),
    *((t, "0-5") for t in ("lima", "5 tahun", "5/6 th", "1")),
    *((t, "13-15") for t in ("kelas 1 smp", "umur 14", "14")),
    *((t, "16-17") for t in ("kelas 3 sma", "17-18 tahun", "5")),
    *((t, "dewasa") for t in ("18", "20 tahun", "18 tahun ke atas", "6")),
    *((t, "tidak_tahu") for t in ("7", "nomor tujuh", "tidak tahu")),
    *((t, None) for t in ("6 kak", "bukan 12 tahun", "dewasa", "25-30 tahun")),
]
OF_A_CHILD = [
    *((t, "0-5") for t in ("2,5 tahun", "5-6 tahun", "balita", "bayi", "9 bulan", "umurnya 9 bulan", "2 5 tahun", "lima", "1")),
    *((t, "6-12") for t in ("umurnya 8", "6-7 tahun", "sekitar 8 tahun", "8 tahun kelas 2 sd", "2. 6-12 tahun", "2")),
    *((t, "13-17") for t in ("kelas 3 sma", "anak smp", "17-18 tahun")),
    *((t, "kandungan") for t in ("hamil 5 bulan", "masih dalam kandungan ibunya", "belum lahir", "4")),
    *((t, "dewasa") for t in ("25 tahun", "umur 19", "5")),
    *((t, None) for t in ("7", "bapaknya 40 tahun", "18-19 tahun", "bukan bayi", "2,5 abad")),
]


@pytest.mark.parametrize(("key", "text", "code"), [*(("umur", t, c) for t, c in CHILDS), *(("R4", t, c) for t, c in OF_A_CHILD)])
def test_which_age_is_meant(book: Book, key: str, text: str, code: str | None) -> None:
    assert meant(book, "report", key, text) == code
