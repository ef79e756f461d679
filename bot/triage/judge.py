"""One row of a table of texts, judged: its level, a score, and the words that weighed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.speech import speech
from hotline.triage import explain, hear
from hotline.triage.lexicon import WORDING

_ = speech()
COLUMNS = ("id", "level", "score", "reasons")


def judged(row: Mapping[str, str], region: str = "") -> tuple[str, str, str, str]:
    """The columns of `COLUMNS` for a row with `id` and `text`; `region` adds that profile's own danger words."""
    found = hear(row["text"], _words_of(region))
    return row["id"], found.level, f"{found.score:.3f}", "; ".join(reasons(found.words, found.weighing))


def reasons(words: tuple[str, ...], weighing: tuple[str, ...]) -> list[str]:
    """Sentences for people: each danger word with what it speaks of, then the words that weighed in the model."""
    told = [f"{word} ({_(explain(f'kata={word}'))})" for word in words]
    if weighing:
        told.append(f"{_(explain(f'kata={WORDING}'))}: {' + '.join(weighing)}")
    return told


@cache
def _words_of(region: str) -> frozenset[str]:
    from hotline.regions import load_profile

    return load_profile(region).danger_words if region else frozenset()
