"""Ages as people write them, and numbers that are none."""

from __future__ import annotations

import pytest

from hotline.engine.ages import GROWN_UP, age_said
from hotline.engine.fold import fold

SAID = [
    *(("aku 12 tahun", 12), ("umurnya 8", 8), ("baru 8 tahun", 8), ("sekitar 8", 8), ("enam tahun", 6), ("sebelas", 11), ("dua belas", 12)),
    *(("balita", 0), ("masih bayi", 0), ("9 bulan", 0), ("umurnya 9 bulan", 0), ("18 bulan", 1), ("kelas 4 sd", 10), ("sd kelas 4", 10)),
    *(("kelas 1 smp", 13), ("kelas 8", 14), ("wolung taun", 8), ("limang taun", 5), ("eight years", 8), ("8thn", 8), ("umur 8th", 8)),
    *(("2,5 tahun", 2), ("2.5 th", 2), ("6-7 tahun", 6), ("5/6 th", 5), ("5-6 tahun", 5), ("dua setengah tahun", 2), ("10 atau 11", 10)),
    *(("5", 5), ("6 kak", 6), ("7 ya", 7)),
    *(("antara 5 dan 6 tahun", 5), ("di bawah 6 tahun", 5), ("belum 13 tahun", 12), ("9 tahun 3 bulan", 9), ("17-18 tahun", 17)),
    *(("sudah 3 tahun dipukul, umurnya 10", 10), ("bapaknya umur 40, anaknya umur 8", 8), ("anaknya 8 tahun dan 4 tahun", 4)),
    *(("anaknya hamil umur 15", 15), ("25 tahun", 25), ("dia 19 tahun", 19), ("delapan belas tahun", 18), ("kelas 3 sma", 17)),
]
NONE = [
    *("bukan 8 tahun", "bukan bayi", "2 tahun lalu", "selama 3 tahun", "hamil 5 bulan", "bapaknya 40 tahun"),
    *("bapaknya umur 40", "18-19 tahun", "25-30 tahun", "aku takut", "tidak tahu", "", "sejak umur 5"),
]


@pytest.mark.parametrize(("text", "age"), SAID)
def test_an_age(text: str, age: int) -> None:
    assert age_said(fold(text)) == age


@pytest.mark.parametrize("text", NONE)
def test_no_age(text: str) -> None:
    assert age_said(fold(text)) is None


@pytest.mark.parametrize("low", range(30))
@pytest.mark.parametrize("high", [18, 19, 25, 40, 75])
@pytest.mark.parametrize("words", ["{}-{} tahun", "{},{} tahun", "{}/{} th", "umur {} atau {}", "umurnya {}, bapaknya {} tahun", "{} {}"])
def test_nobody_is_grown_up_by_one_of_two_numbers(low: int, high: int, words: str) -> None:
    age = age_said(fold(words.format(low, high)))
    assert age is None or age < GROWN_UP


@pytest.mark.parametrize("text", ["anaknya 5 tahun sering dipukul", "umur 8 dan sakit"])
def test_only_what_tells_nothing_else_is_whole(text: str) -> None:
    assert age_said(fold(text), whole=True) is None and age_said(fold(text)) is not None
