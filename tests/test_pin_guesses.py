"""Guessing PINs: strangers lock a case for each other, never for the phone that told it, and whoever took that phone is no better off."""

from __future__ import annotations

import pytest

from hotline.seal import Seal
from hotline.store.database import Database
from tests.support.clock import Clock
from tests.support.house import House, desk, finish


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock, {"kendal": desk("kendal")})


def test_after_a_wrong_pin_the_right_one_alone_is_enough(house: House) -> None:
    house.answer("a", "halo", "Tidak", "Cerita", "Tetangga")
    code, pin = finish(house, "a")
    for text in ("CEK", code, f"{(int(pin) + 1) % 10_000:04d}"):
        house.say("b", text)
    assert any(code in m.text.replace(" ", "") for m in house.say("b", pin))


def test_a_stranger_who_guesses_does_not_lock_out_whoever_told_the_story(house: House) -> None:
    house.answer("a", "halo", "Tidak", "Cerita", "Tetangga")
    code, pin = finish(house, "a")
    wrong = f"{(int(pin) + 1) % 10_000:04d}"
    refused = [house.say(f"y{i}", "halo", f"CEK {code} {wrong}")[-1].text for i in range(5)]
    assert house.say("z", "halo", f"CEK {code} {pin}")[-1].text in refused, "for other phones it is closed"
    assert any(code in m.text.replace(" ", "") for m in house.say("a", f"CEK {code} {pin}"))


def test_whoever_took_the_phone_may_guess_five_times_a_day(house: House) -> None:
    house.answer("a", "halo", "Tidak", "Cerita", "Tetangga")
    code, pin = finish(house, "a")
    wrong = f"{(int(pin) + 1) % 10_000:04d}"
    for _ in range(5):
        house.say("a", f"CEK {code} {wrong}")
    for hours in (0, 2, 21):
        house.clock.shift(hours=hours)
        assert not any(code in m.text.replace(" ", "") for m in house.say("a", f"CEK {code} {pin}"))
    assert any(code in m.text.replace(" ", "") for m in house.say("b", "halo", f"CEK {code} {pin}")), "the owner, on another phone"
    house.clock.shift(hours=2)
    assert any(code in m.text.replace(" ", "") for m in house.say("a", f"CEK {code} {pin}"))


def test_the_right_pin_of_another_case_forgives_no_guess(house: House) -> None:
    house.answer("a", "halo", "Tidak", "Cerita", "Tetangga")
    code, pin = finish(house, "a")
    house.answer("b", "halo", "Tidak", "Cerita", "Tetangga")
    other = finish(house, "b")
    wrong = f"{(int(pin) + 1) % 10_000:04d}"
    for _ in range(4):
        house.say("a", f"CEK {code} {wrong}")
    assert any(other[0] in m.text.replace(" ", "") for m in house.say("a", f"CEK {other[0]} {other[1]}"))
    house.say("a", f"CEK {code} {wrong}")
    assert not any(code in m.text.replace(" ", "") for m in house.say("a", f"CEK {code} {pin}"))
