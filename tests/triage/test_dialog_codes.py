"""Dialogs and table speak of the same answers: a code that the table does not know would count as "unknown" and hide what was said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import dialogs
from hotline.case import Track
from hotline.engine.book import Book
from hotline.regions import Profile, load_profile, profiles
from hotline.triage.answers import INDICATORS, SCALES
from hotline.triage.table import HARM

REGIONS = [load_profile(slug) for slug in profiles()]
BOTH = pytest.mark.parametrize("profile", REGIONS, ids=lambda p: p.slug)


def _codes(book: Book) -> Iterator[tuple[str, set[str]]]:
    """Each question of each dialog with the codes it can be answered by, and what its choices answer beside it."""
    for program in book.programs.values():
        for op in program.ops:
            if op.question is not None:
                yield op.question.key, set(op.question.codes)
                for choice in op.question.choices.values():
                    yield from ((key, {code}) for key, code in (*choice.also, *choice.fills, *choice.unchosen))


@BOTH
def test_every_code_a_person_can_choose_is_in_the_table(profile: Profile) -> None:
    asked = [(key, codes) for key, codes in _codes(dialogs.book(profile)) if key in SCALES]
    assert {key for key, _ in asked} >= set(INDICATORS)
    assert [(key, codes - set(SCALES[key])) for key, codes in asked if codes - set(SCALES[key])] == []


@BOTH
def test_every_kind_of_harm_is_judged(profile: Profile) -> None:
    kinds = set().union(
        *(codes for key, codes in _codes(dialogs.book(profile)) if key == "jenis" and codes & set(HARM))
    )  # the aid track has kinds of its own
    assert kinds - set(HARM) == {"lain", "tidak_tahu"}
    assert {kind.code for kind in profile.kinds(Track.ANAK)} - set(HARM) == {"lain"}


@BOTH
def test_a_child_can_say_that_it_is_one(profile: Profile) -> None:
    assert any("anak" in codes for key, codes in _codes(dialogs.book(profile)) if key == "pelapor")
