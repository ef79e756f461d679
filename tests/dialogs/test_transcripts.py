"""Every transcript is repeated word for word, with buttons and with numbered choices; the session is stored and read between all turns."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.engine.book import Book
from tests.dialogs.older import older_book
from tests.dialogs.transcript import BUTTONS, FOLDER, NUMBERED, inputs, play, scripts


@pytest.fixture(scope="module")
def other() -> Book:
    return older_book()


def test_there_are_enough_to_read() -> None:
    assert len(scripts()) >= 25
    assert {p.name for p in (FOLDER / NUMBERED).glob("*.txt")} == {p.name for p in scripts()}


@pytest.mark.parametrize("rendering", [BUTTONS, NUMBERED])
@pytest.mark.parametrize("path", scripts(), ids=lambda p: p.stem)
def test_the_conversation_is_the_one_written_down(
    path: Path, rendering: str, book: Book, other: Book, request: pytest.FixtureRequest
) -> None:
    lines = inputs(path.read_text(encoding="utf-8"))
    golden = FOLDER / rendering / path.name

    played = play(book, other, lines, buttons=rendering == BUTTONS)

    if request.config.getoption("--update", default=False):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(played, encoding="utf-8")
    assert played == golden.read_text(encoding="utf-8")
