"""Sealing: opens only in its own place and with a key we hold, never says the same thing twice, and is found again by fingerprint."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.seal import Seal, SealError, SecretKeyInvalid, UnknownKey

OLD, NEW = bytes(range(32)), bytes(range(32, 64))


@given(st.text(max_size=10_000))
def test_any_text_comes_back(text: str) -> None:
    seal = Seal([OLD])
    assert seal.open(seal(text, "message", 7, "body"), "message", 7, "body") == text


@pytest.mark.parametrize("place", [("outbox", 7, "body"), ("message", 8, "body"), ("message", 7, "other")])
def test_a_value_moved_elsewhere_does_not_open(place: tuple[str, int, str]) -> None:
    seal = Seal([OLD])
    with pytest.raises(SealError):
        seal.open(seal("rahasia", "message", 7, "body"), *place)


def test_a_changed_byte_anywhere_does_not_open() -> None:
    seal = Seal([OLD])
    sealed = seal("rahasia", "message", 7, "body")
    for i in range(len(sealed)):
        broken = bytearray(sealed)
        broken[i] ^= 1
        with pytest.raises(SealError):
            seal.open(bytes(broken), "message", 7, "body")


def test_a_value_cut_short_does_not_open() -> None:
    seal = Seal([OLD])
    sealed = seal("rahasia", "message", 7, "body")
    for length in range(len(sealed)):
        with pytest.raises(SealError):
            seal.open(sealed[:length], "message", 7, "body")


def test_the_same_words_never_look_the_same() -> None:
    seal = Seal([OLD])
    assert seal("ya", "message", 7, "body") != seal("ya", "message", 7, "body")


def test_after_rotation_old_values_open_new_ones_use_the_new_key_and_fingerprints_stay() -> None:
    before, after, without = Seal([OLD]), Seal([NEW, OLD]), Seal([NEW])
    sealed = before("rahasia", "message", 7, "body")
    assert after.open(sealed, "message", 7, "body") == "rahasia"
    assert before.fingerprint("kendal", "telegram", "42") == after.fingerprint("kendal", "telegram", "42")
    with pytest.raises(UnknownKey):
        without.open(sealed, "message", 7, "body")
    with pytest.raises(UnknownKey):
        before.open(after("baru", "message", 7, "body"), "message", 7, "body")


def test_a_stored_value_of_the_first_format_opens_for_ever() -> None:
    sealed = bytes.fromhex("01") + Seal([OLD]).key_id + bytes(12)
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"teduh|data").derive(OLD)
    assert Seal([OLD]).open(sealed + AESGCM(key).encrypt(bytes(12), b"halo", b"message|7|body"), "message", 7, "body") == "halo"


def test_fingerprints_tell_parts_apart_and_need_the_key() -> None:
    seal = Seal([OLD])
    assert seal.fingerprint("ab", "c") != seal.fingerprint("a", "bc")
    assert seal.fingerprint("a") != Seal([NEW]).fingerprint("a")
    assert len(seal.fingerprint("a")) == 16


@pytest.mark.parametrize("keys", [[], [b""], [bytes(31)], [OLD, bytes(33)]])
def test_keys_of_a_wrong_length_are_refused(keys: list[bytes]) -> None:
    with pytest.raises(SecretKeyInvalid):
        Seal(keys)
