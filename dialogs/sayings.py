"""Other ways to write an answer, put together from parts."""

from __future__ import annotations


def said(words: str, *leads: str) -> str:
    """Sayings with each of these leads before them: “kemarin”, “ya kemarin”. A lead of “*” has them heard inside a sentence too."""
    return "|".join(f"{lead}{word}" for word in words.split("|") for lead in leads or ("", "ya "))
