"""Codes of a case's clocks, records and conversations in words an operator reads; `panel.words` gives them to the templates."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hotline.i18n import N_


def _table(words: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(words))


CLOCKS = _table(
    {
        "acknowledge": N_("akui"),
        "action": N_("tindakan"),
        "assign": N_("pemegang"),
        "answer": N_("pesan pelapor"),
        "police": N_("lapor polisi"),
        "medical": N_("medis"),
    }
)
CLOCK_NAMES = _table(
    {
        "acknowledge": N_("Tenggat diakui"),
        "action": N_("Tenggat tindakan pertama"),
        "assign": N_("Tenggat ada pemegang"),
        "answer": N_("Tenggat melihat pesan pelapor"),
        "police": N_("Laporan ke kepolisian"),
        "medical": N_("Perawatan medis"),
    }
)
CLOCK_ORIGINS = _table(
    {
        "acknowledge": N_("kebijakan Dinas"),
        "action": N_("kebijakan Dinas"),
        "assign": N_("kebijakan Dinas"),
        "answer": N_("kebijakan Dinas"),
        "police": N_("3x24 jam, UU 12/2022 Pasal 41"),
        "medical": N_("72 jam sejak kejadian"),
    }
)
RECORDS = _table(
    {
        "letter": N_("Surat tugas"),
        "police": N_("Laporan ke kepolisian"),
        "medical": N_("Perawatan medis"),
        "happened": N_("Waktu kejadian"),
        "service": N_("Layanan"),
        "kind": N_("Jenis"),
        "area": N_("Kecamatan"),
        "sheet": N_("Lembar kerja"),
    }
)
SERVICES = _table(
    {
        "pengaduan": N_("Pengaduan masyarakat"),
        "penjangkauan": N_("Penjangkauan korban"),
        "pengelolaan_kasus": N_("Pengelolaan kasus"),
        "penampungan": N_("Penampungan sementara"),
        "mediasi": N_("Mediasi"),
        "pendampingan": N_("Pendampingan korban"),
    }
)
TALK_ENDS = _table(
    {
        "given_back": N_("obrolan dikembalikan ke layanan otomatis"),
        "other": N_("obrolan diambil alih rekan"),
        "quiet": N_("petugas tidak menulis lagi, layanan otomatis lanjut"),
        "signed_out": N_("petugas keluar dari panel, layanan otomatis lanjut"),
        "closed": N_("kasus ditutup, layanan otomatis lanjut"),
        "left": N_("pelapor keluar cepat atau minta tidak dikirimi"),
        "not_now": N_("sapaan dijawab tidak sesuai, tidak diteruskan"),
    }
)
TALK_REFUSALS = _table(
    {
        "over": N_("Pelapor tidak menulis sejak sehari. Pakai Balasan; ia membacanya dengan CEK."),
        "unsafe": N_("Pelapor sedang diam dan HP ini tidak boleh dikirimi lebih dulu. Pakai Balasan; ia membacanya dengan CEK."),
    }
)
