"""What a case may be about: the region's legal categories under short, neutral labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Protocol

from dialogs.harm_words import OF_GROWN_UPS
from hotline.engine.nodes import Choice
from hotline.i18n import N_

_HARMS: Mapping[str, str] = MappingProxyType(
    {
        "fisik": N_("Kekerasan fisik"),
        "psikis": N_("Kekerasan psikis"),
        "seksual": N_("Kekerasan seksual"),
        "penelantaran": N_("Penelantaran"),
        "eksploitasi": N_("Eksploitasi"),
        "pekerja_anak": N_("Anak bekerja"),
        "perundungan": N_("Perundungan"),
        "perdagangan": N_("Diculik atau dijual"),
        "lain": N_("Hal lain"),
    }
)
_USUAL_HARMS = ("fisik", "psikis", "seksual", "penelantaran", "eksploitasi", "pekerja_anak", "perundungan", "lain")
_ASKED_ELSEWHERE = frozenset({"eksploitasi_seksual", "dikeluarkan_sekolah"})
"""What R5 and a question of its own ask: the list stays short enough for one screen."""
_REQUESTS: Mapping[str, str] = MappingProxyType(
    {
        "kebutuhan_program": N_("Butuh bantuan"),
        "kepesertaan": N_("Ikut program"),
        "layanan": N_("Keluhan layanan"),
        "pemutakhiran_data": N_("Perbaikan data"),
        "lain": N_("Hal lain"),
    }
)
UNSURE = Choice("tidak_tahu", N_("Tidak tahu / lewati"))


class Term(Protocol):
    """A term of a taxonomy."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


def harms(terms: Iterable[Term]) -> tuple[Choice, ...]:
    """What may have happened to a child. The usual list where the region names none; "Hal lain" is always possible."""
    return _choices((term for term in terms if term.code not in _ASKED_ELSEWHERE), _HARMS, _USUAL_HARMS, OF_GROWN_UPS)


def requests(terms: Iterable[Term]) -> tuple[Choice, ...]:
    """What a request for aid may be about."""
    return _choices(terms, _REQUESTS, tuple(_REQUESTS))


def _choices(
    terms: Iterable[Term], labels: Mapping[str, str], usual: Iterable[str], says: Mapping[str, str] = MappingProxyType({})
) -> tuple[Choice, ...]:
    named = {term.code: labels.get(term.code, term.name) for term in terms} or {code: labels[code] for code in usual}
    choices = {code: Choice(code, label, says=says.get(code, "")) for code, label in named.items()}
    other = choices.pop("lain", Choice("lain", labels["lain"]))
    return (*choices.values(), other, UNSURE)
