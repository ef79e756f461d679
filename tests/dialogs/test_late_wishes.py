"""What protects the person is obeyed whenever it comes, and who waits for somebody is not sent through a menu."""

from __future__ import annotations

import pytest

from dialogs.never import blocked
from hotline.engine.book import Book
from hotline.engine.effects import Closed, Stopped
from hotline.engine.fold import fold
from hotline.engine.forbids import of_the_phone
from hotline.messages import Kind
from tests.dialogs.host import Host


def begun(book: Book) -> Host:
    host = Host(book)
    for answer in ("halo", "tidak", "mau cerita", "1", "hanya saya", "boleh"):
        host.write(answer)
    return host


@pytest.mark.parametrize("words", ["STOP", "berhenti", "jangan kirim pesan ke sini lagi"])
def test_who_forbade_us_to_write_hours_ago_is_obeyed(book: Book, words: str) -> None:
    host = begun(book)
    host.send(Kind.TEXT, text=words, late=True)
    assert Stopped(True) in host.effects
    assert "tidak akan menulis lebih dulu" in host.last.text


def test_a_belated_tutup_leaves_no_question_of_the_story_on_the_phone(book: Book) -> None:
    host = begun(book)
    host.send(Kind.TEXT, text="TUTUP", late=True)
    assert Closed() in host.effects and host.session.hidden
    assert (host.last.text, host.last.options) == (book.phrase("closed", "id"), ())


@pytest.mark.parametrize("words", ["salah sambung", "maaf, salah nomor ya", "salah sambung, ini siapa?", "wrong number"])
def test_a_wrong_number_is_not_written_to_again(book: Book, words: str) -> None:
    host = begun(book)
    asked = host.last.text
    host.wait(hours=30)
    host.write(words)
    assert asked not in host.last.text, "nor shown what was told"
    assert host.contacts[-1] == ("unknown", "no", "") and Stopped(True) in host.effects
    assert words in host.said, "people read it too"


def test_who_forbids_us_to_write_days_later_is_obeyed(book: Book) -> None:
    host = begun(book)
    host.wait(hours=50)
    host.write("jangan kirim pesan lagi ya")
    assert Stopped(True) in host.effects


@pytest.mark.parametrize("words", ["dia bilang salah nomor", "bapak marah karena salah sambung", "salah"])
def test_whoever_tells_of_a_wrong_number_goes_on_telling(words: str) -> None:
    assert not of_the_phone(fold(words))


def test_a_child_who_wants_to_talk_to_somebody_writes_on_without_a_menu(book: Book) -> None:
    host = Host(book)
    for answer in ("halo", "tidak", "aku anak", "hanya aku", "dipukul", "tidak", "10-12"):
        host.write(answer)
    host.write("3")
    assert host.told["minta_petugas"] == "ya"
    assert "Jam petugas" in host.last.text
    for words in ("halo?", "aku di kamar", "kok tidak ada yang jawab"):
        host.write(words)
        assert [option.label for option in host.last.options] == ["Cukup dulu"]
    assert host.said[-2:] == ["aku di kamar", "kok tidak ada yang jawab"]
    host.write("1")
    assert host.finished and not host.last.options


def test_news_named_to_who_comes_back_names_no_topic(book: Book) -> None:
    host = Host(book, has_case=True)
    host.news = "yes"
    host.write("halo")
    assert "Ada pembaruan untuk kode 482 177 359" in host.last.text and host.last.options
    assert blocked(host.last.text, "id") == []
