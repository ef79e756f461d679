"""Danger that is said in several short messages is heard as one sentence."""

from __future__ import annotations

import pytest

from hotline.engine.book import Book
from tests.dialogs.host import Host

PIECES = [("halo", "aku", "pengen", "mati", "aja"), ("aku pengen", "bunuh", "diri"), ("halo", "kak", "tolong", "aku mau", "dibunuh bapak")]
PIECES += [("aku pengen", "mati"), ("halo", "aku pengen", "kak", "mati"), ("halo", "aku pengen", "p", "mati")]
PIECES += [("halo", "kak, makasih udah balas ya, saya tinggal sama om di dusun sebelah", "saya pengen", "mati")]


@pytest.mark.parametrize("said", PIECES)
def test_pieces_are_heard_together(book: Book, said: tuple[str, ...]) -> None:
    host = Host(book)
    for piece in said:
        host.write(piece)
        host.wait(seconds=5)
    assert host.alarms


def test_pieces_far_apart_are_no_sentence(book: Book) -> None:
    host = Host(book)
    for piece in ("aku pengen", "bunuh", "diri"):
        host.write(piece)
        host.wait(minutes=5)
    assert not host.alarms


def test_an_answer_in_between_ends_the_sentence(book: Book) -> None:
    host = Host(book)
    for piece in ("halo", "aku pengen", "tidak", "bunuh"):
        host.write(piece)
    assert not host.alarms and host.session.unheard == "bunuh"


def test_harmless_pieces_ring_nobody(book: Book) -> None:
    host = Host(book)
    for piece in ("halo", "aku", "mau", "tanya", "soal", "bansos kak", "buat", "ibu", "saya"):
        host.write(piece)
    assert not host.alarms


def test_a_secret_is_kept_in_no_sentence(book: Book) -> None:
    host = Host(book)
    for words in ("halo", "cek", "482177", "48 21", "kode 4821 ya"):
        host.write(words)
    assert not host.session.unheard


@pytest.mark.parametrize("said", [("bapak", "bawa", "motor"), ("anak", "jatuh"), ("dia", "mau", "daftar sekolah"), ("anak", "sendirian")])
def test_half_a_sentence_rings_nobody(book: Book, said: tuple[str, ...]) -> None:
    host = Host(book)
    for piece in ("halo", *said):
        host.write(piece)
    assert not host.alarms


def test_a_sticker_between_ends_no_sentence(book: Book) -> None:
    host = Host(book)
    for piece in ("halo", "aku pengen"):
        host.write(piece)
    host.sticker()
    host.write("mati")
    assert host.alarms


def test_pieces_that_answer_a_question_for_words_are_heard_together(book: Book) -> None:
    host = Host(book)
    for words in ("halo", "Tidak", "Cerita tentang anak", "Tetangga / warga", "Tidak tahu", "Kekerasan psikis", "6-12 tahun"):
        host.write(words)
    host.until("cerita", "Tidak ada yang sesuai", "Tidak")
    host.write("aku pengen")
    assert not host.alarms
    host.write("mati")
    assert host.alarms
