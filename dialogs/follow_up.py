"""More for a case that was told before, from the phone that told it: words, a call at a safe hour, or that this is the wrong number.

Adding needs no PIN, reading does.
"""

from __future__ import annotations

from dialogs.after import COVER
from dialogs.parts import SAFE_HOURS, phone
from hotline.engine.dialog import Dialog
from hotline.engine.nodes import Again, Ask, Branch, Call, Choice, End, Free, Node, Say, SetContact
from hotline.i18n import N_

_WORDS: tuple[Node, ...] = (
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
)

_CALL: tuple[Node, ...] = (
    phone(),
    Branch(
        "hp",
        {"mine": ()},
        default=(
            SetContact("hp", "no"),
            Say(N_("Demi keamanan, kami tidak menelepon HP ini. Silakan tulis di sini; jawabannya bisa dilihat lewat CEK.")),
            End(),
        ),
    ),
    Ask("jam_telepon", N_("Jam berapa aman ditelepon?"), SAFE_HOURS, private=True),
    COVER,
    Call("ask_call", {"hours": "jam_telepon", "cover": "samaran", "code": "own_case.code"}),
    Branch(
        "ask_call.done",
        {"yes": (Say(N_("Baik, petugas tahu jam yang aman. Jam petugas: {jam}.")),)},
        default=(Say(N_("Maaf, itu belum bisa dilakukan dari sini. Kirim BANTU untuk petugas.")),),
    ),
    End(),
)

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
            "susulan_apa",
            N_("Apa yang ingin disampaikan?"),
            (
                Choice("tambah", N_("Menambah cerita")),
                Choice("telepon", N_("Minta ditelepon")),
                Choice("salah_nomor", N_("Salah nomor"), says="salah sambung|wrong number|bukan saya|salah orang"),
            ),
            private=True,
        ),
        Branch(
            "susulan_apa",
            {
                "tambah": _WORDS,
                "telepon": _CALL,
                "salah_nomor": (
                    SetContact("unknown", "no"),
                    Say(N_("Maaf sudah mengganggu. Kami tidak akan menulis lebih dulu ke nomor ini.")),
                    End(),
                ),
            },
        ),
    ),
    side=True,
)
