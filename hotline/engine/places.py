"""Which place of a region somebody's words name: typing errors forgiven, parts of places known, and never a guess between two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from hotline.engine.fold import fold
from hotline.engine.hints import denies

_OUTER = frozenset({"kec", "kecamatan", "kcmtn", "kacamatan", "district", "distrik"})
_INNER = frozenset({"desa", "ds", "kel", "kelurahan", "kalurahan", "dukuh", "dusun", "dsn", "village"})
_AWAY = frozenset({"dari", "saking", "seko", "saka", "from"})
_NEVER = frozenset({"kab", "kabupaten", "kabupatén"})
_FAR = _NEVER | {"kota", "kotamadya"}
# What may stand around a name without being part of it.
_AROUND = frozenset(
    (
        *("saya", "aku", "kami", "kula", "ambo", "awak", "tinggal", "rumah", "itu", "ya"),
        *("di", "d", "ing", "neng", "nang", "ning", "teng", "wonten", "ado", "ki", "mi", "ji"),
        *("pak", "bu", "kak", "mas", "mbak"),
    )
)
_SIDES = (("selatan", "kidul"), ("utara", "lor"), ("barat", "kulon"), ("timur", "wetan"), ("tengah", "madya"))
_MOST_WORDS, _LONGEST_NAME, _MOST_ERRORS = 60, 6, 3
_SHORT_ANSWER, _SHORTEST = 4, 3
_MOST_WORDS_MISSPELT, _SHORTEST_BESIDE = 25, 5


def forgiven(name: str, *, alone: bool) -> int:
    """How many typing errors (a letter wrong, missing, too much, or two swapped) a name may have; fewer inside other words."""
    letters = len(name)
    if alone:
        return 0 if letters < 4 else 1 if letters < 6 else 2 if letters < 11 else 3
    return 0 if letters < 6 else 1 if letters < 10 else 2


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the list (`code`), and the part of it that was named."""

    code: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """What the words name: one spot, several that cannot be told apart, a place known to lie elsewhere, or nothing."""

    spots: tuple[Spot, ...] = ()
    elsewhere: str = ""


class Places:
    """The names of one question's places and of the parts in them. Made once; safe to share."""

    def __init__(self, inside: Mapping[str, Sequence[str]], elsewhere: Iterable[str] = (), whole: str = "") -> None:
        self._whole = _bare(fold(whole))
        self._outer: dict[str, set[Spot]] = {}
        self._inner: dict[str, set[Spot]] = {}
        self.parts = {code: frozenset(parts) for code, parts in inside.items()}
        for code, parts in inside.items():
            for name in _spellings(code):
                self._outer.setdefault(name, set()).add(Spot(code))
            for part in parts:
                for name in _spellings(part):
                    self._inner.setdefault(name, set()).add(Spot(code, part))
        self._far: dict[str, str] = {}
        for full in elsewhere:
            name = _bare(fold(full))
            self._far[name] = full if name not in self._far else name.title()  # Kabupaten, kota or province: not told.
            if name != fold(full):
                self._far[fold(full)] = full
        self._every = (list(self._outer), list(self._inner))
        # Without parts the places are themselves desa.
        self._not_outer, self._not_inner = (_INNER | _NEVER if self._inner else _OUTER | _NEVER), _OUTER | _NEVER

    def named(self, folded: str) -> str:
        """The kecamatan that longer words name, spelled as it is, or by a desa that is called one.

        Empty when they name none or more than one, deny it, or tell where somebody came from.
        """
        words = folded.split()[:_MOST_WORDS]
        if denies(words) or not _AWAY.isdisjoint(words):
            return ""
        spots = self._exact(words).spots
        codes = {spot.code for spot in spots if not spot.part or not _INNER.isdisjoint(words) or len(words) == len(spot.part.split())}
        return codes.pop() if len(codes) == 1 and len(codes) == len({spot.code for spot in spots}) else ""

    def find(self, folded: str) -> Named:
        """The place that folded words name."""
        words = folded.split()[:_MOST_WORDS]
        exact = self._exact(words)
        if exact.spots:
            return self._longer(words, exact) or exact
        far = self._elsewhere(words)
        return Named(elsewhere=far) if far else self._nearly(words)

    def _exact(self, words: Sequence[str]) -> Named:
        """Names written as they are. A name inside a longer one does not count; the kecamatan named beside a desa settles which."""
        outer, inner = [], []
        for first, last, before, text in _runs(words):
            if before not in self._not_outer and text in self._outer:
                outer.append((first, last, self._outer[text]))
            if before not in self._not_inner and text in self._inner:
                inner.append((first, last, self._inner[text]))
        outer = [one for one in outer if not any(_within(one, other) for other in (*outer, *inner))]
        inner = [one for one in inner if not any(_within(one, other) for other in (*outer, *inner))]
        if not outer:
            return Named(_sorted({spot for _, _, spots in inner for spot in spots}))
        # The one that is called a kecamatan; else “Boja, Kendal”: the region's own name behind a kecamatan's is not a second one.
        called = [one for one in outer if one[0] and words[one[0] - 1] in _OUTER]
        said = called or [one for one in outer if words[one[0] : one[1]] != [self._whole]] or outer
        codes = {spot.code for _, _, spots in said for spot in spots}
        spans = {(first, last) for first, last, _ in said}
        beside = {spot for first, last, spots in inner for spot in spots if spot.code in codes and (first, last) not in spans}
        return Named(_sorted(beside if len(beside) == 1 else {Spot(code) for code in codes}))

    def _longer(self, words: Sequence[str], exact: Named) -> Named | None:
        """“Kaliwungu Slatan” is a misspelt Kaliwungu Selatan, not Kaliwungu."""
        said, spot = " ".join(_plain(words)), exact.spots[0]
        if len(exact.spots) > 1 or spot.part or said == fold(spot.code):
            return None
        for name, spots in self._outer.items():
            if name.startswith(fold(spot.code) + " ") and OSA.distance(said, name) <= forgiven(name, alone=True):
                return Named(_sorted(spots))
        return None

    def _elsewhere(self, words: Sequence[str]) -> str:
        """A kabupaten or kota that is another one: called so, or the only thing that was said."""
        for at, word in enumerate(words):
            if word in _FAR:
                for length in range(_LONGEST_NAME, 0, -1):
                    name = " ".join(words[at + 1 : at + 1 + length])
                    if full := self._far.get(f"{_FULL.get(word, word)} {name}") or self._far.get(name):
                        return full
        return "" if _OUTER.intersection(words) or _INNER.intersection(words) else self._far.get(" ".join(_plain(words)), "")

    def _nearly(self, words: Sequence[str]) -> Named:
        """The names with the fewest typing errors, a kecamatan before a desa; several when they are equally near."""
        best, found = (99, 0), set[Spot]()
        for rank, (names, not_after) in enumerate(((self._outer, self._not_outer), (self._inner, self._not_inner))):
            known = self._every[rank]
            for text, whole in _tries(words, not_after):
                most = min(_MOST_ERRORS if whole else 2, best[0])
                for name, errors, _ in process.extract(text, known, scorer=OSA.distance, score_cutoff=most, limit=8):
                    if len(text) < _SHORTEST or errors > forgiven(name, alone=whole) or (errors, rank) > best:
                        continue
                    found = found | names[name] if (errors, rank) == best else set(names[name])
                    best = errors, rank
        return Named(_sorted(found))


