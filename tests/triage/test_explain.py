"""Every reason the table can give has words for the operator."""

from __future__ import annotations

import pytest

from hotline.triage import detail, explain
from hotline.triage.lexicon import REGIONAL, STRONG
from hotline.triage.rules import All, AtLeast, Condition, Is
from hotline.triage.table import EMERGENCY, HIGH, MEDIUM


def _codes(condition: Condition) -> set[str]:
    if isinstance(condition, Is):
        return {f"{condition.key}={code or 'belum_ditanyakan'}" for code in condition.codes}
    if isinstance(condition, All | AtLeast):
        return {code for inner in condition.conditions for code in _codes(inner)}
    return set()


REASONS = sorted({code for rule in (*EMERGENCY, *HIGH, *MEDIUM) for code in _codes(rule.condition)})


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_words(reason: str) -> None:
    words = explain(reason)
    assert words != reason
    assert "=" not in words and words[0].islower()


def test_a_word_is_explained_by_its_group_and_shown() -> None:
    assert explain("kata=parang") == "kata tentang senjata"
    assert detail("kata=parang") == "parang"
    assert detail("R1=ya") == ""


@pytest.mark.parametrize("group", [*STRONG, REGIONAL])
def test_every_group_of_words_has_words(group: str) -> None:
    name = next(iter(STRONG[group])) if group in STRONG else "digepuki"
    assert explain(f"kata={name}").startswith("kata ")


def test_a_reason_of_another_version_is_shown_as_it_is() -> None:
    assert explain("R99=ya") == "R99=ya"
