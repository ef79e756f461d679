"""A small region of the tests' own: what the dialogs need of a profile, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hotline.case import Track


@dataclass(frozen=True)
class Kind:
    code: str
    name: str


@dataclass(frozen=True)
class Region:
    facts: Mapping[str, str] = field(
        default_factory=lambda: {
            "nama_netral": "Layanan Warga Tirta",
            "nomor_darurat": "110 (polisi)\n119 (ambulans)\n129 (SAPA)",
            "nomor_singkat": "110, 119, 129",
            "jam": "Senin-Jumat 08.00-15.30",
            "kantor_anak": "Dinas Tirta",
            "kantor_bantuan": "Dinas Sosial Tirta",
            "dasar_hukum": "Peraturan Bupati",
            "wilayah": "Kabupaten Tirta",
        }
    )
    languages: tuple[str, ...] = ("id", "en", "jv")
    villages: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: {"Tirta Barat": (), "Tirta Timur": (), "Gunungsari": (), "Pesisir Lor": ()}
    )
    elsewhere: tuple[str, ...] = ()
    centres: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    danger_words: frozenset[str] = frozenset()
    texts: Mapping[str, str] = field(default_factory=dict)

    def kinds(self, track: Track) -> tuple[Kind, ...]:
        return (
            (
                Kind("fisik", "Anak Korban Kekerasan fisik"),
                Kind("psikis", "psikis"),
                Kind("seksual", "seksual"),
                Kind("eksploitasi", "Eksploitasi ekonomi"),
                Kind("pekerja_anak", "Pekerja Anak"),
                Kind("lain", "Perlindungan Khusus lain"),
            )
            if track is Track.ANAK
            else ()
        )
