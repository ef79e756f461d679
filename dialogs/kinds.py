"""What may have happened to a child: the region's legal categories under short, neutral labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Protocol

from hotline.engine.nodes import Choice
from hotline.i18n import N_

_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "fisik": N_("Kekerasan fisik"),
        "psikis": N_("Kekerasan psikis"),
        "seksual": N_("Kekerasan seksual"),
        "penelantaran": N_("Penelantaran"),
        "eksploitasi": N_("Eksploitasi"),
        "eksploitasi_seksual": N_("Eksploitasi seksual"),
        "pekerja_anak": N_("Anak bekerja"),
        "perundungan": N_("Perundungan"),
        "lain": N_("Hal lain"),
    }
)
_USUAL = ("fisik", "psikis", "seksual", "penelantaran", "eksploitasi", "pekerja_anak", "perundungan", "lain")


class Term(Protocol):
    """A term of a taxonomy."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


def child_kinds(terms: Iterable[Term]) -> tuple[Choice, ...]:
    """The region's terms, short where the code is known; the usual list where the region names none. "Hal lain" is always possible."""
    choices = {term.code: Choice(term.code, _LABELS.get(term.code, term.name)) for term in terms}
    if not choices:
        choices = {code: Choice(code, _LABELS[code]) for code in _USUAL}
    other = choices.pop("lain", Choice("lain", _LABELS["lain"]))
    return (*choices.values(), other, Choice("tidak_tahu", N_("Tidak tahu / lewati")))
