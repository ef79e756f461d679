"""Conditions, which are data in a dialog, as functions for the walk."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hotline.engine.nodes import Condition, Either, Every, Heard, Is, Not, Resuming, Told

Answers = Mapping[str, str]
Given = Mapping[str, Mapping[str, str]]
Holds = Callable[[Answers, Given, bool], bool]


def condition(asked: Condition) -> Holds:
    """The condition as a function of (answers, fetched, whether a story waits)."""
    match asked:
        case Is(key, codes):
            name, _, wanted = key.partition(".")
            if wanted:
                return lambda answers, given, resuming: given.get(name, {}).get(wanted) in codes
            return lambda answers, given, resuming: answers.get(key) in codes
        case Told(key):
            return lambda answers, given, resuming: key in answers
        case Heard(words):
            return lambda answers, given, resuming: not words.isdisjoint(answers.get("kata", "").split(","))
        case Resuming():
            return lambda answers, given, resuming: resuming
        case Not(inner):
            holds = condition(inner)
            return lambda answers, given, resuming: not holds(answers, given, resuming)
        case Every(inner):
            all_of = tuple(condition(c) for c in inner)
            return lambda answers, given, resuming: all(c(answers, given, resuming) for c in all_of)
        case Either(inner):
            any_of = tuple(condition(c) for c in inner)
            return lambda answers, given, resuming: any(c(answers, given, resuming) for c in any_of)
