"""Code and PIN as people write them back: read where a message is nothing else, the PIN struck out where other words stand around it."""

from __future__ import annotations

import re

from hotline.engine.fold import unaddressed

CODE, PIN = 9, 4
"""Digits of each."""
_OF_A_CODE = frozenset(["cek", "cekk", "check", "status", "kode", "kodenya", "code"])
"""Words that say by themselves that the digits beside them are a code."""
_OF_A_PIN = frozenset(["pin", "pinnya"])
_BESIDE = frozenset(["nomor", "nomer", "nomornya", "no", "number", "dan", "lan", "and", "saya", "aku", "ku", "nya"])
_NAMES = _OF_A_CODE | _OF_A_PIN | _BESIDE
_LINKS = frozenset(
    ["terus", "trs", "lalu", "sama", "karo", "dengan", "angka", "itu", "ini", "kata", "sandi", "sandinya", "password", "pasword"]
)
"""What else stands between a code and its PIN in a sentence."""
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_DIGIT, _NO_DIGIT = re.compile(r"[0-9]"), re.compile(r"[^0-9]+")
_PHONES = ("08", "628")
"""How mobile numbers begin; codes never do (`hotline.store.ledger`), but a PIN in front of one may."""
_SIGNED = re.compile(r"\s*[+-]\d")
"""A phone number with its country, or a place by its degrees."""
_SHORTEST_GROUP = 3
"""Of a code that no word names: “-7.12345, 110.1234” is none."""

_BETWEEN = rf"(?:[\W_]|(?<![^\W\d_])(?:{'|'.join(sorted(_NAMES | _LINKS, key=len, reverse=True))})(?![^\W\d_])){{0,12}}?"
_WHOLE = r"(?<![\d+])(?:[1-9]\d{8}|(?<!\d[ .-])[1-9](?:[ .-]?\d){8}(?!\d))"
_FOUR = r"\d(?:[ .-]?\d){3}(?!\d)"
_CODE_FIRST = re.compile(rf"({_WHOLE}{_BETWEEN}){_FOUR}", re.IGNORECASE)
_PIN_FIRST = re.compile(rf"(?<![\d+])\d{{4}}(?!\d)({_BETWEEN}[1-9](?:[ .-]?\d){{8}}(?!\d|[ .-]\d\d))", re.IGNORECASE)
_NAMED = re.compile(
    rf"((?<![^\W\d_])pin(?:nya|ku|mu|e)?(?![^\W\d_])\D{{0,20}}?)(?!08|628){_FOUR}(?![ .-]?\d{{3}})"
    rf"|((?<![^\W\d_])(?:cek|check|kode|code)\W{{0,3}}){_FOUR}(?!\W?\d\d)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"(?<![^\W\d_])(?:no)?(?:rekening|rek|transfer|tf|bank|bri|bca|bni|mandiri)(?![^\W\d_])", re.IGNORECASE)
_CALLED = re.compile(r"(?<![^\W\d_])(?:cek|check|kode|code|pin)", re.IGNORECASE)


def check_of(text: str, around: frozenset[str] = frozenset(), *, asked: bool = False) -> tuple[str, str] | None:
    """Code and PIN, if the message is nothing else; the PIN is empty when left out.

    `around`: words of the ticket, which come along when it is copied. `asked`: the open question is for one of the two.
    """
    text = unaddressed(text)
    joined = _NO_DIGIT.sub("", text)
    if len(joined) not in (CODE, CODE + PIN):
        return None
    tokens = _TOKEN.findall(text.casefold())
    words = {token for token in tokens if not token.isascii() or not token.isdecimal()}
    if not words <= _NAMES | around:
        return None
    named = not words.isdisjoint(_OF_A_CODE)
    if not named and (joined[0] == "0" if len(joined) == CODE else joined.startswith(_PHONES) or _SIGNED.match(text)):
        return None
    if not named and words and words.isdisjoint(_OF_A_PIN) and joined.isdecimal() and joined in tokens and len(joined) > CODE:
        return None  # “nomor saya 8123456789012”
    if len(joined) == CODE:
        return (joined, "") if named or asked else None
    groups = [token for token in tokens if token not in words]
    pin_first = _pin_first(tokens, groups)
    code, pin = (joined[PIN:], joined[:PIN]) if pin_first else (joined[:CODE], joined[CODE:])
    plain = len(groups) == 1 or _in_groups(groups[1:] if pin_first else groups[:-1])
    return (code, pin) if named or (code[0] != "0" and (asked or plain)) else None


def _pin_first(tokens: list[str], groups: list[str]) -> bool:
    """“PIN 4821 kode 482177359”, “4821 482 177 359”. Between two groups of four nothing but a word tells: then the code is first."""
    before = tokens[: tokens.index(groups[0])]
    said = any(word.startswith("pin") for word in before) and not any(word.startswith(("kod", "cod")) for word in before)
    return said or (len(groups) > 1 and len(groups[0]) == PIN != len(groups[-1]))


def _in_groups(groups: list[str]) -> bool:
    """Whether these groups, and no part of another, are the code."""
    return len("".join(groups)) == CODE and min(map(len, groups)) >= _SHORTEST_GROUP


def bare(text: str) -> bool:
    """Whether this is nothing but a code, a PIN, or both, as far as the count of its digits tells."""
    joined = _NO_DIGIT.sub("", text)
    if len(joined) not in (PIN, CODE, CODE + PIN) or (len(joined) > PIN and (_SIGNED.match(text) or joined.startswith(_PHONES))):
        return False
    return all(token.isdecimal() or token in _OF_A_CODE | _OF_A_PIN for token in _TOKEN.findall(text.casefold()))


def hidden(text: str) -> str:
    """The words without any PIN that is called one or stands beside a code.

    The code stays: it opens nothing by itself and tells which case is meant.
    """
    if _DIGIT.search(text) is None:
        return text
    account = _ACCOUNT.search(text) is not None and _CALLED.search(text) is None  # Thirteen digits too, and that is evidence.
    text = _CODE_FIRST.sub(lambda found: found[0] if _phone(found[0]) or (account and found[0].isdecimal()) else f"{found[1]}…", text)
    text = _PIN_FIRST.sub(lambda found: found[0] if _phone(found[0]) else f"…{found[1]}", text)
    return _NAMED.sub(lambda found: f"{found[1] or found[2]}…", text)


def _phone(text: str) -> bool:
    return _NO_DIGIT.sub("", text).startswith(_PHONES)
