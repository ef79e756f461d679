"""Codes of alarms, calls and the program's own parts, in words an operator reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from hotline.i18n import N_


def _table(words: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(words))


CALLS = _table(
    {
        "queued": N_("sedang dikirim"),
        "sent": N_("terkirim, belum dijawab"),
        "late": N_("belum terkirim"),
        "failed": N_("tidak sampai"),
        "taken": N_("menjawab Ambil"),
        "declined": N_("menjawab Tidak bisa"),
        "overtaken": N_("tidak jadi dikirim, sudah dijawab"),
    }
)
"""What became of a call to an officer's phone."""
CALL_REASONS = _table(
    {
        "no_duty": N_("jadwal piket kosong"),
        "no_role": N_("tidak ada akun dengan peran ini"),
        "no_chat": N_("belum mendaftarkan HP"),
        "said_no": N_("sudah menjawab tidak bisa"),
        "kept_from": N_("kasus dijauhkan dari yang bertugas"),
        "no_contact": N_("tidak ada pelapor yang bisa dikirimi"),
        "waiting": N_("belum ada pengirim yang mencoba"),
    }
)
"""Why a call reached nobody: hotline.alarm.reach.Why; else a code of LETTER_REASONS."""
ALARM_ENDS = _table(
    {
        "acted": N_("berhenti: ada tindakan"),
        "lowered": N_("berhenti: tingkat diturunkan dua orang"),
        "closed": N_("berhenti: kasus ditutup"),
        "drill": N_("latihan selesai"),
        "abandoned": N_("latihan diakhiri: perintahnya berhenti"),
    }
)
PARTS = _table({"scheduler": N_("Penjadwal berhenti"), "worker": N_("Pengirim pesan berhenti")})
PART_CURES = _table(
    {
        "scheduler": N_(
            "Tingkat panggilan berikutnya dan tenggat tidak berjalan: pantau halaman ini dan telepon sendiri petugas berikutnya. "
            "Minta pengelola server menjalankan lagi teduh worker."
        ),
        "worker": N_(
            "Pesan dikirim sementara oleh proses panel, mungkin lebih lambat. Telepon sendiri petugas piket bila ada darurat, "
            "dan minta pengelola server menjalankan lagi teduh worker."
        ),
    }
)
TARGETS = _table(
    {
        "PIKET_1": N_("petugas piket pertama"),
        "PIKET_2": N_("petugas piket kedua"),
        "PELAPOR": N_("pelapor diberi tahu agar menelepon 110 atau 129"),
    }
)
"""Whom a rung calls, besides roles."""
POSITIONS: Mapping[int, str] = MappingProxyType({1: N_("Piket pertama"), 2: N_("Piket kedua")})


def why_unsent(reason: str, otherwise: Mapping[str, str]) -> str:
    """The words for why a call reached nobody; `reason` may name whom it meant, as in no_duty:PIKET_1. `otherwise`: why sending fails."""
    code = reason.partition(":")[0]
    return CALL_REASONS.get(code) or otherwise.get(code, code)


def whys_unsent(reasons: Iterable[str], otherwise: Mapping[str, str]) -> list[str]:
    """The same for several, each sentence once: two empty duties are one empty roster."""
    return list(dict.fromkeys(why_unsent(reason, otherwise) for reason in reasons))
