"""Who tells it, in a word or a sentence; whoever is only spoken of is not taken for the one who writes."""

from __future__ import annotations

import pytest

from hotline.engine.book import Book
from tests.dialogs.answers import meant

SAID = [
    *(
        (t, "guru")
        for t in ("saya guru", "guru", "saya wali kelasnya", "wali kelas", "saya kepala sekolah SD 2", "saya guru bk", "bu guru")
    ),
    *((t, "guru") for t in ("saya ibu guru", "aku gurunya di sd")),
    *((t, "keluarga") for t in ("ibunya", "saya ibunya", "neneknya", "saya neneknya pak", "kulo mbahe", "aku kakaknya", "saya ibu")),
    *((t, "keluarga") for t in ("ayahnya", "tantenya", "pamannya", "saya ibu dari anak itu", "bapak")),
    *((t, "keluarga") for t in ("anakku", "anak saya", "cucu saya", "keponakanku")),
    *((t, "guru") for t in ("murid saya", "muridku", "siswa saya pak")),
    *((t, "warga") for t in ("tetangga", "saya tetangganya", "ketua rt", "saya ketua rt", "pak rt", "temannya", "saya temannya")),
    *((t, "warga") for t in ("anak tetangga dipukuli tiap malam", "teman")),
    *((t, "instansi") for t in ("kepala desa", "saya bidan desa", "polisi", "saya dari dinas sosial", "perangkat desa", "kader posyandu")),
    *((t, "anak") for t in ("aku anak", "korban", "aku sendiri", "aku korbannya")),
]
NOT_SAID = [
    *("bukan guru", "saya bukan guru", "bukan ibunya", "bukan tetangga", "bukan polisi", "saya bukan tetangganya", "bukan saya gurunya"),
    *(
        "ibunya yang mukul",
        "bapaknya mabuk terus",
        "aku dipukul tetangga",
        "aku dipukul teman",
        "tolong aku bapak mabuk",
        "polisi diam saja",
    ),
    *("bapakku", "pamanku", "mamaku", "nenekku", "kakakku", "bapakku sendiri", "guru saya", "guruku", "temanku", "tetangga saya"),
    *("dipukul guru", "saya takut lapor polisi", "anak itu dipukul ibunya", "wali kelas yang menampar"),
]


@pytest.mark.parametrize(("text", "code"), SAID)
def test_who_is_telling(book: Book, text: str, code: str) -> None:
    assert meant(book, "report", "pelapor", text) == code


@pytest.mark.parametrize("text", NOT_SAID)
def test_who_is_only_spoken_of(book: Book, text: str) -> None:
    assert meant(book, "report", "pelapor", text) is None
