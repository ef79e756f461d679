"""Questions that offer the same are indexed once; those that differ in anything an answer may mean are not."""

from __future__ import annotations

from dataclasses import replace

import dialogs
from hotline.engine.indexes import Indexes
from hotline.engine.nodes import Ask, Choice, Free
from hotline.regions import load_profile

YES, NO = Choice("ya", "Ya"), Choice("tidak", "Tidak")


def labels(indexes: Indexes, ask: Ask, *shown: tuple[str, ...]) -> object:
    return indexes.labels(ask, shown or [tuple(c.label for c in ask.choices)], ask.free)


def test_the_same_answers_are_indexed_once_whatever_is_asked() -> None:
    indexes, first = Indexes(), Ask("satu", "Apakah aman?", (YES, NO))
    assert labels(indexes, first) is labels(indexes, Ask("dua", "Apakah sehat?", (YES, NO)))


def test_what_answers_may_mean_keeps_questions_apart() -> None:
    indexes, plain = Indexes(), Ask("satu", "Apakah aman?", (YES, NO))
    others = [
        replace(plain, choices=(replace(YES, says="aman"), NO)),
        replace(plain, choices=(replace(YES, sure=True), NO)),
        replace(plain, choices=(replace(YES, alarm=True), NO)),
        replace(plain, choices=(YES, replace(NO, ages=(0, 5)))),
        replace(plain, choices=(YES, replace(NO, number=7))),
        replace(plain, choices=(NO, YES)),
        replace(plain, free=Free.WORDS),
        replace(plain, gravest=("ya",)),
    ]
    made = [labels(indexes, ask) for ask in (plain, *others)] + [labels(indexes, plain, ("Ya", "Tidak"), ("Yes", "No"))]
    assert len({id(index) for index in made}) == len(made)


def test_a_list_of_places_that_stands_in_many_dialogs_is_held_once() -> None:
    programs = dialogs.book(load_profile("kendal")).programs.values()
    places = [question.places for program in programs for question in program.questions.values() if question.places is not None]
    alike = {repr(sorted((code, sorted(parts)) for code, parts in place.parts.items())) for place in places}
    assert len({id(place) for place in places}) <= 2 * len(alike)
    assert len(places) > len({id(place) for place in places})
