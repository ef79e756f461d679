"""A word of one's own: writing it calls people, and the phone shows nothing but an ordinary sentence."""

from __future__ import annotations

import pytest

from hotline.case import Track
from hotline.engine.book import Book
from hotline.engine.effects import Alarm, Answered, PutAway, Send
from hotline.engine.session import Session
from tests.dialogs.host import Host
from tests.dialogs.test_many import SIGNS, go

TOLD = (*SIGNS, "Tidak ada yang sesuai", "Tidak", "4", "lewati", "Sudah benar", "Ya, atur")


@pytest.fixture
def host(book: Book) -> Host:
    made = Host(book)
    go(made, *TOLD)
    assert made.session.open_key == "kata_aman"
    return made


def test_it_calls_people_and_shows_an_ordinary_sentence(host: Host, book: Book) -> None:
    go(host, "Kembang", "halo")
    host.wait(hours=5)
    answered = host.write("  KEMBANG ")
    assert [a.source for a in host.effects if isinstance(a, Alarm)] == ["safe_word"]
    assert [m.text for m in answered] == [book.phrase("closed", "id")]
    assert [book.track(e.last) for e in host.effects if isinstance(e, PutAway)] == [Track.ANAK], "a case, before nothing is shown of it"


@pytest.mark.parametrize("before", [("halo",), ("halo", "Hal yang baru", "Tidak", "Bantuan sosial"), ("CEK 482177359 4821",)])
def test_it_works_in_the_middle_of_anything(host: Host, before: tuple[str, ...]) -> None:
    go(host, "kembang", *before, "kembang")
    assert [a.source for a in host.effects if isinstance(a, Alarm)] == ["safe_word"]


def test_it_stands_in_no_case_and_no_later_message(host: Host) -> None:
    go(host, "kembang", "halo", "Lihat kabar (CEK)")
    assert not any(isinstance(e, Answered) and e.value == "kembang" and not e.private for e in host.all)
    assert "kembang" not in host.said
    assert not any("kembang" in e.message.text.casefold() for e in host.all if isinstance(e, Send))


@pytest.mark.parametrize("word", ["ya", "tidak", "halo", "DARURAT", "cek", "1234", "dua kata", "oke", "aku", "👍", "satu", "x" * 30])
def test_a_word_that_is_written_by_chance_is_refused(host: Host, word: str) -> None:
    go(host, word)
    assert host.session.safe_word == ""


CHANCE = (
    "makasih terserah nanti kenapa apaan maksudnya bapak mama ibu rumah sekolah sudah cukup selesai siap baik takut rahasia bentar hehe "
    "wkwkwk gimana mungkin kakak nenek guru sakit lapar besok sebentar Makasih SEKOLAH gaada gapapa"
)


@pytest.mark.parametrize("word", CHANCE.split())
def test_an_everyday_word_is_refused_and_said_so(host: Host, book: Book, word: str) -> None:
    told = host.write(word)
    assert host.session.safe_word == "" and host.alarms == []
    assert book.phrase("miss_word", "id") in told[0].text or host.session.open_key != "kata_aman"


@pytest.mark.parametrize("word", ["gatau", "gausah", "gamau", "tidak tahu", "gak mau", "skip"])
def test_whoever_wants_none_skips_it(host: Host, word: str) -> None:
    host.write(word)
    assert host.session.safe_word == "" and host.finished


@pytest.mark.parametrize("word", ["kembang", "pelangi", "jerapah", "melati", "rembulan"])
def test_an_unusual_word_is_taken(host: Host, word: str) -> None:
    host.write(word)
    assert host.session.safe_word == word


def test_nobody_has_to_choose_one(host: Host) -> None:
    go(host, "Lewati")
    assert host.session.safe_word == "" and host.finished


def test_without_a_chosen_word_nothing_rings(book: Book) -> None:
    host = Host(book)
    go(host, "halo", "kembang")
    assert host.alarms == []


def test_darurat_stays_what_it_is(host: Host) -> None:
    go(host, "kembang", "DARURAT")
    assert [a.source for a in host.effects if isinstance(a, Alarm)] == ["word"]


@pytest.mark.parametrize(("kept", "written"), [("kupu2", "kupu2"), ("pake payung", "pake payung"), ("jgn hujan", "Jgn hujan!")])
def test_a_word_chosen_before_words_were_folded_otherwise_still_calls(book: Book, kept: str, written: str) -> None:
    host = Host(book)
    host.session = Session(safe_word=kept)
    host.write(written)
    assert [alarm.source for alarm in host.alarms] == ["safe_word"]
