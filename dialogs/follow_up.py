"""More words for a case that was told before, from the phone that told it: adding needs no PIN, reading does."""

from __future__ import annotations

from hotline.engine.dialog import Dialog
from hotline.engine.nodes import Again, Ask, Branch, Call, Choice, End, Free, Say
from hotline.i18n import N_

FOLLOW_UP = Dialog(
    "follow_up",
    (
        Call("own_case"),
        Branch(
            "own_case.has",
            {"yes": ()},
            default=(Say(N_("Kami belum menemukan cerita sebelumnya dari sini. Kirim CEK bila punya kode dan PIN, atau MENU.")), End()),
        ),
        Ask(
            "susulan",
            N_("Silakan tulis tambahannya. Petugas membacanya."),
            (Choice("tidak_jadi", N_("Tidak jadi")),),
            free=Free.WORDS,
            private=True,
        ),
        Branch("susulan", {"tidak_jadi": (Say(N_("Baik. Kirim MENU kapan saja.")), End())}),
        Call("add_words", {"text": "susulan", "code": "own_case.code"}),
        Branch(
            "add_words.added",
            {"yes": (Say(N_("Terima kasih, tambahannya sudah sampai ke petugas.")),)},
            default=(Say(N_("Maaf, belum bisa ditambahkan. Pesannya tetap kami simpan untuk petugas.")),),
        ),
        Ask("lagi", N_("Ada lagi?"), (Choice("ya", N_("Ya, masih ada")), Choice("tidak", N_("Sudah cukup"))), private=True),
        Branch("lagi", {"ya": (Again(("susulan", "lagi"), ("add_words",)),)}),
        Say(N_("Baik. Untuk melihat kabar, kirim CEK.")),
        End(),
    ),
    side=True,
)
