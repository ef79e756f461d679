"""An age as people write it: “umurnya 8”, “wolung taun”, “kelas 4 sd”. Of a range or a fraction the lowest number: “2,5 tahun” is two.

Grown up (18) is somebody only where the message holds that one number and says nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hotline.engine.numbers import CARDINALS, counted


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


GROWN_UP = 18
_OLDEST = 99
_BEFORE_YEARS = ("sak setahun", "rong", "telung", "patang", "limang", "enem", "pitung", "wolung", "sangang")
"""As Javanese counts years: “wolung taun”."""
_WORDS: Mapping[str, int] = {**counted(*CARDINALS), **counted(*_BEFORE_YEARS)}
_TEEN = "belas"
_STAGES: Mapping[str, int] = {
    "bayi": 0,
    "bayinya": 0,
    "balita": 0,
    "batita": 0,
    "baby": 0,
    "paud": 4,
    "tk": 5,
    "sd": 6,
    "smp": 13,
    "sma": 16,
}
_YEARS = _set("tahun tahunan th thn taun taunan years year yo y")
_PARTS_OF_YEARS = _set("bulan bln wulan months month minggu weeks hari days")
_LEADS = _set("umur umurnya umurku umurmu umure usia usianya usiaku age aged")
_ABOUT = _set("baru sekitar kira kira2 kurang lebih hampir masih sudah aku saya dia anaknya anak ini itu adalah an i am old years")
_JOIN = _set("atau sampai dan koma setengah or to utawa")
_COURTESY = _set("ya kak pak bu bang mas mbak min kok saja aja lah mungkin")
_BELOW = _set("belum bawah kurang under below durung")
_DENIED = _set("bukan tidak jangan dudu ora mboten not")
_NOT_AN_AGE = _set("selama sejak tiap setiap waktu")
_PAST = _set("lalu yang terakhir belakangan ago")
_UNBORN = _set("hamil kandungan janin mengandung")
_CLASS = _set("kelas kls klas class grade")
_SCHOOLS: Mapping[str, int] = {"sd": 6, "mi": 6, "smp": 12, "mts": 12, "sma": 15, "smk": 15, "ma": 15}
_OLD = _ABOUT | _COURTESY | _YEARS | _LEADS | _JOIN | _BELOW
_UNSURE = _set("hampir kurang lebih masih sudah belum sekitar kira kira2 mungkin saya aku dan atau")
"""Beside these nobody is grown up: “hampir 18” is a child, “saya 35” may be who tells."""
_REACH = 3
_LONGEST = 400
"""Letters: an age is told in the first of them."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Numbers one after the other, “6-7”, and what stands around them."""

    numbers: tuple[int, ...]
    before: Sequence[str]
    after: Sequence[str]

    @property
    def youngest(self) -> int:
        low = min(self.numbers)
        return low - 1 if low and not _BELOW.isdisjoint(self.before[-2:]) and "lebih" not in self.before[-1:] else low

    @property
    def led(self) -> bool:
        return not _LEADS.isdisjoint(self.before[-2:])

    @property
    def in_years(self) -> bool:
        return self.after[:1] != [] and self.after[0] in _YEARS

    @property
    def in_parts(self) -> bool:
        return self.after[:1] != [] and self.after[0] in _PARTS_OF_YEARS


def age_said(folded: str, *, whole: bool = False) -> int | None:
    """The age that these folded words tell. `whole`: only where they tell nothing else."""
    words = re.sub(r"(?<=\d)(?=[a-z])|(?<=\d)-(?=\d)", " ", folded[:_LONGEST]).split()
    if "puluh" in words:
        return None
    only = _only_an_age(words)
    if whole and not only:
        return None
    runs = [run for run in _runs(words) if _counts(run)]
    bare = [run.youngest for run in runs] if only else []
    told = _by_years(runs, unborn=not _UNBORN.isdisjoint(words)) or _by_school(words, runs) or bare
    if not told:
        return None
    youngest = min(told)
    alone = only and len(runs) == 1 and len(runs[0].numbers) == 1 and _UNSURE.isdisjoint(words)
    return youngest if youngest < GROWN_UP or (alone and youngest <= _OLDEST) else None


def _only_an_age(words: Sequence[str]) -> bool:
    known = _OLD | _PARTS_OF_YEARS | _CLASS | _SCHOOLS.keys() | _STAGES.keys() | _WORDS.keys() | {_TEEN}
    return bool(words) and all(word.isdecimal() or word in known for word in words)


def _runs(words: Sequence[str]) -> list[_Run]:
    found: list[_Run] = []
    at = 0
    while at < len(words):
        numbers: list[int] = []
        start = at
        while at < len(words) and (words[at].isdecimal() or words[at] in _WORDS or (numbers and _joins(words, at))):
            if words[at] not in _JOIN:
                number, taken = _number(words, at)
                numbers.append(number)
                at += taken
            else:
                at += 1
        if numbers:
            found.append(_Run(tuple(numbers), words[:start], words[at:]))
        else:
            at += 1
    return found


def _joins(words: Sequence[str], at: int) -> bool:
    """“5 atau 6”, “dua setengah tahun”."""
    if words[at] not in _JOIN or at + 1 >= len(words):
        return False
    behind = words[at + 1]
    return behind.isdecimal() or behind in _WORDS or behind in _YEARS


def _number(words: Sequence[str], at: int) -> tuple[int, int]:
    """The number, and of how many words it is: “dua belas”."""
    if words[at].isdecimal():
        return int(words[at][:4]), 1
    number = _WORDS[words[at]]
    teen = number < 10 and words[at + 1 : at + 2] == [_TEEN]
    return (number + 10, 2) if teen else (number, 1)


def _counts(run: _Run) -> bool:
    denied = not _DENIED.isdisjoint(run.before[-_REACH:])
    past = run.after[1:2] != [] and run.after[1] in _PAST
    return not denied and not past and _NOT_AN_AGE.isdisjoint(run.before[-2:])


def _by_years(runs: Sequence[_Run], *, unborn: bool) -> list[int]:
    """What is called an age, or else counted in years; months only of somebody born."""
    at_school = [run for run in runs if not _of_a_class(run)]
    small = [
        run.youngest // 12 if "minggu" not in run.after[:1] and "hari" not in run.after[:1] else 0 for run in at_school if run.in_parts
    ]
    years = [run for run in at_school if run.in_years]
    led = [run.youngest for run in at_school if run.led and not run.in_parts]
    return led or [run.youngest for run in years] or ([] if unborn else small)


def _of_a_class(run: _Run) -> bool:
    return not _CLASS.isdisjoint(run.before[-1:]) or (run.after[:1] != [] and run.after[0] in _SCHOOLS)


def _by_school(words: Sequence[str], runs: Sequence[_Run]) -> list[int]:
    """“kelas 4 sd” is ten; “kelas 8” fourteen; a school without a class its youngest; a baby none."""
    school = next((word for word in words if word in _SCHOOLS), "sd")
    classes = [run.youngest for run in runs if _of_a_class(run)]
    if classes:
        return [min(n + (_SCHOOLS[school] if n <= 3 else 6), GROWN_UP - 1) for n in classes if 0 < n <= 12]
    return [_STAGES[word] for at, word in enumerate(words) if word in _STAGES and _DENIED.isdisjoint(words[max(0, at - _REACH) : at])]
