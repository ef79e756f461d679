"""CEK: code and PIN, one of five neutral statuses, the operator's words, and a way to answer. Never more than that (domain 2.5)."""

from __future__ import annotations

from dialogs import ready
from dialogs.parts import SKIP, UNKNOWN
from dialogs.survey import SURVEY
from hotline.engine.dialog import Dialog
from hotline.engine.nodes import Again, Ask, Branch, Call, Choice, Either, End, Free, Node, Not, Only, Say, Stay, among
from hotline.i18n import N_

_ONCE_MORE = Again(("kode", "pin"), ("look_up",))
_TRY_AGAIN: tuple[Node, ...] = (
    # Most often it is the PIN; whoever wrote the wrong code sends both.
    Say(N_("Kode dan PIN itu tidak cocok. Bila kodenya yang keliru, kirim kode dan PIN sekaligus.")),
    Again(("pin",), ("look_up",)),
)
_STILL_WRONG: tuple[Node, ...] = (
    # Said to everybody: whether this very case is locked is nobody's to learn by guessing (`hotline.turns.fetches`).
    Say(N_("Itu masih belum cocok. Sesudah lima kali salah, sebuah kode terkunci sehari penuh.")),
    _ONCE_MORE,
)
_LOCKED: tuple[Node, ...] = (
    Say(N_("Terlalu sering salah. Demi keamanan, CEK ditutup dulu, paling lama sehari penuh. Kirim BANTU untuk petugas.")),
    End(),
)
_LOST = Choice(
    UNKNOWN,
    N_("Tidak ketemu"),
    # Neither “kode” nor “pin”: a part of a saying that stands in one choice only means that choice.
    says="*lupa|*hilang|*ilang|*lali|*tidak punya|*tidak ketemu|*belum ketemu|tidak ada|*ora ketemu|*ora duwe|*mboten gadhah"
    "|*mboten kepanggih|*forgot|*lost|*don t have|*can t find|*cannot find",
)
_WITHOUT: tuple[Node, ...] = (
    Stay(
        "tanpa_kode",
        N_("Tidak apa-apa bila kode atau PIN tidak ketemu. Tulis di sini apa yang ingin ditanyakan, petugas membacanya."),
        (
            N_("Terima kasih, pesan ini sudah kami simpan untuk petugas."),
            N_("Pesan ini tersimpan untuk petugas. Boleh menulis lagi kapan saja."),
        ),
        (Choice("selesai", N_("Selesai")),),
    ),
    Say(N_("Baik. Kirim CEK kapan saja untuk melihat kabar.")),
    End(),
)
"""Whoever has lost them: what is written reaches the case of this phone, or is one of its own."""
_STATUS = Branch(
    "look_up.status",
    {
        "DITERIMA": (Say(N_("Kode {look_up.code}: diterima.")),),
        "DITELAAH": (Say(N_("Kode {look_up.code}: sedang ditelaah.")),),
        "DITUGASKAN": (Say(N_("Kode {look_up.code}: sudah ada petugas.")),),
        "DITANGANI": (Say(N_("Kode {look_up.code}: sedang ditangani.")),),
        "PERLU_DOKUMEN": (Say(N_("Kode {look_up.code}: ada dokumen yang masih perlu dilengkapi.")),),
        "DIRUJUK": (Say(N_("Kode {look_up.code}: diteruskan ke penyelenggara program.")),),
        "SELESAI": (Say(ready.DONE),),
    },
)
_WORDS = Only(Not(among("look_up.words", "")), (Say(N_("Dari petugas:\n{look_up.words}")),))
_GO_ON: tuple[Node, ...] = (
    Ask(
        "teruskan",
        N_("Ceritanya belum selesai. Mau diteruskan?"),
        (Choice("ya", N_("Ya, teruskan")), Choice("tidak", N_("Nanti saja"))),
        private=True,
    ),
    Branch("teruskan", {"ya": (End(take_up=True),)}),
)
_ADD: tuple[Node, ...] = (
    Ask("tambahan", N_("Silakan tulis pesannya."), (Choice("tidak_jadi", N_("Tidak jadi")),), free=Free.WORDS, private=True),
    Branch(
        "tambahan",
        {"tidak_jadi": ()},
        default=(
            Call("add_words", {"text": "tambahan", "code": "look_up.code"}),
            Branch(
                "add_words.added",
                {"yes": (Say(N_("Terima kasih, pesannya sudah kami sampaikan.")),)},
                default=(Say(N_("Maaf, pesan itu belum bisa ditambahkan ke kode ini. Pesannya tetap kami simpan untuk petugas.")),),
            ),
        ),
    ),
    Again(("kabar", "tambahan"), ("add_words",)),
)
_PIN_AGAIN = Say(N_("Demi keamanan, mohon kirim PIN sekali lagi."))
_PROVE: tuple[Node, ...] = (Call("prove"), Branch("prove.now", {"no": (_PIN_AGAIN, Again(("pin", "kabar"), ("look_up", "prove")))}))
"""Whoever withdraws or erases must be the owner, and not somebody who finds the chat open."""
_WITHDRAW: tuple[Node, ...] = (
    *_PROVE,
    Ask(
        "yakin",
        N_("Petugas akan tahu bahwa ini ditarik. Bila ada yang perlu dilindungi, petugas tetap dapat menindaklanjuti. Tarik sekarang?"),
        (Choice("ya", N_("Ya, tarik")), Choice("tidak", N_("Tidak jadi"))),
        private=True,
    ),
    Branch(
        "yakin",
        {
            "ya": (
                Call("withdraw", {"code": "look_up.code"}),
                Branch(
                    "withdraw.done",
                    {
                        "yes": (Say(N_("Baik, kami sampaikan ke petugas.")),),
                        "pin": (_PIN_AGAIN, Again(("pin", "kabar", "yakin"), ("look_up", "prove", "withdraw"))),
                    },
                    default=(Say(N_("Maaf, itu belum bisa dilakukan dari sini. Kirim BANTU untuk petugas.")),),
                ),
                End(),
            )
        },
    ),
    Again(("kabar", "yakin"), ("prove",)),
)
_DATA: tuple[Node, ...] = (
    *_PROVE,
    Ask(
        "hak_data",
        N_("Setiap orang berhak meminta datanya diperbaiki atau dihapus. Petugas yang memutuskan. Apa yang diminta?"),
        (Choice("perbaiki", N_("Perbaiki data")), Choice("hapus", N_("Hapus data")), Choice("tidak_jadi", N_("Tidak jadi"))),
        private=True,
    ),
    Branch(
        "hak_data",
        {"tidak_jadi": ()},
        default=(
            Ask("hak_isi", N_("Data yang mana? Tulis singkat, atau lewati."), (SKIP,), free=Free.WORDS, private=True),
            Call("ask_data", {"what": "hak_data", "text": "hak_isi", "code": "look_up.code"}),
            Branch(
                "ask_data.done",
                {"yes": (Say(N_("Permintaan sudah sampai ke petugas. Jawabannya bisa dilihat lewat CEK.")),)},
                default=(Say(N_("Maaf, itu belum bisa dilakukan dari sini. Kirim BANTU untuk petugas.")),),
            ),
        ),
    ),
    Again(("kabar", "hak_data", "hak_isi"), ("prove", "ask_data")),
)

