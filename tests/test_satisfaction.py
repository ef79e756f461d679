"""The satisfaction figure as Permenpan RB 14/2017 computes it, and its grades."""

from __future__ import annotations

import pytest

from hotline.satisfaction import ELEMENTS, FEWEST, measured


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
    answers: list[dict[str, int | None]] = [*everybody(4, 4), {**dict.fromkeys(ELEMENTS, None), "u1": 2}]
    found = measured(answers)
    assert found.means["u1"] == pytest.approx(18 / 5)
    assert found.means["u2"] == 4


def test_few_people_are_not_shown() -> None:
    found = measured(everybody(4, FEWEST - 1))
    assert (found.people, found.ikm, found.grade) == (FEWEST - 1, None, "")
    assert set(found.means.values()) == {None}


def test_an_element_nobody_answered_leaves_no_figure() -> None:
    answers: list[dict[str, int | None]] = [{**one, "u9": None} for one in everybody(4)]
    assert measured(answers).ikm is None


def test_nobody_answered() -> None:
    assert (measured([]).people, measured([]).ikm) == (0, None)
