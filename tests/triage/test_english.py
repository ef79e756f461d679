"""Danger told in English rings as it does in Indonesian; what only sounds alike rings nobody."""

from __future__ import annotations

import pytest

from dialogs import book as build
from hotline.engine.book import Book
from tests.dialogs.region import Region

DANGER = [
    *("my uncle raped me", "he rapes me", "I want to kill myself", "i want to die", "i will kill myself tonight"),
    *("he is going to kill me", "he has a knife", "she is bleeding", "i took all the pills", "my stepfather touches me at night"),
    *("the neighbor's kid is being beaten right now", "he is beating her", "he hit me again", "dad beats me every night"),
    *("I can't breathe", "she won't wake up", "he locked me in", "someone kidnapped my friend"),
]
NONE = [
    *("nobody is hurt", "the song kills me", "I am dying to know", "my phone died", "I want to ask about aid", "grape juice"),
    *("he hit the road", "the kids hit the ball", "what time is it", "thank you for your help", "i touched my phone", "no one died"),
]


@pytest.fixture(scope="module")
def book() -> Book:

    return build(Region())


@pytest.mark.parametrize("text", DANGER)
def test_danger_is_heard(book: Book, text: str) -> None:
    assert book.danger(text)


@pytest.mark.parametrize("text", NONE)
def test_what_sounds_alike_is_none(book: Book, text: str) -> None:
    assert not book.danger(text)
