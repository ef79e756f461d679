"""At the menu people say in their own words what they came for, and are understood; what says too little or too much is kept and asked."""

from __future__ import annotations

from collections import Counter

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


WISHES = ["bicara ke petugas", "Aku mau ngomong sama petugas", "tolong panggil petugas", "I want to talk to a person"]
AGES = [("12 tahun", "10-12"), ("11", "10-12"), ("umur 6", "6-9"), ("17 thn", "16-17"), ("5 tahun", "0-5")]


@pytest.mark.parametrize("words", WISHES)
def test_the_wish_for_a_person_is_heard_in_any_words_and_kept(book: Book, words: str) -> None:
    host = Host(book)
    go(host, "halo", "Tidak", "Aku anak, butuh bantuan")
    shown = host.write(words)
    assert any("Jam petugas" in message.text for message in shown) and host.said == [words]
    assert host.session.open_key == "hp", "the question is asked again"


def test_where_a_person_is_one_of_the_choices_the_words_choose_it(book: Book) -> None:
    host = Host(book)
    go(host, "halo", "ada anak dipukuli pakai kayu sampai berdarah")
    assert host.session.open_key == "salah_tangkap"
    go(host, "bicara ke petugas")
    assert host.session.answers["salah_tangkap"] == "petugas"


@pytest.mark.parametrize(("age", "code"), AGES)
def test_an_age_is_understood_as_it_is_written(book: Book, age: str, code: str) -> None:
    host = Host(book)
    go(host, "halo", "Tidak", "Aku anak, butuh bantuan", "Orang itu bisa melihat", "Hal lain / lewati", "Tidak", age)
    assert host.told["umur"] == code


def test_a_greeting_over_an_open_question_is_no_story(book: Book) -> None:
    host = Host(book)
    go(host, "halo", "Tidak")
    shown = host.write("halo kak")
    assert host.said == [] and host.session.open_key == "menu"
    assert [message.text for message in shown] == ["Apa yang bisa kami bantu?"]


def test_whoever_greets_over_and_over_never_reads_the_same_three_times(book: Book) -> None:
    host = Host(book)
    greetings = ("halo", "halo kak", "hai", "halo", "pagi", "halo")
    read = Counter("\n\n".join(message.text for message in host.write(text)) for text in greetings)
    assert max(read.values()) <= 2 and host.said == []


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("anak saya belum makan dari kemarin", "tanpa_makan_hari_ini"),
        ("rumah kami kebanjiran", "kena_bencana"),
        ("suami sakit parah", "sakit"),
    ],
)
def test_what_is_grave_today_is_understood_in_a_sentence_and_the_sentence_kept(book: Book, words: str, key: str) -> None:
    host = Host(book)
    go(host, "halo", "Tidak", "Bantuan sosial", "Saya sendiri")
    assert host.session.open_key == "gawat"
    host.write(words)
    assert host.told[key] == "ya" and words in host.said


@pytest.mark.parametrize(
    ("words", "push"), [("ya", "yes"), ("iya boleh", "yes"), ("Yes", "yes"), ("tidak", "no"), ("No", "no"), ("nggak", "no")]
)
def test_a_plain_yes_or_no_answers_whether_we_may_write(book: Book, words: str, push: str) -> None:
    host = Host(book)
    go(host, "halo", "Tidak", "Cerita tentang anak", "Tetangga / warga", "Hanya saya yang pegang", words)
    assert host.told["boleh_kirim"] == push
