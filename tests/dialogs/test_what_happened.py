"""What happened, told in a sentence: the kind that fits, the gravest of several, nothing that was denied; and the words reach people."""

from __future__ import annotations

import pytest

from dialogs import book as build
from dialogs.harm_words import GRAVEST, HARM_WORDS
from dialogs.kinds import harms
from hotline.engine.book import Book
from hotline.engine.match import Labels
from hotline.triage.table import HARM
from tests.dialogs.answers import meant, meant_everywhere
from tests.dialogs.host import Host
from tests.dialogs.region import Kind, Region
from tests.dialogs.test_many import go

TO_CHILD = ("halo", "Tidak", "Aku anak, butuh bantuan", "Tidak tahu")
TO_NEIGHBOUR = ("halo", "Tidak", "Cerita tentang anak", "Tetangga / warga", "Tidak tahu")
TOLD = [
    *((t, "fisik") for t in ("aku dipukul bapak", "dipukul", "di tampar ibu", "ditendang kakak", "dicubit", "digebukin tiap malam")),
    *((t, "fisik") for t in ("bapak mukul aku", "dihina dan dipukul", "dipukul atau diancam", "dibully terus dipukul")),
    *((t, "psikis") for t in ("dimarahi terus", "sering dibentak", "aku dihina", "diancam", "dimarahin mama")),
    *((t, "seksual") for t in ("dicabuli", "aku diperkosa", "disentuh om", "dipukul dan diraba", "dilecehkan guru")),
]
CHILDS = [
    *((t, "penelantaran") for t in ("tidak dikasih makan", "gak diurus", "diusir dari rumah", "ditelantarkan ibu")),
    *((t, "perundungan") for t in ("dibully teman sekelas", "diejek terus", "dirundung", "diganggu teman")),
    *((t, "pekerja_anak") for t in ("disuruh kerja", "disuruh ngemis di jalan")),
    *((t, "lain") for t in ("mau dinikahkan", "dijodohkan sama orang tua", "malu", "rahasia", "gak tau", "tidak mau cerita")),
]
NOT_TOLD = ["tidak dipukul", "aku tidak dipukul", "bukan dibully", "tidak pernah diraba", "belum pernah disentuh", "tidak dimarahi"]
RING = ["dicabuli", "diperkosa", "diraba", "dipukuli", "disiksa", "kawin paksa", "aku diperkosa bapak"]


@pytest.mark.parametrize(("text", "code"), TOLD)
def test_the_kind_that_a_sentence_tells_of(book: Book, text: str, code: str) -> None:
    assert meant_everywhere(book, "report", "jenis", text) == {code}


@pytest.mark.parametrize(("text", "code"), CHILDS)
def test_what_a_child_says(book: Book, text: str, code: str) -> None:
    assert meant(book, "report", "jenis", text) == code


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_is_denied_is_no_kind(book: Book, text: str) -> None:
    assert meant_everywhere(book, "report", "jenis", text) == {None}


def test_to_have_a_child_marry_is_sexual_violence() -> None:
    usual = build(_Usual())
    assert "seksual" in meant_everywhere(usual, "report", "jenis", "anaknya dinikahkan paksa")
    assert meant_everywhere(usual, "report", "jenis", "anak itu ditelantarkan ibunya") == {"penelantaran"}


class _Usual(Region):
    def kinds(self, track: object) -> tuple[Kind, ...]:
        return ()


@pytest.mark.parametrize("way", [TO_CHILD, TO_NEIGHBOUR])
@pytest.mark.parametrize("text", RING)
def test_a_danger_word_is_listened_to_before_it_is_an_answer(book: Book, way: tuple[str, ...], text: str) -> None:
    host = Host(book)
    go(host, *way, text)
    assert [a.source for a in host.alarms] == ["text"] and text in host.said


@pytest.mark.parametrize("way", [TO_CHILD, TO_NEIGHBOUR])
def test_both_of_two_kinds_reach_the_case(book: Book, way: tuple[str, ...]) -> None:
    host = Host(book)
    go(host, *way, "dimarahi tiap hari dan ditampar juga")
    assert host.told["jenis"] == "fisik" and host.said == ["dimarahi tiap hari dan ditampar juga"]


def test_every_word_is_listened_to_and_every_kind_has_its_weight() -> None:
    assert all(word.startswith("**") for said in HARM_WORDS.values() for word in said.split("|"))
    assert set(HARM_WORDS) <= set(GRAVEST) and set(HARM_WORDS) <= set(HARM)
    assert {choice.code for choice in harms(()) if choice.says} <= set(HARM_WORDS)


def test_the_gravest_of_several_only_where_it_knows_all() -> None:
    says = {"a": "**satu kata", "b": "**lain kata", "c": "**luar kata"}
    labels = Labels(tuple(says), [["Aa", "Bb", "Cc"]], None, says, gravest=("b", "a"))
    assert labels.hinted("ini satu kata dan lain kata") == "b"
    assert labels.hinted("ini satu kata dan luar kata") is None
    assert labels.exact("satu kata") is None and labels.hinted("satu kata") == "a"
