"""Which choice a typed answer means: its number, its label in any language, a close spelling; or nothing, and then it is asked again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from sys import intern
from types import MappingProxyType

from rapidfuzz import fuzz, process

from hotline.engine.ages import age_said
from hotline.engine.everyday import EVERYDAY
from hotline.engine.fold import fold
from hotline.engine.hints import DENIALS, Hints, denies
from hotline.engine.nodes import Free
from hotline.engine.numbers import CARDINALS, ORDINALS, counted
from hotline.engine.words import cries, digits, greeting, word_of

NUMBER_OF: Mapping[str, int] = {**counted(*CARDINALS[:10]), **counted(*ORDINALS.split())}
PREFIXES = frozenset({"nomor", "no", "nomer", "angka", "pilih", "yang", "jawaban", "number", "opsi"})
# Folded; what people write for the codes that mean yes, no and "I do not know" in every question.
_SAYINGS: Mapping[str, str] = {
    "ya": "ya|betul|benar|ada|inggih|nggih|ya ada|ya betul|ya benar|tentu|he eh|boleh|yep",
    "tidak": "tidak|no|nope|ora|mboten|ora ana|ora ono|mboten wonten|tidak ada|tidak ada kok|bukan|belum|no one|nobody",
    "yes": "ya|boleh|ya boleh|silakan|yes|inggih|nggih|monggo|oke|ok",
    "no": "tidak|tidak boleh|tidak usah|no|ora|mboten|aja|ojo|don t",
    "tidak_tahu": "tidak tahu|entah|tidak yakin|ragu|ragu ragu|kurang tahu|bingung|lewati|lewat|skip|tidak ingin menjawab|mungkin"
    "|ora ngerti|mboten ngertos"
    "|tidak mau jawab|tidak mau menjawab|tidak mau bilang|tidak mau cerita|malu|rahasia|gatau|gamau|gausah"
    "|ora reti|don t know|dont know|not sure|tidak tahu pasti|belum tahu|belum tentu|tidak tentu|lali|lupa|idk",
    "unknown": "tidak tahu|entah|tidak yakin|ragu|bingung|lewati|lewat|skip|ora ngerti|not sure|idk",
    "lewati": "lewati|lewat|skip|tidak usah|tidak mau|tidak|kosong|tidak ada|tidak tahu|gatau|gausah|gamau"
    "|tidak mau jawab|tidak mau bilang|tidak mau cerita|tidak perlu",
}
_CLOSE_ENOUGH = 82
_MARGIN = 6
_DENIES_THE_SAME = 60
"""“tidak aman” is spelled nearly like “tidak ada”: most letters are those of the denial."""
_SHORTEST_CLOSE = 4
_MOST_PART = 3
_LONGEST_NAME, _LONGEST_WRITTEN_AS_ONE = 24, 60
_FIGURES = re.compile(r"\d+")
_PARTS = re.compile(r"[/,()]")
_MINE = re.compile(
    r"\b(?:bapak|bapa|ayah|papa|ibu|mama|mamak|paman|om|tante|bibi|nenek|kakek|kakak|teman|guru|tetangga|saudara)(?:ku\b| saya$)"
)
"""“bapakku” is spelled nearly like “bapaknya”, “guru saya” like “saya guru”, and is somebody else."""
_BARE_YES = frozenset(
    {"ya", "inggih", "nggih", "yes", "ada", "betul", "benar", "sering", "kadang", "kadang kadang", "pernah", "masih", "boleh"}
)
"""“Tidak, iya” takes the no back, and who may not say (“tidak boleh”) has not said no."""
_THERE = frozenset({"ada", "sudah", "cukup"})
"""“Makanan ada” says the opposite of “Tidak ada makanan”."""
_BARE = frozenset({"ya", "tidak", "no", "ora", "mboten", "nggih"})
_PLAIN_DENIALS = DENIALS - {"belum", "durung", "jangan", "never"}
_FILLERS = frozenset({"saja", "aja", "deh", "dong", "lah", "sih", "kok", "pak", "bu", "kak", "mas", "mbak", "min"})
"""What may stand behind a number: “satu aja”, “1 kak”."""


_GENERAL = frozenset(fold(saying) for written in _SAYINGS.values() for saying in written.split("|"))
"""Of every question: a part of one may be named, as of a label."""


# Many questions have the same sayings: each is held once.
@cache
def _known(saying: str) -> str:
    return fold(saying)


@cache
def _words(folded: str) -> frozenset[str]:
    return frozenset(map(intern, folded.split()))


def _whole(*written: str) -> list[str]:
    """The sayings that may be a whole answer; “**” marks those that are only heard in what was listened to for danger."""
    return [saying for saying in "|".join(written).split("|") if saying and saying[:2] != "**"]


class Labels:
    """The typed forms of one question's choices, in all languages, indexed once."""

    _asked: tuple[str, str | None] = "", None

    def __init__(
        self,
        codes: Sequence[str],
        labels: Iterable[Sequence[str]],
        free: Free | None,
        says: Mapping[str, str] = MappingProxyType({}),
        sure: Iterable[str] = (),
        *,
        alarms: Sequence[str] = (),
        gravest: Sequence[str] = (),
        ages: Mapping[str, tuple[int, int]] = MappingProxyType({}),
        numbers: Mapping[int, str] = MappingProxyType({}),
    ) -> None:
        """`sure`: never guessed from a near spelling, nor is the plain no beside one that `alarms`. The others: see Choice, Ask."""
        self.codes, self._free, shown = tuple(codes), free, tuple(labels)
        self._gravest, self._ages, self._numbers = tuple(gravest), ages, numbers
        self._exact: dict[str, str] = {}
        for code in codes:
            for saying in _whole(_SAYINGS.get(code, ""), says.get(code, "")):
                self._exact.setdefault(_known(saying), code)
        for language in shown:
            for code, label in zip(codes, language, strict=True):
                self._exact[_known(label)] = code
        for language in shown:
            for code, label in zip(codes, language, strict=True):
                for part in filter(None, map(_known, _PARTS.split(label))):
                    if len(part) >= _SHORTEST_CLOSE:
                        self._exact.setdefault(part, code)
        self._begin(shown)
        self._sure = frozenset(sure) | ({self._exact.get("tidak")} if alarms else set())
        self._says = frozenset(fold(saying) for written in says.values() for saying in written.split("|"))
        self._hints = Hints(says)
        misspelt = [known for known in self._exact if len(known) >= _SHORTEST_CLOSE]
        self._close = [[known for known in misspelt if denies(known.split()) is denying] for denying in (False, True)]
        """Those long enough to be misspelt: those that deny nothing, and those that do."""
        on_screen = {_known(label) for language in shown for label in language}
        # “aman” is a word of the cry “kurang aman” and no cry: of a question's own sayings none is named by a part.
        self._words = [(_words(k), code, k in on_screen) for k, code in self._exact.items() if k in on_screen or k in _GENERAL]
        # Where choices are numbers themselves, “6 kak” is an age and no choice.
        self._counted = not any(c.isdigit() for language in shown for label in language for c in label)

    def _begin(self, shown: Sequence[Sequence[str]]) -> None:
        """“Ya, ada bahaya”: whoever answers only “iya” means the one choice that begins so."""
        for meaning in ("ya", "tidak"):
            begin = {
                code
                for language in shown
                for code, label in zip(self.codes, language, strict=True)
                if _known(label.split(",")[0]) == meaning
            }
            for saying in _SAYINGS[meaning].split("|") if len(begin) == 1 else ():
                self._exact.setdefault(_known(saying), *begin)

    def exact(self, folded: str) -> str | None:
        """The choice that the words, its number or an age name beyond doubt."""
        return self.named(folded) or self.numbered(folded, self.codes) or self._aged(folded, whole=True)

    def named(self, folded: str) -> str | None:
        """The choice whose words these are."""
        return self._exact.get(folded)

    def says(self, folded: str) -> bool:
        """Whether it is one of the other ways to write a choice of this question."""
        return folded in self._says

    def hinted(self, folded: str) -> str | None:
        """The choice whose sayings stand in a longer sentence, not denied by it; of several the gravest, or nothing."""
        if aged := self._aged(folded, whole=False):
            return aged
        codes = self._hints.codes(folded)
        return codes.pop() if len(codes) == 1 else self._gravest_of(codes)

    def _gravest_of(self, codes: set[str]) -> str | None:
        return next((code for code in self._gravest if code in codes), None) if codes <= set(self._gravest) else None

    def _aged(self, folded: str, *, whole: bool) -> str | None:
        """The choice for the age that the words tell."""
        age = age_said(folded, whole=whole) if self._ages else None
        return next((code for code, (first, last) in self._ages.items() if age is not None and first <= age <= last), None)

    def close(self, folded: str) -> str | None:
        """The choice whose label is spelled nearly so; nothing when two are about as near or the words say more than that."""
        words, code = self._asked
        if words != folded:  # A turn asks up to three times.
            code = self._near(folded)
            self._asked = folded, code
        return code

    def _near(self, folded: str) -> str | None:
        if len(folded) < _SHORTEST_CLOSE or not any(self._close) or self._free in (Free.WORDS, Free.NAME, Free.PLACE):
            return None
        bare = " ".join(word for word in folded.split() if word not in _FILLERS)
        part = self.part(folded) or self._exact.get(bare) or self._denied(folded)
        if part is not None:
            return part
        found = process.extract(
            folded, self._close[denies(folded.split())], scorer=fuzz.ratio, limit=4, score_cutoff=_CLOSE_ENOUGH - _MARGIN
        )
        # “2,5 tahun” is spelled nearly like “25 tahun”.
        found = [near for near in found if _FIGURES.findall(near[0]) == _FIGURES.findall(folded)] if found else found
        rivals = found
        if found and denies(folded.split()):
            found = [near for near in found if fuzz.ratio(_denied_of(folded), _denied_of(near[0])) >= _DENIES_THE_SAME]
        if not found or found[0][1] < _CLOSE_ENOUGH:
            return self._first_word(folded)
        if _MINE.search(folded) and not _MINE.search(found[0][0]):
            return None
        best = self._exact[found[0][0]]
        if best in self._sure:
            return self._first_word(folded)  # “tidak aman” is spelled nearly like “tidak ada”, “hanya ayah” like “hanya saya”.
        scores = [score for known, score, _ in rivals if self._exact[known] != best]
        return best if not scores or found[0][1] - max(scores) >= _MARGIN else None

    def numbered(self, folded: str, codes: Sequence[str]) -> str | None:
        """The one of these codes whose number is written: its own, or counted from 1."""
        words, led = folded.split(), False
        while len(words) > 1 and words[0] in PREFIXES and (words[0] != "no" or words[1].isdecimal()):  # “no one” is no number one.
            words, led = words[1:], True
        if len(words) == 2 and words[1] in _FILLERS and (led or self._counted):
            words = words[:1]
        if len(words) != 1:
            return self._numbered_label(words[0], " ".join(words), codes) if words else None
        number = number_of(words[0])
        if number is None:
            return None
        if self._numbers:
            return self._numbers.get(number)
        return codes[number - 1] if 0 < number <= len(codes) else None

    def _numbered_label(self, first: str, folded: str, codes: Sequence[str]) -> str | None:
        """“2. Tidak” as copied from the list: number and label must agree."""
        code = self._exact.get(folded[len(first) + 1 :]) if first.isdecimal() else None
        return code if code is not None and self.numbered(first, codes) == code else None

    def part(self, folded: str, *, plain: bool = False) -> str | None:
        """“guru” for “Guru / sekolah”, “serumah” for “Ya, mereka serumah”: words that stand in one choice only.

        `plain`: never a choice that denies what the words say.
        """
        words = frozenset(folded.split())
        if len(words) > _MOST_PART or words <= _BARE:
            return None
        denial = denies(words)
        found = [(code, denies(label), on_screen) for label, code, on_screen in self._words if words <= label]
        # “makanan” may mean the label “Tidak ada makanan”, but never the plain no, and only where nothing says it without denying.
        no = self._exact.get("tidak")
        codes = {code for code, label_denies, _ in found if label_denies is denial}
        codes = codes or {code for code, _, seen in found if seen and code != no and not (plain or words & _THERE)}
        return codes.pop() if len(codes) == 1 else None

    def _denied(self, folded: str) -> str | None:
        """“tidak ada bahaya”, where “Ya, ada bahaya” stands beside a “Tidak”: the no. “Belum bahaya” and “jangan, bahaya” are none."""
        first, _, said = folded.partition(" ")
        yes, no = self._exact.get("ya"), self._exact.get("tidak")
        if first not in _PLAIN_DENIALS or not said or denies(said.split()) or cries(said) or yes is None or no is None:
            return None
        return no if said not in _BARE_YES and yes in (self.named(said), self.part(said)) else None

    def _first_word(self, folded: str) -> str | None:
        """“ya pak”, “tidak bu”: a yes or no with a word of courtesy."""
        words = folded.split()
        if len(words) > 2 or words[0] not in ("ya", "tidak", "inggih", "nggih", "ora", "mboten"):
            return None
        code = self._exact.get(words[0])
        return code if len(words) == 2 and words[1] in _COURTESY else None


