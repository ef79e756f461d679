"""Texts we send first, to a phone that anybody may be reading: they name no topic (domain 4.4), only a code."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hotline.i18n import N_

NOTICES: Mapping[str, str] = MappingProxyType(
    {
        "update": N_("Info layanan: ada pembaruan untuk kode {kode}. Balas CEK bila sudah sempat."),
        # The first words of an operator to somebody who has been silent (domain 4.4).
        "good_time": N_("Halo, apakah sekarang waktu yang baik?"),
    }
)
