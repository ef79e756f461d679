"""Answers to a question about danger that say two things, or nearly one: none is taken for a no, and a calm one rings nothing."""

from __future__ import annotations

import pytest

from hotline.engine import doubt
from hotline.engine.book import Book
from hotline.engine.fold import fold
from hotline.engine.program import Question
from tests.dialogs.host import Host

BOTH = ["bukan, ada bahaya", "tidak, kurang aman", "belum, bahaya", "no, unsafe", "no, danger", "tidak! bahaya!", "tidak, ada bahaya"]
NEARLY_YES = ["iya adikku", "mungkin iya", "iya sekarang", "ada, anak saya", "ya murid saya", "bahaya banget", "temanku bahaya", "iya nih"]
NO = ["tidak ada bahaya", "tidak bahaya", "aman", "sekarang aman", "gada", "tidak, tidak ada", "mboten wonten bebaya", "baik-baik saja"]
YES = [
    "ya, ada bahaya",
    "ada bahaya, ya",
    "iya! bahaya!",
    "wonten",
    "ana",
    "inggih wonten",
    "yeah",
    "yes there is",
    "terancam",
    "tidak aman",
    "kurang aman",
]
LITTLE = ["ok", "oke kak", "boleh", "tidak, aman", "maksudnya bahaya apa?", "iya kak mau tanya", "ada bantuan ga?", "selamat pagi"]
CALM = [
    "ya siap",
    "ya sudah",
    "ya ampun",
    "ada tamu",
    "ada yang bisa dibantu",
    "iya, aman",
    "sekarang",
    "baik",
    "sudah",
    "terancam putus sekolah",
]


def asked(book: Book, words: str) -> Host:
    host = Host(book)
    host.write("halo")
    host.write(words)
    return host


@pytest.mark.parametrize("words", [*BOTH, *NEARLY_YES])
def test_what_may_be_a_yes_counts_as_danger_until_it_is_asked(book: Book, words: str) -> None:
    host = asked(book, words)
    assert host.alarms and host.said == [words], "it rings, and people read it"
    assert host.session.answers == {"kata_bahaya": "belum_dijawab"} and "Apakah ada bahaya sekarang?" in host.last.text


@pytest.mark.parametrize("words", NO)
def test_a_plain_no_is_one(book: Book, words: str) -> None:
    host = asked(book, words)
    assert host.session.answers == {"R1": "tidak"} and not host.alarms


@pytest.mark.parametrize("words", YES)
def test_a_plain_yes_is_one(book: Book, words: str) -> None:
    host = asked(book, words)
    assert host.session.answers["R1"] == "ya" and host.alarms


@pytest.mark.parametrize("words", ["Ya, ada bahaya", "ya, ada bahaya", "ya ada bahaya", "ada bahaya, ya", "Yes, there is danger"])
def test_what_stands_on_the_button_is_understood_when_it_is_typed(book: Book, words: str) -> None:
    host = asked(book, "bukan, ada bahaya")
    host.write(words)
    assert host.session.answers["R1"] == "ya" == host.session.answers["kata_bahaya"]


def test_every_label_typed_as_it_stands_is_that_choice(book: Book) -> None:
    asked_for = [(q, language, code) for q in _questions(book) for language in book.languages for code in q.choices]
    wrong = [(q.key, label) for q, language, code in asked_for if _typed(q, label := q.label(code, language)) != code]
    assert len(asked_for) > 1000 and not wrong


def _questions(book: Book) -> list[Question]:
    ops = (op for program in book.programs.values() for op in program.ops)
    return [op.question for op in ops if op.question is not None and op.question.places is None]


def _typed(question: Question, label: str) -> str | None:
    doubted = not question.many and doubt.unclear(question, label, fold(label))
    return None if doubted else question.match.exact(fold(label))


@pytest.mark.parametrize("words", [*LITTLE, *CALM])
def test_who_agrees_asks_or_begins_says_neither(book: Book, words: str) -> None:
    host = asked(book, words)
    assert not host.session.answers and not host.alarms
    assert "bahaya sekarang?" in host.last.text


