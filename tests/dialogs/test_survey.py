"""The survey after a request for aid: what people write for a grade is one, and never an emergency."""

from __future__ import annotations

import pytest

from dialogs.survey import ELEMENTS
from hotline.engine.book import Book
from tests.dialogs.host import CODE, PIN, Host
from tests.dialogs.test_many import go


@pytest.fixture
def asked(book: Book) -> Host:
    """Before the question about speed."""
    host = Host(book, has_case=True)
    host.status, host.survey, host.track = "SELESAI", "yes", "layanan"
    go(host, f"CEK {CODE} {PIN}", "Boleh", "3", "3")
    assert host.session.open_key == "u3"
    return host


@pytest.mark.parametrize(
    ("words", "grade"),
    [
        ("cepat", "3"), ("cepet", "3"), ("Cepat sekali", "4"), ("cepet bgt", "4"), ("cepat bu", "3"), ("sangat cepat pak", "4"),
        ("lambat", "2"), ("lama banget", "1"), ("kurang cepat", "2"), ("gak cepat", "2"), ("baik", "3"), ("tidak baik", "1"),
        ("bagus kak", "3"),
    ],
)  # fmt: skip
def test_a_grade_in_peoples_own_words(asked: Host, words: str, grade: str) -> None:
    go(asked, words)
    assert (asked.session.answers["u3"], asked.session.open_key) == (grade, "u4")
    assert not asked.alarms


@pytest.mark.parametrize("words", ["lebih cepat", "agak cepat", "cepat sekali sekarang"])
def test_speed_alone_rings_nothing_where_it_is_no_grade(asked: Host, words: str) -> None:
    go(asked, words)
    assert not asked.alarms


def test_every_question_asks_how_it_was() -> None:
    assert all("agaimana " in text for _, text, _ in ELEMENTS)
