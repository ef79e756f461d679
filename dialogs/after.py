"""After the ticket, for who wants it: under what cover to be called, and a word that asks for help without showing it (domain 4.4)."""

from __future__ import annotations

from dialogs.parts import SKIP
from hotline.engine.nodes import Ask, Branch, Choice, Every, Free, Node, Not, Only, Say, SetSafeWord, among
from hotline.i18n import N_

COVER = Ask(
    "samaran",
    N_("Kalau orang lain yang mengangkat, kami bilang dari apa?"),
    (
        Choice("jadwal", N_("Info jadwal layanan")),
        Choice("perpustakaan", N_("Perpustakaan daerah")),
        Choice("salah_sambung", N_("Salah sambung")),
        Choice("lewati", N_("Tidak perlu / lewati")),
    ),
    title=N_("Sebutan untuk kami"),
)
"""Neutral, never a lie when asked plainly; for the operator who calls."""

COVER_IF_WRITTEN_TO = Only(Every((among("hp", "mine"), among("boleh_kirim", "yes", "hours"))), (COVER,))


def safe_word(text: str, done: str) -> tuple[Node, ...]:
    """The chosen word: asked once, shown nowhere, kept in no case."""
    return (
        Ask("kata_aman", text, (SKIP,), free=Free.SECRET, private=True),
        Only(Not(among("kata_aman", "lewati")), (SetSafeWord("kata_aman"), Say(done))),
    )


SAFE_WORD = safe_word(
    N_("Boleh pilih satu kata rahasia. Bila kata itu ditulis di sini, petugas tahu Anda butuh bantuan. Kata apa?"),
    N_("Baik, kata itu kami ingat. Jawaban kami nanti terlihat biasa saja. Sebaiknya hapus pesan dengan kata itu."),
)
SAFE_WORD_CHILD = safe_word(
    N_("Boleh pilih satu kata rahasia. Kalau kata itu kamu tulis di sini, petugas tahu kamu butuh bantuan. Kata apa?"),
    N_("Baik, kata itu kami ingat. Jawaban kami nanti terlihat biasa saja. Lebih baik hapus pesan dengan kata itu."),
)

_NO_NEED = "tidak usah|tidak perlu|tidak usah dulu|nanti saja|cukup|sudah cukup|lewati|skip|tidak mau|ora usah|mboten usah|no need"
ARRANGE: tuple[Node, ...] = (
    Ask(
        "atur",
        N_("Kodenya sudah ada. Mau mengatur cara aman untuk dihubungi? Boleh dilewati."),
        (Choice("ya", N_("Ya, atur")), Choice("tidak", N_("Tidak, cukup"), says=_NO_NEED)),
        private=True,
    ),
    Branch("atur", {"ya": (COVER_IF_WRITTEN_TO, *SAFE_WORD)}),
)
