"""Other ways to write an answer, put together from parts."""

from __future__ import annotations

from collections.abc import Iterable


def with_numbers(numbers: Iterable[int], *forms: str) -> str:
    """Each form with each number in it: “4 hari lalu”, “5 hari lalu”."""
    return "|".join(form.format(number) for number in numbers for form in forms)


def said(words: str, *leads: str) -> str:
    """Sayings with each of these leads before them: “kemarin”, “ya kemarin”. A lead of “*” has them heard inside a sentence too."""
    return "|".join(f"{lead}{word}" for word in words.split("|") for lead in leads or ("", "ya "))


ENOUGH_SAYS = (
    "cukup|sudah|sudah cukup|selesai|itu saja|stop dulu|berhenti|berhenti dulu|udahan|udahan dulu|sudah dulu|wis|sampun|enough|done"
)
LATER_SAYS = "nanti|nanti saja|nanti lagi|nanti dulu|besok saja|besok lagi|capek|istirahat dulu|tidak dulu|later|mengko|mengko wae"
