"""When nobody has answered: who is told so at once, and on which phone it would harm, so that it is told when they write again."""

from __future__ import annotations

import pytest

from hotline.messages import Outgoing
from tests.support.nights import REPORTER, Night

UNANSWERED = "belum menjawab"
HELD = [
    ("unknown", "unasked", "unsafe_phone"),
    ("shared", "yes", "unsafe_phone"),
    ("watched", "yes", "unsafe_phone"),
    ("mine", "no", "not_allowed"),
    ("mine", "unasked", "not_allowed"),
]


def notices(night: Night) -> list[Outgoing]:
    return [said for said in night.house.heard(REPORTER) if UNANSWERED in said.text]


def why(night: Night) -> list[tuple[str, str]]:
    """(outcome, reason) of the reporter's notice."""
    return [(page.outcome.value, page.reason) for _, name, page in night.pages() if name == "pelapor"]


@pytest.mark.parametrize(("phone", "push", "reason"), HELD)
def test_a_phone_nobody_may_write_to_first_stays_silent_and_hears_it_with_the_next_answer(
    night: Night, phone: str, push: str, reason: str
) -> None:
    night.cry(phone=phone, push=push)
    before = len(night.house.heard(REPORTER))
    night.wait(62, every=31)
    assert len(night.house.heard(REPORTER)) == before
    assert why(night) == [("failed", reason)]
    assert ("", reason) in night.unsent()
    night.house.say(REPORTER, "halo, masih di sini")
    assert len(notices(night)) == 1
    night.wait(15, every=15)
    assert len(notices(night)) == 1


def test_whoever_goes_on_with_an_older_story_hears_it_too(night: Night) -> None:
    night.house.answer(REPORTER, "halo", "Tidak", "Cerita", "Tetangga", "Orang itu bisa melihat", "Kekerasan fisik", "6-12", "TUTUP")
    night.cry(phone="watched", push="no")
    night.house.answer(REPORTER, "Ya, ada", "LANJUT")
    night.wait(62, every=31)
    assert notices(night) == []
    night.house.answer(REPORTER, "Ya, bisa")
    assert len(notices(night)) == 1


@pytest.mark.parametrize(("phone", "push"), [("mine", "yes"), ("mine", "hours")])
def test_ones_own_phone_is_written_to_as_its_owner_allowed(night: Night, phone: str, push: str) -> None:
    night.cry(phone=phone, push=push)  # 09:00, within 08-17
    night.wait(62, every=31)
    assert len(notices(night)) == 1 and why(night) == [("sent", "")]


@pytest.mark.parametrize(("phone", "push", "reason"), HELD[:2])
def test_whoever_is_in_the_conversation_is_answered_there(night: Night, phone: str, push: str, reason: str) -> None:
    night.cry(phone=phone, push=push)
    night.wait(55, every=30)
    night.house.say(REPORTER, "tolong cepat")
    night.wait(7)
    assert len(notices(night)) == 1 and reason not in [r for _, r in why(night)]


def test_in_the_night_hours_that_were_named_hold(night: Night) -> None:
    night.clock.shift(hours=12)  # 21:00
    night.cry(phone="mine", push="hours")
    night.wait(62, every=31)
    assert notices(night) == [] and why(night) == [("failed", "outside_hours")]
