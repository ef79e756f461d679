"""Small words that turn an answer round, or do not: asked of every question as it stands in the dialogs."""

from __future__ import annotations

import pytest

from hotline.engine.book import Book
from hotline.engine.fold import fold
from tests.dialogs.host import Host


def meant(book: Book, dialog: str, key: str, text: str) -> str | None:
    match, folded = book.programs[dialog].questions[key].match, fold(text)
    return match.exact(folded) or match.close(folded)


@pytest.mark.parametrize(
    ("dialog", "key", "text", "codes"),
    [
        ("welcome", "R1", "iya aja", {"ya", None}),
        ("welcome", "R1", "tidak ada bahaya", {"tidak"}),
        ("welcome", "R1", "ya no", {None}),
        ("welcome", "R1", "belum tentu", {"tidak_tahu"}),
        ("salah_tangkap", "salah_tangkap", "iya aja", {"bahaya", None}),
        ("salah_tangkap", "ingin_mati_kini", "iya aja", {"bahaya", None}),
        ("darurat", "rencana_mati", "tidak ada rencana", {"tidak", None}),
        ("aid", "hp", "hanya saya aja yang pegang", {"mine"}),
        ("report", "hp", "bukan hanya saya", {"shared"}),
        ("report", "pelapor", "tetangga aja", {"warga"}),
    ],
)
def test_what_small_words_do(book: Book, dialog: str, key: str, text: str, codes: set[str | None]) -> None:
    found = next((name for name in (dialog, *book.programs) if name in book.programs and key in book.programs[name].questions), "")
    assert meant(book, found, key, text) in codes


def test_no_answer_with_a_yes_in_front_is_taken_for_a_no(book: Book) -> None:
    """Whatever stands behind it."""
    for name, program in book.programs.items():
        for key, question in program.questions.items():
            no = question.match.exact("tidak")
            if question.free is None and no is not None:
                said = [f"iya {more}" for more in ("aja", "saja", "kak", "no", "belum", "mboten")]
                assert no not in {meant(book, name, key, text) for text in said}, (name, key)


def test_no_negated_label_is_taken_for_the_label(book: Book) -> None:
    for name, program in book.programs.items():
        for key, question in program.questions.items():
            for code, label in zip(question.codes, question.labels["id"], strict=True):
                folded = fold(label)
                if question.free is None and question.places is None and not {"tidak", "bukan", "belum"} & set(folded.split()):
                    assert meant(book, name, key, f"bukan {label}") != code, (name, key, label)


@pytest.mark.parametrize("text", ["6 kak", "5 aja", "7 ya"])
def test_an_age_is_not_the_number_of_a_choice(book: Book, text: str) -> None:
    for name, program in book.programs.items():
        for key in ("umur", "R4"):
            if key in program.questions:
                assert meant(book, name, key, text) != "dewasa", (name, key)


def test_a_yes_to_the_question_about_danger_words_in_its_own_words_settles_it(book: Book) -> None:
    host = Host(book)
    for text in ("halo", "Tidak", "dia bawa parang", "ada bahaya"):
        host.write(text)
    assert (host.session.answers["R1"], host.session.answers["kata_bahaya"]) == ("ya", "ya")
    assert host.session.dialog == "darurat"


def test_a_danger_button_that_rang_before_leaving_does_not_ring_again(book: Book) -> None:
    host = Host(book)
    host.write("halo")
    yes = host.last.options[0].token
    host.tap_token(yes)
    host.write("TUTUP")
    host.tap_token(yes)
    assert len(host.alarms) == 1
