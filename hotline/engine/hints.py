"""Sayings that are heard in the middle of a sentence, where nothing shortly before them turns them round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hotline.engine.fold import fold

DENIALS = frozenset({"tidak", "bukan", "belum", "jangan", "ora", "dudu", "durung", "mboten", "no", "not", "never", "isn", "don", "doesn"})
"""Folded. “Bukan hanya saya” is spelled nearly like “Hanya saya” and says the opposite."""
_REACH = 3
"""Words before a saying among which a denial turns it round."""


def denies(words: Iterable[str]) -> bool:
    """Whether one of these folded words turns the others round."""
    return not DENIALS.isdisjoint(words)


class Hints:
    """The sayings of one question's choices that begin with “*”, found by their first words instead of one after the other."""

    def __init__(self, says: Mapping[str, str]) -> None:
        self._found: dict[str, list[tuple[str, str]]] = {}
        for code, written in says.items():
            for saying in (fold(word) for word in written.split("|") if word[:1] == "*"):
                self._found.setdefault(saying.partition(" ")[0], []).append((f" {saying} ", code))

    def codes(self, folded: str) -> set[str]:
        """The choices whose sayings stand in these folded words."""
        if not self._found:
            return set()
        sentence = f" {folded} "
        near = [hint for word in set(folded.split()) for hint in self._found.get(word, ())]
        return {code for saying, code in near if saying in sentence and not _denied_before(saying, sentence)}


def _denied_before(saying: str, sentence: str) -> bool:
    """“tidak ada yang sakit berat”: a denial stands shortly before what is said."""
    return denies(sentence.partition(saying)[0].split()[-_REACH:]) and not denies(saying.split())
