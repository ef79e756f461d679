"""What was said, made ready for judging: every answer a known code, and every question that was not reached told apart from one refused."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hotline.case import Track
from hotline.triage.lexicon import MEDICAL
from hotline.triage.words import group_of

UNKNOWN = "tidak_tahu"
UNREACHED = "belum_ditanyakan"
"""A question of the child track that was never put; it weighs as much as tidak_tahu (domain 5.3)."""
UNSAID = ""
"""No answer, and none is assumed."""
MEDICAL_UNANSWERED = "medis_belum_dijawab"
TRACK = "jalur"
"""The key under which the table finds the track: an aid request asks R8 of old, disabled or very young people only."""
WORD = "kata"
"""The key under which a story keeps the danger words found in it, parted by commas."""
STORY = "kata_cerita"
"""The key under which a story keeps how grave its words sound; listened for outside the child track, whose questions ask for it."""

_YES_NO = ("tidak", UNKNOWN, "ya")

SCALES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "R1": _YES_NO,
        "R2": ("tidak", UNKNOWN, "ringan", "perlu_perawatan", "mengancam_jiwa"),
        "R3": ("tidak", UNKNOWN, "ya", "serumah"),
        "R4": ("dewasa", "13-17", "6-12", UNKNOWN, "0-5", "kandungan"),
        "R5": ("tidak", UNKNOWN, ">72_jam", "daring", "ya", "<=72_jam"),
        "R6": ("tidak", UNKNOWN, "pikiran", "rencana_atau_alat", "sedang_mencoba"),
        "R7": _YES_NO,
        "R8": ("tidak", UNKNOWN, "sering", "sedang"),
        "R9": _YES_NO,
        "R10": ("ya", UNKNOWN, "tidak"),
        "R11": ("tidak", UNKNOWN, "segera", "<=24_jam"),
        "R12": _YES_NO,
        "R13": _YES_NO,
        "disabilitas": _YES_NO,
        "lansia": _YES_NO,
        "dikurung": _YES_NO,
        "tanpa_makan_hari_ini": _YES_NO,
        "krisis_bantuan": _YES_NO,
        "bencana": ("tidak", UNKNOWN, "sekarang"),
        "dikeluarkan_sekolah": ("tidak", UNKNOWN, "terancam", "ya"),
        "kata_bahaya": ("tidak", MEDICAL_UNANSWERED, "belum_dijawab", "ya"),
        "terkena_kekerasan": _YES_NO,
        STORY: ("SEDANG", "TINGGI"),
        "lampau_aman": ("ya", UNKNOWN, "tidak"),
        "lampau_aman_dewasa": ("ya", UNKNOWN, "tidak"),
    }
)
"""The answer codes of each question, from the least to the most worrying (domain 5.2). A code that is not listed counts as tidak_tahu."""

INDICATORS = tuple(f"R{n}" for n in range(1, 14))
_NOT_PUT_TO = {"R6": ("warga", "instansi")}
"""Who is not asked what: R6 is for the child and for those close to it (domain 5.2), so for others it was not passed over."""
_OVER = ("lampau_aman", "lampau_aman_dewasa")
_ANSWERED_BY_OVER = ("R1", "R3", "R7", "R9", "R11")
LOOKED_AT = frozenset((WORD, "pelapor", *INDICATORS, *_OVER))
"""The keys that `read` looks at beside those of the table."""


def read(track: Track, answers: Mapping[str, str], *, unreached: bool) -> dict[str, str]:
    """The answers as known codes. With `unreached`, a child-track indicator without an answer becomes UNREACHED.

    "It is over, and that person cannot reach me" (lampau_aman) answers the questions on present danger that were not put after it.
    """
    said = {key: _code(key, value) for key, value in answers.items() if value}
    if any(said.get(key) == "ya" for key in _OVER):
        said = dict.fromkeys(_ANSWERED_BY_OVER, "tidak") | said
    if track is Track.LAYANAN and said.get("kata_bahaya") == "belum_dijawab" and _only_medical(words_found(answers)):
        said["kata_bahaya"] = MEDICAL_UNANSWERED
    if unreached and track is Track.ANAK:
        put = [key for key in INDICATORS if answers.get("pelapor") not in _NOT_PUT_TO.get(key, ())]
        said = dict.fromkeys(put, UNREACHED) | said
    return {**said, TRACK: track.value}


def words_found(answers: Mapping[str, str]) -> tuple[str, ...]:
    """The danger words noted with the story, if it keeps them."""
    return tuple(word for part in answers.get(WORD, "").split(",") if (word := part.strip()))


def _only_medical(words: tuple[str, ...]) -> bool:
    return bool(words) and all(group_of(word) == MEDICAL for word in words)


def _code(key: str, value: str) -> str:
    scale = SCALES.get(key)
    return value if scale is None or value in scale or value == UNREACHED else UNKNOWN
