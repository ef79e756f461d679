"""Where others hold the phone too: a slow child keeps its story, and nobody else is shown it."""

from __future__ import annotations

import pytest

from hotline.engine.book import Book
from tests.dialogs.host import Host
from tests.dialogs.test_other_hands import child, put_away

GOES_ON = ["aku takut", "iya kak dia tinggal di rumah", "kadang", "😭", "makasih kak", "maaf kak tadi mama pulang", "LANJUT", "lanjut kak"]


@pytest.mark.parametrize("words", GOES_ON)
def test_a_child_that_answers_slowly_in_its_own_words_keeps_its_story(book: Book, words: str) -> None:
    host = child(book, "2")
    host.write("disentuh")
    host.wait(minutes=35)
    host.write(words)
    assert not put_away(host) and host.session.open_key == "R3"


@pytest.mark.parametrize("words", ["bahaya banget kak", "temanku bahaya", "iya adikku", "iya dia datang"])
def test_at_the_question_of_danger_a_late_cry_is_the_yes(book: Book, words: str) -> None:
    host = Host(book)
    for said in ("halo", "tidak", "aku anak", "2", "aku diperkosa"):
        host.write(said)
    rung = len(host.alarms)
    host.wait(minutes=35)
    host.write(words)
    assert not put_away(host) and host.told["R1"] == "ya" and len(host.alarms) > rung


def test_others_are_shown_no_summary_and_no_list_of_signs(book: Book) -> None:
    for key in ("tanda", "ringkasan"):
        host = child(book, "2")
        host.write("disentuh")
        host.until(key, "Boleh", "Tidak ada yang sesuai", "Tidak", "Tanpa nama")
        shown = host.last.text
        host.wait(minutes=35)
        host.write("dinda lagi tidur")
        assert put_away(host) and shown not in host.last.text, key


def test_a_sticker_or_a_photo_after_a_pause_shows_no_question_again_and_the_story_stays(book: Book) -> None:
    host = child(book, "2")
    host.write("disentuh")
    host.wait(minutes=35)
    for sent in (host.sticker, host.photo):
        assert "?" not in "".join(message.text for message in sent())
        host.wait(minutes=35)
    host.write("Ya, kami serumah")
    assert host.told["R3"] == "serumah"
