"""Words of an officer in the reporter's chat end an alarm when they have left, not before: words that reached nobody end none."""

from __future__ import annotations

import pytest

from hotline.alarm.bell import State
from hotline.case import Emergency
from hotline.deliver import Failure
from hotline.staff import Who
from tests.support.nights import REPORTER, Night
from tests.support.officers import officer, speak, take


def spoken(night: Night) -> tuple[Who, int]:
    """Somebody takes the chat of a case that rings, and answers; gives both."""
    night.cry()
    night.send()
    who, case_id = officer(night.house), night.house.cases()[0][0]
    take(night.house, who, case_id)
    night.send()
    night.clock.shift(seconds=1)
    speak(night.house, who, case_id, "Saya di sini.")
    return who, case_id


def test_words_that_left_are_an_action(night: Night) -> None:
    spoken(night)
    night.look()
    assert night.state() is State.SILENCED
    night.send()
    night.look()
    alarm = night.alarm()
    assert (alarm.state, alarm.end_reason) == (State.ENDED, "acted")
    night.wait(12, every=4)
    assert night.alarm() == alarm


def test_words_that_the_provider_refuses_let_it_ring_anew(night: Night) -> None:
    _, case_id = spoken(night)
    night.refuses = lambda name: None if name else Failure.BLOCKED
    night.wait(9, every=3)
    assert night.state() is State.SILENCED
    night.wait(2, every=1)
    assert night.state() is State.RINGING
    assert dict(night.house.cases())[case_id].emergency is Emergency.AKTIF


@pytest.mark.parametrize("word", ["TUTUP", "STOP"])
def test_words_that_tutup_or_stop_overtook_too(night: Night, word: str) -> None:
    _, case_id = spoken(night)
    night.holds = word == "STOP"
    night.house.say(REPORTER, word)
    night.wait(11, every=4)
    assert night.state() is State.RINGING
    assert dict(night.house.cases())[case_id].emergency is Emergency.AKTIF


def test_words_said_before_danger_was_told_anew_do_not_answer_it(night: Night) -> None:
    who, case_id = spoken(night)
    night.house.say(REPORTER, "DARURAT")
    assert night.state() is State.RINGING
    night.send()
    night.look()
    assert night.state() is State.RINGING
    night.clock.shift(seconds=1)
    speak(night.house, who, case_id, "Kami datang.")
    night.look()
    assert night.state() is State.SILENCED
    night.send()
    night.look()
    assert (night.state(), night.alarm().end_reason) == (State.ENDED, "acted")
