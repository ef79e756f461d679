"""The session is small, and survives storage whatever version wrote it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from hotline.engine.session import Session

texts = st.text(max_size=20)


@given(
    answers=st.dictionaries(texts, texts),
    fetched=st.dictionaries(texts, st.dictionaries(texts, texts)),
    said=st.lists(texts),
    missed=st.integers(0, 9),
    alarmed=st.booleans(),
)
def test_it_comes_back_as_it_was(
    answers: dict[str, str], fetched: dict[str, dict[str, str]], said: list[str], missed: int, alarmed: bool
) -> None:
    session = Session(
        dialog="report", answers=answers, fetched=fetched, said=said, missed=missed, alarmed=alarmed, resume="aid>menu", serial=36, seen=1
    )
    assert Session.from_json(session.to_json()) == session


def test_the_order_of_the_answers_is_kept() -> None:
    session = Session(answers={"b": "1", "a": "2"})
    assert list(Session.from_json(session.to_json()).answers) == ["b", "a"]


def test_an_empty_one_is_nearly_nothing_and_unknown_fields_are_dropped() -> None:
    assert Session().to_json() == "{}"
    assert Session.from_json(json.dumps({"dialog": "aid", "mood": "fine"})) == Session(dialog="aid")


def test_the_interrupted_dialogs_come_outermost_first() -> None:
    assert Session(resume="report>status").waiting == ("report", "status")
    assert Session().waiting == ()
