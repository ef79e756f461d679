"""When a message may come, as people write it. Pushed at a wrong hour it is read by others: no hour is heard inside a sentence (“kecuali
jam 7 malam”), and what may be two hours is asked again."""

from __future__ import annotations

from collections.abc import Iterable


def _at(hours: Iterable[int], *parts: str) -> str:
    """“jam 3”, “15.00”; with a part of the day “3 sore”, “jam 3 sore”."""
    forms = [f" {part}" for part in parts] or ["", " 00"]
    return "|".join(f"{lead}{hour}{form}" for hour in hours for form in forms for lead in ("", "jam ", "pukul ") if lead or form)


def _bare(hours: Iterable[int]) -> str:
    return "|".join(map(str, hours))


MORNING = "|".join(["pagi|pagi hari|pagi saja|esuk|isuk", _at(range(8, 12), "pagi", "esuk", "am")])
"""8 is the number that stands before it. A 9 to 11 alone may be in the evening."""
MIDDAY = "|".join(
    [
        "siang|siang hari|siang saja|awan|pulang sekolah|habis pulang sekolah|setelah pulang sekolah",
        _at((1, 2, 3, 4), "siang", "sore", "pm"),
        _at((12, *range(13, 17)), "siang", "sore"),
        _at((1, 2, 3, 4, *range(12, 17))),
        _bare((4, *range(13, 17))),
    ]
)
"""Nobody means the hours after midnight. A 1, 2 or 3 alone may be the place in a list."""
EVENING = "|".join(
    [
        "malam|malam hari|malam saja|bengi|magrib|habis magrib|setelah magrib|habis maghrib|setelah maghrib|habis isya|setelah isya",
        _at((5, 6), "sore", "pm"),
        _at(range(6, 9), "malam", "bengi", "pm"),
        _at(range(17, 21)),
        _bare(range(17, 21)),
    ]
)
