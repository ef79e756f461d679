"""At the menu people say in their own words what they came for, and are understood; what says too little or too much is kept and asked."""

from __future__ import annotations

import pytest

from hotline.engine.book import Book
from tests.dialogs.host import Host
from tests.dialogs.test_many import go

UNDERSTOOD = [
    ("lapor", "pelapor"),
    ("Mau lapor", "pelapor"),
    ("saya mau melaporkan anak tetangga", "pelapor"),
    ("murid saya sering tidak masuk", "pelapor"),
    ("cerita", "pelapor"),
    ("wadul", "pelapor"),
    ("i want to report", "pelapor"),
    ("bantuan", "untuk"),
    ("Bansos", "untuk"),
    ("mau tanya soal pkh saya berhenti", None),
    ("pkh saya berhenti sejak januari", "untuk"),
    ("njaluk bantuan", "untuk"),
    ("aku anak", "hp"),
    ("aku kelas lima sd", "hp"),
    ("bapakku galak", "hp"),
    ("status laporan saya gimana", "kode"),
    ("jam buka kapan ya", "topik"),
    ("entahlah", "menu"),
]


@pytest.mark.parametrize(("said", "key"), UNDERSTOOD)
def test_what_is_said_at_the_menu(book: Book, said: str, key: str | None) -> None:
    host = Host(book)
    go(host, "halo", "Tidak")
    host.write(said)
    assert host.session.open_key == (key or "menu")


def test_a_sentence_that_was_understood_is_kept_all_the_same(book: Book) -> None:
    host = Host(book)
    go(host, "halo", "Tidak", "pkh saya berhenti sejak januari")
    assert host.said == ["pkh saya berhenti sejak januari"]


def test_bantuan_elsewhere_still_means_people(book: Book) -> None:
    host = Host(book)
    go(host, "halo")
    assert "110" in host.write("bantuan")[0].text
    assert "110" in host.write("tolong")[0].text
