"""Figures of the year: they add up, and nobody can be picked out of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hotline.figures.tally import FEWEST, OTHER, Counted, Trait, tallied

KNOWN = {("anak", trait): set("abcdef") for trait in Trait}


def of(trait: Trait, **cases: int) -> list[Counted]:
    return [Counted(track="anak", trait=trait, value=value, cases=n) for value, n in cases.items()]


def told(*counted: Counted) -> dict[str, int | None]:
    [tally] = tallied(counted, KNOWN)
    return {cell.value: cell.cases for cell in tally.by[Trait.KIND]}


def test_the_most_frequent_come_first_and_what_is_not_told_last() -> None:
    assert list(told(*of(Trait.KIND, a=6, b=30, c=3, d=2)).items()) == [("b", 30), ("a", 6), ("c", None), ("d", None)]


def test_one_small_figure_is_not_reckoned_from_the_sum() -> None:
    assert told(*of(Trait.KIND, a=30, b=7, c=1)) == {"a": 30, "b": None, "c": None}


def test_two_cases_that_are_one_each_by_the_sum_are_not_alone() -> None:
    assert told(*of(Trait.KIND, a=30, b=7, c=1, d=1)) == {"a": 30, "b": None, "c": None, "d": None}


def test_words_that_no_list_names_are_never_a_row() -> None:
    assert told(*of(Trait.KIND, a=30, rumahnya_di_belakang_pasar=7, x=2)) == {"a": 30, OTHER: 9}


def test_a_track_with_few_cases_tells_nothing() -> None:
    [tally] = tallied(of(Trait.LEVEL, a=4), KNOWN)
    assert (tally.cases, [cell.cases for cell in tally.by[Trait.LEVEL]]) == (None, [None])
    assert tallied([], KNOWN) == []


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 40), min_size=1))
def test_no_small_figure_is_told_and_none_can_be_reckoned(cases: dict[str, int]) -> None:
    [tally] = tallied([*of(Trait.KIND, **cases), *of(Trait.LEVEL, **cases)], KNOWN)
    shown = {cell.value: cell.cases for cell in tally.by[Trait.KIND]}
    assert set(shown) == set(cases)
    assert all(n is None or n == cases[value] >= FEWEST for value, n in shown.items())
    hidden = [value for value, n in shown.items() if n is None]
    assert tally.cases is None or not hidden or (len(hidden) > 1 and sum(cases[value] for value in hidden) >= FEWEST)
    assert not hidden or min(cases.values()) < FEWEST
