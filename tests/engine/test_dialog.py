"""A dialog that is wrongly built refuses to exist, and says what is wrong."""

from __future__ import annotations

import pytest

from hotline.engine.book import Book
from hotline.engine.dialog import Dialog, DialogInvalid
from hotline.engine.lint import lint
from hotline.engine.nodes import Again, Ask, Branch, Call, Choice, End, Free, Goto, Node, Only, Say, Stay, Told, among
from hotline.engine.text import UnknownField

YES, NO = Choice("ya", "Ya"), Choice("tidak", "Tidak")
FIRST = Ask("a", "A?", (YES, NO))

WRONG: dict[str, tuple[tuple[Node, ...], str]] = {
    "no end": ((FIRST,), "without End"),
    "a way without end": ((FIRST, Branch("a", {"ya": (End(),)})), "without End"),
    "after the end": ((FIRST, End(), Say("x")), "nothing leads to Say"),
    "after a branch that always ends": ((FIRST, Branch("a", {"ya": (End(),), "tidak": (End(),)}), Say("x"), End()), "nothing leads to"),
    "a default nobody takes": ((FIRST, Branch("a", {"ya": (), "tidak": ()}, default=(Say("x"),)), End()), "default"),
    "the key twice": ((FIRST, Ask("a", "Again?", (YES,)), End()), "asked twice"),
    "the key twice on one way": ((FIRST, Branch("a", {"ya": (Ask("a", "?", (YES,)),)}), End()), "asked twice"),
    "a branch for nobody": ((FIRST, Branch("a", {"mungkin": ()}), End()), "nobody can choose"),
    "a code twice": ((Ask("a", "?", (YES, YES)), End()), "twice"),
    "nothing to answer": ((Ask("a", "?"), End()), "answered by nothing"),
    "many and free": ((Ask("a", "?", (YES,), free=Free.WORDS, many=True), End()), "no free text"),
    "a token too long": ((Ask("a", "?", (Choice("x" * 70, "X"),)), End()), "64 bytes"),
    "a label too long": ((Ask("a", "?", (Choice("x", "X" * 65),)), End()), "65 characters"),
    "a number twice": ((Ask("a", "?", (Choice("x", "X", number=1), Choice("y", "Y", number=1))), End()), "number to two"),
    "a number of many": ((Ask("a", "?", (Choice("x", "X", number=1),), many=True), End()), "are counted"),
    "an age without a number": ((Ask("a", "?", (Choice("x", "X", ages=(6, 9)),)), End()), "must be one of them"),
    "an age under another's number": ((Ask("a", "?", (Choice("x", "X", ages=(6, 9), number=2),)), End()), "must be one of them"),
    "a code with a comma": ((Ask("a", "?", (Choice("x,y", "X"),)), End()), "comma"),
    "a key with a dot": ((Ask("a.b", "?", (YES,)), End()), "dot"),
    "a way to rest without a way out": ((Stay("a", "?", ("r",), ()), End()), "answered by nothing"),
    "forgetting what was not asked": ((FIRST, Again(("b",))), "not all asked"),
}


@pytest.mark.parametrize(("nodes", "why"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_tree_is_refused(nodes: tuple[Node, ...], why: str) -> None:
    with pytest.raises(DialogInvalid, match=why):
        Dialog("x", nodes)


def test_the_same_key_may_be_asked_once_on_each_way() -> None:
    ways = {"ya": (Ask("b", "Kamu?", (YES,)),), "tidak": (Ask("b", "Anda?", (YES,)),)}
    dialog = Dialog("x", (FIRST, Branch("a", ways), End()))
    assert [ask.text for ask in dialog.questions()] == ["A?", "Kamu?", "Anda?"]


def test_long_labels_are_named_as_limits_not_refused() -> None:
    dialog = Dialog("x", (Ask("a", "?", (Choice("1", "x" * 21), Choice("2", "ok"), Choice("3", "OK"))), End()))
    assert lint(book(dialog)) == [
        f"x.a (id): “{'x' * 21}” has 21 characters, a WhatsApp button takes 20",
        "x.a (id): “ok” is offered twice",
    ]


def test_a_question_too_long_for_the_shortest_channel_is_named() -> None:
    dialog = Dialog("x", (Say("a" * 1300), Ask("a", "b" * 1195, (Choice("1", "ok"),)), End()))
    assert [finding.split(" has ")[0] for finding in lint(book(dialog))] == ["x.Say (id):", "x.a (id):"]


def book(*dialogs: Dialog, facts: dict[str, str] | None = None) -> Book:
    notices = dict.fromkeys(
        ("danger_words", "danger_words_ya", "danger_words_belum_dijawab", "danger_words_tidak", "danger_words_found"), "x"
    )
    return Book(dialogs, catalogues={}, facts=facts or {}, notices=notices, danger=lambda text: ())


TOGETHER: dict[str, tuple[tuple[Node, ...], str]] = {
    "goes nowhere": ((FIRST, Goto("y")), "does not exist"),
    "has asked anew what is not asked there": ((FIRST, Goto("x", anew=("b",))), "never asks"),
    "depends on an answer nobody gives": ((FIRST, Only(among("a", "mungkin"), (Say("x"),)), End()), "nobody can choose"),
    "depends on a question nobody asks": ((FIRST, Only(Told("b"), (Say("x"),)), End()), "no dialog asks"),
    "reads what is not fetched": ((FIRST, Branch("look.up", {"x": ()}), End()), "no dialog fetches"),
    "gives the host what nobody answers": ((FIRST, Call("look", {"code": "kode"}), End()), "no dialog asks"),
}


@pytest.mark.parametrize(("nodes", "why"), TOGETHER.values(), ids=TOGETHER.keys())
def test_dialogs_that_do_not_fit_together_are_refused(nodes: tuple[Node, ...], why: str) -> None:
    with pytest.raises(DialogInvalid, match=why):
        book(Dialog("x", nodes))


def test_a_text_with_a_field_that_nothing_fills_is_refused() -> None:
    dialog = Dialog("x", (Say("Kami {nama_netral}."), FIRST, End()))
    with pytest.raises(UnknownField, match="nama_netral"):
        book(dialog)
    assert book(dialog, facts={"nama_netral": "Teduh"}).languages == ("id",)