def _tries(words: Sequence[str], not_after: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """What may be a misspelt name, and whether it is the whole answer."""
    plain = _plain(words)
    if len(plain) <= _SHORT_ANSWER and not (words and words[0] in not_after):
        yield " ".join(plain), True
        yield "".join(plain), True
    for _, _, before, text in _runs(words[:_MOST_WORDS_MISSPELT]):
        if len(text) >= _SHORTEST_BESIDE and before not in not_after:
            yield text, False


_FULL = {"kab": "kabupaten", "kotamadya": "kota"}


def _spellings(name: str) -> set[str]:
    """How a name is written: in one word, with Javanese sides, without “Kota”."""
    folded = fold(name)
    found = {folded, folded.replace(" ", "")}
    for one, other in _SIDES:
        for said, instead in ((one, other), (other, one)):
            if folded.endswith(" " + said):
                found.add(folded.removesuffix(said) + instead)
    return found


_TITLES = ("kota administrasi ", "daerah khusus ibukota ", "daerah istimewa ", "kabupaten ", "kota ", "kab ")


def _bare(folded: str) -> str:
    """“semarang” for “kota semarang”."""
    return next((folded.removeprefix(title) for title in _TITLES if folded.startswith(title)), folded)


def _plain(words: Sequence[str]) -> list[str]:
    """The words without those that only say what kind of place follows."""
    return [word for word in words if word not in _AROUND | _OUTER | _INNER | _FAR]


def _runs(words: Sequence[str]) -> Iterator[tuple[int, int, str, str]]:
    """Every few words in a row: from, to, the word before, the words."""
    for first in range(len(words)):
        for last in range(first + 1, min(first + _LONGEST_NAME, len(words)) + 1):
            yield first, last, words[first - 1] if first else "", " ".join(words[first:last])


def _within(one: tuple[int, int, set[Spot]], other: tuple[int, int, set[Spot]]) -> bool:
    return other[0] <= one[0] and one[1] <= other[1] and (other[1] - other[0]) > (one[1] - one[0])


def _sorted(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    return tuple(sorted(spots, key=lambda spot: (spot.code, spot.part)))
