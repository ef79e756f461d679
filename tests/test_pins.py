"""PINs and ids."""

from __future__ import annotations

from hotline import pins
from hotline.ids import new_id
from hotline.seal import Seal
from hotline.turns.fetches import digits, spaced


def test_a_pin_fits_only_itself_its_case_and_our_key(seal: Seal) -> None:
    stored = pins.hashed(seal, "482177359", "4821")
    assert "4821" not in stored
    assert pins.matches(seal, "482177359", "4821", stored=stored, sealed=None)
    assert not pins.matches(seal, "482177359", "4822", stored=stored, sealed=None)
    assert not pins.matches(seal, "482177350", "4821", stored=stored, sealed=None)
    assert not pins.matches(Seal([bytes(32)]), "482177359", "4821", stored=stored, sealed=None)


def test_without_a_case_nothing_fits(seal: Seal) -> None:
    assert not pins.matches(seal, "482177359", "4821", stored=None, sealed=None)


def test_a_pin_just_given_fits_before_it_is_hashed(seal: Seal) -> None:
    assert pins.matches(seal, "1", "4821", stored=None, sealed="4821")
    assert not pins.matches(seal, "1", "4822", stored=None, sealed="4821")


def test_pins_are_four_digits() -> None:
    assert all(len(pin) == 4 and pin.isdigit() for pin in (pins.new_pin() for _ in range(200)))


def test_codes_are_read_in_any_grouping() -> None:
    assert spaced("482177359") == "482 177 359"
    assert digits(" 482-177 359. ") == "482177359"
    assert digits("٤٨٢") == "", "digits of another script are not ours"


def test_ids_rise_and_fit_a_signed_bigint() -> None:
    made = [new_id() for _ in range(10_000)]
    assert made == sorted(set(made))
    assert 0 < made[0] < made[-1] < 2**63
