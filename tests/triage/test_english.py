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
    *("i cant breathe", "i dont want to live", "he wont wake up", "she isnt breathing", "im bleeding", "I'm bleeding", "i took pills"),
    *("he has a gun", "my dad took the kitchen knife", "he beats me at home", "she hits me at night", "he beats me in the kitchen"),
    *("he broke the door", "i want to end it all", "she doesnt wake up"),
]
NONE = [
    *("nobody is hurt", "the song kills me", "I am dying to know", "my phone died", "I want to ask about aid", "grape juice"),
    *("my child won't wake up for school", "he doesn't wake up early", "she took the pills the doctor gave", "the flood broke the door"),
    *("he has a toy gun", "my brother has a water gun", "he beats me at chess", "my sister beats me in every game"),
    *("they sold kids clothes", "I take my life seriously", "i don't want to live here anymore"),
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
