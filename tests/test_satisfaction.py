"""The satisfaction figure as Permenpan RB 14/2017 computes it, and its grades."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.figures.satisfaction import ELEMENTS, FEWEST, Answers, Period, measured, periods


def everybody(grade: int, people: int = FEWEST) -> list[dict[str, int | None]]:
    return [dict.fromkeys(ELEMENTS, grade) for _ in range(people)]


@pytest.mark.parametrize(("grade", "ikm", "letter"), [(4, 99.9, "A"), (3, 74.93, "C"), (2, 49.95, "D"), (1, 24.98, "D")])
def test_all_the_same(grade: int, ikm: float, letter: str) -> None:
    found = measured(everybody(grade))
    assert (found.ikm, found.grade) == (pytest.approx(ikm, abs=0.01), letter)


@pytest.mark.parametrize(
    ("means", "letter"), [((4, 4, 4, 4, 4, 4, 3, 2, 3), "A"), ((4, 3, 3, 3, 3, 3, 3, 3, 3), "B"), ((3, 3, 3, 3, 3, 3, 2, 2, 2), "C")]
)
def test_grades_follow_the_figure(means: tuple[int, ...], letter: str) -> None:
    answers: list[dict[str, int | None]] = [dict(zip(ELEMENTS, means, strict=True)) for _ in range(FEWEST)]
    assert measured(answers).grade == letter


def test_each_element_has_the_mean_of_those_who_answered_it() -> None:
    answers: list[dict[str, int | None]] = [*everybody(4, 5), {**dict.fromkeys(ELEMENTS, None), "u1": 2}]
    found = measured(answers)
    assert found.means["u1"] == pytest.approx(22 / 6)
    assert found.means["u2"] == 4
    assert measured(answers[1:]).means["u2"] is None  # four people


def test_few_people_are_not_shown() -> None:
    found = measured(everybody(4, FEWEST - 1))
    assert (found.people, found.ikm, found.grade) == (FEWEST - 1, None, "")
    assert set(found.means.values()) == {None}


def test_an_element_nobody_answered_leaves_no_figure() -> None:
    answers: list[dict[str, int | None]] = [{**one, "u9": None} for one in everybody(4)]
    assert measured(answers).ikm is None


def test_nobody_answered() -> None:
    assert (measured([]).people, measured([]).ikm) == (0, None)


def test_months_with_few_answers_are_shown_with_those_after_them() -> None:
    found = periods(
        [("2027-01", everybody(4, 6)), ("2027-02", everybody(3, 4)), ("2027-03", everybody(2, 1)), ("2027-04", everybody(1, 4))]
    )
    assert [(period.first, period.last, len(period.answers)) for period in found] == [("2027-01", "2027-01", 6), ("2027-02", "2027-03", 5)]


_person = st.fixed_dictionaries({key: st.sampled_from([None, 1, 2, 3, 4]) for key in ELEMENTS[:3]})


@given(st.lists(st.lists(_person, max_size=8), max_size=8))
def test_no_two_figures_differ_by_a_few_people(months: list[list[Answers]]) -> None:
    """Of periods, of their total, and of what stood there a month before: the rest of any two is nobody or many, for each element."""
    named = [(f"2027-{number:02}", answers) for number, answers in enumerate(months, 1)]
    shown = periods(named)
    earlier = [periods(named[:end]) for end in range(len(named))]
    assert all(one == shown[: len(one)] for one in earlier)  # what was shown once stays as it was
    for period in shown:
        for key in ELEMENTS:
            assert sum(one.get(key) is not None for one in period.answers) not in range(1, FEWEST)
        assert len(period.answers) >= FEWEST and isinstance(period, Period)
