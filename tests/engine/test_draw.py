"""The drawing of a dialog is a document that parses and shows every question, every way and every end."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from dialogs import dialogs
from hotline.engine.dialog import Dialog
from hotline.engine.draw import draw
from hotline.engine.nodes import Ask, Branch, Choice, Either, End, Every, Goto, Is, Not, Only, Resuming, Say, Told, among
from hotline.engine.outline import in_words
from tests.dialogs.region import Region

SVG = "{http://www.w3.org/2000/svg}"
EVERY = dialogs(Region())


def shown(svg: str) -> str:
    """All words of a drawing, wrapped lines joined again."""
    root = ElementTree.fromstring(svg)
    return " ".join(" ".join(span.text or "" for span in text.iter(f"{SVG}tspan")) for text in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("dialog", EVERY, ids=[dialog.name for dialog in EVERY])
def test_every_question_and_choice_is_in_the_drawing(dialog: Dialog) -> None:
    words = "".join(shown(draw(dialog)).split())
    for ask in dialog.questions():
        assert "".join(f"{ask.key}: {ask.text}".split()) in words
        for choice in ask.choices:
            assert "".join(f"[{choice.label}]".split()) in words


def test_ways_stand_side_by_side_and_are_joined() -> None:
    ask = Ask("a", "A & <B>?", (Choice("ya", "Ya", alarm=True), Choice("tidak", "Tidak")))
    dialog = Dialog(
        "x", (ask, Branch("a", {"ya": (Say("one"), Goto("y")), "tidak": (Say("two"),)}), Only(among("a", "ya"), (Say("three"),)), End())
    )
    svg = draw(dialog)
    root = ElementTree.fromstring(svg)
    assert all(word in shown(svg) for word in ("A & <B>?", "a = ya", "a = tidak", "one", "two", "three", "→ y", "■", "[Ya] !"))
    columns = {rect.get("x") for rect in root.iter(f"{SVG}rect") if rect.get("x")}
    assert len(columns) >= 2
    assert len(list(root.iter(f"{SVG}path"))) >= 6


def test_conditions_read_as_words() -> None:
    asked = Every((Is("a", frozenset({"y", "x"})), Not(Told("b")), Either((Resuming(), Told("c")))))
    assert in_words(asked) == "a = x | y and not (b told) and a story waits or c told"
