"""When a message may come, as people write it. Pushed at a wrong hour it is read by others, so what may be two hours is asked again."""

from __future__ import annotations

from collections.abc import Iterable


def _at(hours: Iterable[int], *parts: str, bare: bool = False) -> str:
    """“3”, “jam 3”, “15.00” where the number says enough (`bare`); with a part of the day in a sentence, too: “jam 3 sore”."""
    said = [form.format(hour) for hour in hours for form in ("{}", "jam {}", "pukul {}", "{} 00", "jam {} 00", "pukul {} 00") if bare]
    said += [f"*{hour} {part}" for hour in hours for part in parts]
    return "|".join(said)


MORNING = "pagi|pagi hari|pagi saja|esuk|isuk|" + _at(range(8, 12), "pagi", "esuk", "am")
"""8 is the number that stands before it. A bare 9 to 11 may be in the evening."""
MIDDAY = "siang|siang hari|siang saja|awan|*pulang sekolah|" + "|".join(
    [_at((1, 2, 3, 4), "siang", "sore", "pm", bare=True), _at(range(12, 17), "siang", "sore", bare=True)]
)
"""Nobody means the hours after midnight."""
EVENING = "malam|malam hari|malam saja|bengi|*magrib|*maghrib|*isya|" + "|".join(
    [_at((5, 6), "sore", "pm"), _at(range(6, 9), "malam", "bengi", "pm"), _at(range(17, 21), bare=True)]
)
