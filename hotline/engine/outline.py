"""Conditions in short words, for people who read a dialog's drawing."""

from __future__ import annotations

from hotline.engine.nodes import Condition, Either, Every, Heard, Is, Not, Resuming, Told


def in_words(asked: Condition) -> str:
    """“R8 = sedang”, “hp told”, “not (a story waits)”."""
    match asked:
        case Is(key, codes):
            return f"{key} = {' | '.join(sorted(codes))}"
        case Told(key):
            return f"{key} told"
        case Heard(words):
            return f"heard {' | '.join(sorted(words))}"
        case Resuming():
            return "a story waits"
        case Not(inner):
            return f"not ({in_words(inner)})"
        case Every(inner):
            return " and ".join(in_words(c) for c in inner)
        case Either(inner):
            return " or ".join(in_words(c) for c in inner)