@pytest.mark.parametrize("words", ["iya adikku", "ada, anak saya", "bahaya"])
def test_said_again_at_the_question_that_follows_it_is_the_yes(book: Book, words: str) -> None:
    host = asked(book, "iya adikku")
    host.write(words)
    assert host.session.answers["R1"] == "ya" == host.session.answers["kata_bahaya"]


@pytest.mark.parametrize("words", ["bukan, ada bahaya", "tidak, bahaya", "jangan, bahaya"])
def test_at_the_question_that_follows_too_no_cry_is_a_no(book: Book, words: str) -> None:
    host = asked(book, "bapak bawa parang")
    host.write(words)
    assert host.session.answers["kata_bahaya"] != "tidak" and "R1" not in host.session.answers
    assert "Apakah ada bahaya sekarang?" in host.last.text


@pytest.mark.parametrize("words", ["aman", "sekarang aman", "sudah aman"])
def test_who_is_safe_after_a_danger_word_may_say_so(book: Book, words: str) -> None:
    host = asked(book, "kemarin bapak masuk kamar bawa pisau")
    host.write(words)
    assert host.session.answers["kata_bahaya"] == "tidak" == host.session.answers["R1"]


@pytest.mark.parametrize("words", ["sekarang", "baik", "sudah", "bahaya tidak"])
def test_at_the_question_that_follows_no_scrap_is_a_no(book: Book, words: str) -> None:
    host = asked(book, "bapak bawa parang")
    host.write(words)
    assert host.session.answers["kata_bahaya"] != "tidak" and "R1" not in host.session.answers


@pytest.mark.parametrize("words", ["tidak, iya", "bukan, iya", "tidak, kadang"])
@pytest.mark.parametrize("key", ["R6", "R8"])
def test_a_no_that_is_taken_back_is_none(book: Book, key: str, words: str) -> None:
    for dialog in book.programs.values():
        if (question := dialog.questions.get(key)) is not None:
            folded = fold(words)
            assert question.match.exact(folded) is None and question.match.close(folded) != "tidak"


@pytest.mark.parametrize(
    "words", ["belakang pasar?", "Jl Melati 5, cepat ya?", "salah satu gang di desa itu", "desa Kali RT 3, kapan datang?"]
)
def test_a_place_with_a_question_behind_it_is_taken_at_once(book: Book, words: str) -> None:
    host = asked(book, "ya")
    host.write(words)
    assert host.session.answers["tempat"] == words


@pytest.mark.parametrize(
    ("words", "tries"), [("cepat kak", 2), ("ini siapa?", 1), ("salah pencet kak", 1), ("adikku", 1), ("halo cepat", 2)]
)
def test_words_that_are_no_place_are_kept_and_the_place_is_asked_once_more(book: Book, words: str, tries: int) -> None:
    host = asked(book, "ya")
    for _ in range(tries):
        host.write(words)
        assert "tempat" not in host.session.answers and words in host.said and "Di mana kejadiannya?" in host.last.text
    host.write("dekat masjid" if words == "adikku" else words)
    assert "tempat" in host.session.answers, "then anything is taken"


@pytest.mark.parametrize("words", ["halo", "permisi kak", "assalamualaikum"])
def test_a_greeting_is_no_place(book: Book, words: str) -> None:
    host = asked(book, "ya")
    host.write(words)
    assert "tempat" not in host.session.answers and words not in host.said
    assert "Halo, kami di sini." in host.last.text and "Di mana kejadiannya?" in host.last.text
    host.write("Salam")
    assert host.session.answers["tempat"] == "Salam", "a desa may be called so"


def test_words_with_a_mark_behind_each_letter_are_taken_apart_once(book: Book) -> None:
    before = doubt._clauses.cache_info()
    assert asked(book, "1." * 2000).last.text
    after = doubt._clauses.cache_info()
    assert after.misses - before.misses <= 2, "the greeting and these: one turn holds all others of its process"
    assert after.hits - before.hits > 3
