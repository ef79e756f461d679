"""Whether a child has eaten today: a question without a “not” in it, whose yes is a yes and whose no is the grave answer."""

from __future__ import annotations

import pytest

from hotline.engine.book import Book
from hotline.triage.answers import SCALES
from tests.dialogs.answers import meant
from tests.dialogs.host import Host
from tests.dialogs.test_many import go

ASKED = (
    *("halo", "Tidak", "Cerita tentang anak", "Tetangga / warga", "Tidak tahu", "Kekerasan fisik", "0-5 tahun"),
    *("Ya, mereka serumah", "Ya, sekarang", "Tidak"),
)
NO_FOOD = [
    *("belum", "Belum.", "blm", "ndak ada", "tidak", "gak", "nggak", "belum makan", "tidak makan dari kemarin", "belum makan dari kemarin"),
    *(
        "anaknya belum makan dari pagi",
        "sudah makan belum minum",
        "cuma minum",
        "no",
        "not yet",
        "durung",
        "dereng",
        "mboten",
        "ora",
        "1",
        "Not yet",
    ),
]
FOOD = ["ya", "iya", "sudah", "udah", "sudah makan", "iya sudah", "sampun", "yes", "2", "sudah kok"]
NEITHER = ["tidak tahu", "entah", "belum tahu", "kurang tahu", "3"]
ASKED_AGAIN = ["sudah tapi sedikit", "sudah makan kemarin", "mungkin sudah makan", "sudah kemarin"]


@pytest.fixture
def host(book: Book) -> Host:
    made = Host(book)
    go(made, *ASKED)
    assert made.session.open_key == "sudah_makan"
    return made


@pytest.mark.parametrize(
    ("text", "code"), [*((t, "ya") for t in NO_FOOD), *((t, "tidak") for t in FOOD), *((t, "tidak_tahu") for t in NEITHER)]
)
def test_what_an_answer_settles(host: Host, text: str, code: str) -> None:
    host.write(text)
    assert host.told["tanpa_makan_hari_ini"] == code and code in SCALES["tanpa_makan_hari_ini"]


@pytest.mark.parametrize("text", ASKED_AGAIN)
def test_what_is_asked_again(book: Book, text: str) -> None:
    assert meant(book, "report", "sudah_makan", text) in (None, "tidak_tahu")


@pytest.mark.parametrize("language", ["id", "en", "jv"])
def test_the_first_is_the_grave_one_in_every_language(book: Book, language: str) -> None:
    question = book.programs["report"].questions["sudah_makan"]
    assert question.codes[0] == "belum"
    for code, label in zip(question.codes, question.labels[language], strict=True):
        assert meant(book, "report", "sudah_makan", label) == code


def test_no_question_of_a_yes_or_no_is_asked_with_a_not(book: Book) -> None:
    """“Belum” answers “has it not eaten?” with a no that means yes."""
    for program in book.programs.values():
        for key, question in program.questions.items():
            if {"ya", "tidak"} <= set(question.codes):
                asked = question.texts["id"].fill(str).casefold().partition("?")[0].split(". ")[-1]
                assert not {"tidak", "belum"} & set(asked.split()), (key, asked)
