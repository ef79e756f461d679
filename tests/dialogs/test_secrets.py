"""Where a code, a PIN or a word of one's own is asked: the secret is read by nobody, and a story told there is not lost."""

from __future__ import annotations

import pytest

from hotline.engine.book import Book
from hotline.engine.effects import Alarm
from hotline.messages import Kind
from tests.dialogs.host import Host
from tests.dialogs.test_many import SIGNS, go

TO_THE_WORD = (*SIGNS, "Tidak ada yang sesuai", "Tidak", "4", "lewati", "Sudah benar", "Ya, atur")
STORY = "mereka bertiga tinggal bersama neneknya di rumah bercat hijau"
GRAVE = "bapak pukul aku lagi sampai berdarah"
WAYS = {"kata_aman": TO_THE_WORD, "kode": ("halo", "CEK"), "pin": ("CEK 482177359",)}


@pytest.fixture(params=WAYS)
def host(book: Book, request: pytest.FixtureRequest) -> Host:
    made = Host(book)
    go(made, *WAYS[request.param])
    assert made.session.open_key == request.param
    return made


def test_a_story_told_there_is_kept_and_thanked_for(host: Host, book: Book) -> None:
    key = host.session.open_key
    answer = host.write(STORY)
    assert host.said[-1] == STORY and book.phrase("kept", "id") in answer[0].text
    assert host.session.open_key == key


def test_danger_told_there_rings_and_is_kept(host: Host) -> None:
    host.write(GRAVE)
    assert host.alarms and host.said[-1] == GRAVE


@pytest.mark.parametrize("change", [{"edited": True}, {"late": True}])
def test_danger_in_a_changed_or_belated_message_rings_there_too(host: Host, change: dict[str, bool]) -> None:
    host.send(Kind.TEXT, text=f"{GRAVE} jam 2030", **change)
    assert host.alarms and GRAVE in host.said[-1]


def test_danger_rings_there_while_an_officer_is_in_the_chat(host: Host) -> None:
    host.officer("ambil alih")
    host.write("2 orang pukul aku lagi sampai berdarah")
    assert host.alarms and "pukul aku" in host.said[-1]


@pytest.mark.parametrize("text", ["4821 1", "482177359 48", "dua kata", "482177359482"])
def test_what_looks_like_a_secret_is_nobodys_to_read(host: Host, text: str) -> None:
    before = list(host.said)
    host.write(text)
    assert host.said == before


@pytest.mark.parametrize("secret", ["482177359", "4821", "482 177 359 4821"])
def test_a_secret_sent_long_after_it_was_asked_for_is_nobodys_to_read(book: Book, secret: str) -> None:
    host = Host(book)
    go(host, "CEK")
    host.wait(hours=8)
    host.write(secret)
    assert host.said == []


def test_numbers_of_a_secret_are_hidden_in_a_story_around_it(book: Book) -> None:
    host = Host(book)
    go(host, "CEK 482177359")
    host.write("PIN saya 4821 tetapi rumah neneknya di belakang pasar lama")
    assert host.said == ["PIN saya … tetapi rumah neneknya di belakang pasar lama"]


@pytest.mark.parametrize("change", [{"edited": True}, {"late": True}])
def test_the_word_of_ones_own_calls_people_also_when_it_comes_changed_or_late(book: Book, change: dict[str, bool]) -> None:
    host = Host(book)
    go(host, *TO_THE_WORD, "kembang")
    answered = host.send(Kind.TEXT, text="kembang", **change)
    assert [a.source for a in host.effects if isinstance(a, Alarm)] == ["safe_word"]
    assert [m.text for m in answered] == [book.phrase("closed", "id")]
    assert not any("kembang" in words for words in host.said)