STATUS = Dialog(
    "status",
    (
        Ask("kode", N_("Berapa kodenya? Sembilan angka."), (_LOST,), free=Free.CODE, private=True),
        Only(Not(among("kode", _LOST.code)), (Ask("pin", N_("Berapa PIN-nya? Empat angka."), (_LOST,), free=Free.PIN, private=True),)),
        Only(Either((among("kode", _LOST.code), among("pin", _LOST.code))), _WITHOUT),
        Call("look_up", {"code": "kode", "pin": "pin"}),
        Branch("look_up.found", {"wrong": _TRY_AGAIN, "wrong_again": _STILL_WRONG, "locked": _LOCKED}),
        _STATUS,
        _WORDS,
        Branch("look_up.unfinished", {"yes": _GO_ON}),
        Branch("look_up.survey", {"yes": SURVEY}),
        Ask(
            "kabar",
            N_("Ada yang ingin dilakukan?"),
            (
                Choice("tambah", N_("Tambah pesan")),
                Choice("tarik", N_("Tarik laporan")),
                Choice("data", N_("Perbaiki/hapus data")),
                Choice("selesai", N_("Selesai")),
            ),
            private=True,
        ),
        Branch("kabar", {"tambah": _ADD, "tarik": _WITHDRAW, "data": _DATA}),
        Say(N_("Baik. Kirim CEK kapan saja untuk melihat kabar.")),
        End(),
    ),
    side=True,
)
