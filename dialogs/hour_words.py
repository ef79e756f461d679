"""When a message may come, as people write it. Pushed at a wrong hour it is read by others: no hour is heard inside a sentence (“kecuali
jam 7 malam”), and what may be two hours is asked again."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.sayings import with_numbers


def _at(hours: Iterable[int], *parts: str) -> str:
    """“jam 3”, “15.00”; with a part of the day “3 sore”, “jam 3 sore”. Nobody writes “jam 10 am”, and “jam 10 malam” is spelled like it."""
    ends = [f"{{}} {part}" for part in parts] or ["{} 00"]
    spoken = [end for end in ends if end.split()[-1] not in ("am", "pm")] if parts else ["{}", *ends]
    led = [f"{lead} {end}" for lead in ("jam", "pukul") for end in spoken]
    return with_numbers(hours, *ends, *led)


_AFTER_NOON = (1, 2, 3, 4)
MORNING = "|".join(["pagi|pagi hari|pagi saja|esuk|isuk", _at(range(8, 12), "pagi", "esuk", "am")])
"""8 is the number that stands before it. A 9 to 11 alone may be in the evening."""
MIDDAY = "|".join(
    [
        "siang|siang hari|siang saja|awan|pulang sekolah|habis pulang sekolah|setelah pulang sekolah",
        _at(_AFTER_NOON, "siang", "sore", "pm"),
        _at(range(12, 17), "siang", "sore"),
        _at((*_AFTER_NOON, *range(12, 17))),
        with_numbers((4, *range(13, 17)), "{}"),
    ]
)
"""Nobody means the hours after midnight. A 1, 2 or 3 alone may be the place in a list."""
EVENING = "|".join(
    [
        "malam|malam hari|malam saja|bengi|magrib|habis magrib|setelah magrib|habis maghrib|setelah maghrib|habis isya|setelah isya",
        _at((5, 6), "sore", "pm"),
        _at(range(6, 9), "malam", "bengi", "pm"),
        _at(range(17, 21)),
        with_numbers(range(17, 21), "{}"),
    ]
)
