"""Cutting a long text: nothing lost, nothing too long, never inside what a reader sees as one character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.split import length, pieces

parts = ["a", "b ", ". ", "\n", "\n\n", "😀", "👨‍👩‍👧", "é", "e\u0301", "\u200b", "ꦲꦶ", " ", "kata "]
texts = st.lists(st.sampled_from(parts), max_size=300).map("".join)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(texts, st.integers(8, 60))
def test_nothing_but_white_space_is_lost_and_no_piece_is_too_long_or_empty(text: str, limit: int) -> None:
    cut = pieces(text, limit)
    assert squeezed("".join(cut)) == squeezed(text)
    assert all(length(piece) <= limit for piece in cut)
    assert len(cut) == 1 or all(piece.strip() or piece == cut[-1] for piece in cut)


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("short", "Halo.", ["Halo."]),
        ("exactly full", "x" * 20, ["x" * 20]),
        ("at a blank line", "Satu dua tiga.\n\nEmpat lima.", ["Satu dua tiga.", "Empat lima."]),
        ("at a line", "Satu dua tiga empat\nlima", ["Satu dua tiga empat", "lima"]),
        ("at a sentence", "Satu dua tiga. Empat lima", ["Satu dua tiga.", "Empat lima"]),
        ("at a word", "Satu dua tiga empat lima", ["Satu dua tiga empat", "lima"]),
        ("a word longer than all", "x" * 45, ["x" * 20, "x" * 20, "x" * 5]),
        ("an emoji counts two", "😀" * 11, ["😀" * 10, "😀"]),
        ("a family stays together", "x" * 15 + "👨‍👩‍👧" + "y", ["x" * 15, "👨‍👩‍👧y"]),
        ("a letter and its accent stay together", "x" * 19 + "e\u0301", ["x" * 19, "e\u0301"]),
        ("nothing", "", [""]),
    ],
)
def test_where_it_is_cut(label: str, text: str, expected: list[str]) -> None:
    assert pieces(text, 20) == expected
