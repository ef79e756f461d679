"""No question shows numbers to copy: a child that writes what stands in the question would tell of a weapon."""

from __future__ import annotations

import pytest

from hotline.engine.book import Book


@pytest.mark.parametrize("language", ["id", "en", "jv"])
def test_no_question_of_many_shows_numbers_to_copy(book: Book, language: str) -> None:
    for program in book.programs.values():
        for key, question in program.questions.items():
            if question.many:
                assert not any(c.isdigit() for c in question.texts[language].fill(str)), (program.dialog.name, key)
