"""Half an hour after code and PIN nobody withdraws a report or has its data erased by the chat that was left open."""

from __future__ import annotations

import pytest

from hotline.case import EventKind
from hotline.seal import Seal
from hotline.store.database import Database
from tests.support.clock import Clock
from tests.support.house import House, desk, finish


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock, {"kendal": desk("kendal")})


def looked_up(house: House) -> str:
    """Somebody has read their status in a chat that stays open; gives the PIN."""
    house.answer("a", "halo", "Tidak", "Cerita", "Tetangga")
    code, pin = finish(house, "a")
    house.say("a", f"CEK {code} {pin}")
    return pin


def kinds(house: House) -> list[EventKind]:
    return [event.kind for event in house.events(house.cases()[0][0])]


def test_who_has_just_given_the_pin_withdraws(house: House) -> None:
    looked_up(house)
    house.clock.shift(minutes=29)
    house.answer("a", "Tarik laporan", "Ya, tarik")
    assert EventKind.WITHDRAWN in kinds(house)


@pytest.mark.parametrize("act", [("Tarik laporan", "Ya, tarik"), ("Perbaiki/hapus data", "Hapus data", "semua")])
def test_later_the_pin_is_asked_for_once_more(house: House, act: tuple[str, ...]) -> None:
    pin = looked_up(house)
    house.clock.shift(minutes=20)
    house.say("a", "halo")
    house.clock.shift(minutes=20)
    before = kinds(house)
    assert "mohon kirim PIN sekali lagi" in house.answer("a", act[0])[-1].text
    house.say("a", f"{(int(pin) + 1) % 10_000:04d}")
    assert kinds(house) == before, "neither asking nor a wrong PIN does it"
    house.say("a", pin)
    house.answer("a", *act)
    assert len(kinds(house)) > len(before)
    assert kinds(house)[-1] in (EventKind.WITHDRAWN, EventKind.SAID)


def test_a_question_left_open_withdraws_nothing_either(house: House) -> None:
    looked_up(house)
    house.answer("a", "Tarik laporan")
    house.clock.shift(minutes=40)
    assert "mohon kirim PIN sekali lagi" in house.answer("a", "Ya, tarik")[-1].text
    assert EventKind.WITHDRAWN not in kinds(house)
