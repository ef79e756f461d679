"""The words that work everywhere, however they are written; and what only looks like one."""

from __future__ import annotations

import pytest

from hotline.engine.fold import fold
from hotline.engine.words import Word, asks_for_people, cries, greeting, started, visible, word_of


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("DARURAT", Word.DARURAT),
        ("/darurat", Word.DARURAT),
        (" Darurat!! ", Word.DARURAT),
        ("daruraaat", Word.DARURAT),
        ("d a r u r a t", Word.DARURAT),
        ("SOS", Word.DARURAT),
        ("emergency", Word.DARURAT),
        ("bantu", Word.BANTU),
        ("/bantu", Word.BANTU),
        ("/darurat@teduh_bot", Word.DARURAT),
        (" /DARURAT@Teduh2Bot ", Word.DARURAT),
        ("/bantu@teduh_bot", Word.BANTU),
        ("/cek@teduh_bot", Word.CEK),
        ("/start@teduh_bot", Word.MULAI),
        ("tolong", Word.BANTU),
        ("help", Word.BANTU),
        ("tulung", Word.BANTU),
        ("Menu", Word.MENU),
        ("KEMBALI", Word.KEMBALI),
        ("batal.", Word.BATAL),
        ("cek", Word.CEK),
        ("/cek", Word.CEK),
        ("tutup", Word.TUTUP),
        ("Hapus", Word.HAPUS),
        ("BASA", Word.BAHASA),
        ("stop", Word.STOP),
        ("*DARURAT*", Word.DARURAT),
        ("“darurat”", Word.DARURAT),
    ],
)
def test_a_word_alone_is_obeyed(text: str, word: Word) -> None:
    assert word_of(fold(text)) is word


@pytest.mark.parametrize(
    "text",
    ["tolong anak itu", "dia bilang stop", "tutup pintu", "menu makanan", "", "darurat sipil", "cek kesehatan", "d", "darurat@gmail.com"],
)
def test_a_word_in_a_sentence_is_a_sentence(text: str) -> None:
    assert word_of(fold(text)) is None


def test_greetings_say_nothing_that_must_be_kept() -> None:
    assert all(greeting(fold(text)) for text in ("halo", "Assalamualaikum wr. wb.", "selamat pagi kak", "P"))
    assert not greeting("")
    assert not any(greeting(fold(text)) for text in ("halo tolong saya", "pagi tadi dipukul"))


@pytest.mark.parametrize(
    "text", ["bahaya", "BAHAYA!!!", "ada bahaya", "lagi bahaya nih", "aku dalam bahaya", "ana bebaya", "🆘🆘", "in danger", "🆘 tolong"]
)
def test_danger_said_by_itself_is_the_word_that_rings(text: str) -> None:
    assert word_of(fold(text)) is Word.DARURAT


@pytest.mark.parametrize(
    "text", ["tidak ada bahaya", "apakah ini berbahaya", "ini bahaya apa bukan", "ada bahaya banjir", "jalan itu bahaya"]
)
def test_danger_spoken_of_is_not(text: str) -> None:
    assert word_of(fold(text)) is None


def test_a_cry_for_help_is_more_than_the_command() -> None:
    assert all(cries(fold(text)) for text in ("tolong", "TOLONG!!", "t o l o n g", "help", "tolong tolong"))
    assert not any(cries(fold(text)) for text in ("bantu", "bantuan", "tolong kirim kode"))


PEOPLE = ("aku mau ngomong sama orang", "mau telpon petugas", "gak mau chat sama bot", "bisa bicara dengan petugas")
BEHIND_A_GREETING = ("halo, boleh saya bicara dengan petugas", "pagi kak mau bicara sama petugas")


@pytest.mark.parametrize("text", PEOPLE + BEHIND_A_GREETING)
def test_who_asks_for_people(text: str) -> None:
    assert asks_for_people(fold(text))
    assert not asks_for_people(fold(text + " kemarin"))


@pytest.mark.parametrize("text", ["halo", "", "kak", "halo ada orang di sini", "pagi tolong panggil orang sekarang"])
def test_who_only_greets_or_cries_does_not(text: str) -> None:
    assert not asks_for_people(fold(text))


def test_tears_say_something_and_a_wave_does_not() -> None:
    assert all(visible(text) for text in ("😭", "🔪", "a", "7", "👋 😭"))
    assert not any(visible(text) for text in ("", "  ", "\u200b\u2060", "👋🏽", "🙏", "...", "???"))


def test_start_with_and_without_a_payload() -> None:
    assert started(fold("/start"), "/start")
    assert started(fold("/start qr-sekolah"), "/start qr-sekolah")
    assert not started(fold("start dari awal"), "start dari awal")
