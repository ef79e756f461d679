"""What failures mean, told at once or later, and how long is waited before the next try."""

from __future__ import annotations

import random
from datetime import timedelta

from bot.whatsapp.failures import FAILURES
from hotline.deliver import GIVE_UP_AFTER, LONGEST_PAUSE_OF_ALERTS, Failure, pause_before_retry
from hotline.store import receipts


def test_numbers_told_later_mean_what_they_mean_at_once() -> None:
    for number, failure in FAILURES.items():
        if failure in (Failure.BUSY, Failure.BLOCKED, Failure.NO_SUCH_CONTACT):
            assert (str(number) in receipts.BUSY) is (failure is Failure.BUSY)
            assert receipts.REASONS.get(str(number), Failure.BUSY.value) == failure.value


def test_pauses_double_up_to_a_quarter_of_an_hour_and_respect_the_providers_word() -> None:
    chance = random.Random(3)
    for tries in range(20):
        longest = timedelta(seconds=min(900, 2 * 2**tries))
        pause = pause_before_retry(tries, None, chance)
        assert longest / 2 <= pause <= longest
    assert pause_before_retry(0, 77, chance) == timedelta(seconds=77)
    assert pause_before_retry(0, 1e12, chance) == timedelta(hours=1), "a provider's slip keeps nobody waiting for ever"


def test_a_call_to_an_officer_never_rests_and_an_answer_is_tried_for_two_days() -> None:
    chance = random.Random(3)
    assert all(pause_before_retry(tries, None, chance, LONGEST_PAUSE_OF_ALERTS) <= timedelta(seconds=15) for tries in range(20))
    assert timedelta(hours=48) == GIVE_UP_AFTER
