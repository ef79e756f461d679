"""How old somebody is, asked of a child and of grown-ups: read from numbers, words and sentences, and never made older."""

from __future__ import annotations

import pytest

from hotline.engine.book import Book
from tests.dialogs.answers import meant

CHILDS = [
    *((t, "10-12") for t in ("aku 12 tahun", "sebelas", "dua belas", "kelas 4 sd", "10-11", "umurku 12 kak", "11")),
    *((t, "6-9") for t in ("tujuh", "baru 8 tahun", "enam tahun", "wolung taun", "6-7 tahun", "6", "7", "9 kak", "6. 6-9 tahun")),
    *((t, "0-5") for t in ("lima", "5 tahun", "5/6 th", "1", "2", "5", "5 aja")),
    *((t, "13-15") for t in ("kelas 1 smp", "umur 14", "14")),
    *((t, "16-17") for t in ("kelas 3 sma", "17-18 tahun", "16")),
    *((t, "dewasa") for t in ("18", "20 tahun", "18 tahun ke atas", "35")),
    *((t, "tidak_tahu") for t in ("0", "nomor 0", "tidak tahu", "lewati")),
    *((t, None) for t in ("bukan 12 tahun", "dewasa", "25-30 tahun", "nomor tujuh", "110")),
]
OF_A_CHILD = [
    *((t, "0-5") for t in ("2,5 tahun", "5-6 tahun", "balita", "bayi", "9 bulan", "umurnya 9 bulan", "2 5 tahun", "1", "0", "4", "5")),
    *((t, "6-12") for t in ("umurnya 8", "6-7 tahun", "sekitar 8 tahun", "8 tahun kelas 2 sd", "6. 6-12 tahun", "6", "7", "12 pak")),
    *((t, "13-17") for t in ("kelas 3 sma", "anak smp", "17-18 tahun", "17")),
    *((t, "kandungan") for t in ("hamil 5 bulan", "masih dalam kandungan ibunya", "belum lahir", "98")),
    *((t, "dewasa") for t in ("25 tahun", "umur 19", "18")),
    *((t, None) for t in ("bapaknya 40 tahun", "18-19 tahun", "bukan bayi", "2,5 abad")),
]


@pytest.mark.parametrize(("key", "text", "code"), [*(("umur", t, c) for t, c in CHILDS), *(("R4", t, c) for t, c in OF_A_CHILD)])
def test_which_age_is_meant(book: Book, key: str, text: str, code: str | None) -> None:
    assert meant(book, "report", key, text) == code


def test_a_number_is_an_age_and_no_place_in_the_list(book: Book) -> None:
    """Six years once stood sixth in the list, where it said "grown up" and led a child away from those who protect children."""
    for age in range(100):
        assert (meant(book, "report", "umur", str(age)) == "dewasa") is (age >= 18), age
        assert (meant(book, "report", "R4", str(age)) == "dewasa") is (18 <= age < 98), age