def _denied_of(folded: str) -> str:
    """What is left of the words without those that deny."""
    return " ".join(word for word in folded.split() if word not in DENIALS)


def number_of(word: str) -> int | None:
    """The number that a folded word or its digits say."""
    return int(word) if word.isdecimal() and len(word) < 4 else NUMBER_OF.get(word)


_COURTESY = frozenset(["pak", "bu", "kak", "mas", "mbak", "min", "bro", "sis", "kok", "dong", "sih", "lah", "bang", "om", "tante", "deh"])


_EVERYDAY = frozenset(fold(said) for written in _SAYINGS.values() for said in written.split("|")) | NUMBER_OF.keys() | _COURTESY


def _own_word(folded: str) -> str | None:
    """One word of letters that is no answer, greeting or command: whoever writes it means it."""
    fits = folded.isalpha() and _SHORTEST_CLOSE <= len(folded) <= _LONGEST_NAME
    return folded if fits and folded not in _EVERYDAY | EVERYDAY and word_of(folded) is None and not greeting(folded) else None


def _name(text: str) -> str | None:
    """No sentence, question, number or everyday answer. A long name is one where every word begins as names do."""
    most = _LONGEST_WRITTEN_AS_ONE if text.istitle() else _LONGEST_NAME
    named = 0 < len(text) <= most and "?" not in text and not any(c.isdigit() for c in text)
    return text if named and fold(text) not in _EVERYDAY else None


def free_value(free: Free, text: str) -> str | None:
    """What is stored for the person's own words; None when they are not of the kind asked for."""
    match free:
        case Free.CODE:
            code = digits(text)
            return code if len(code) == 9 else None
        case Free.PIN:
            pin = digits(text)
            return pin if len(pin) == 4 else None
        case Free.NAME:
            return _name(" ".join(text.split()))
        case Free.SECRET:
            return _own_word(fold(text))
        case _:
            return text.strip() or None
