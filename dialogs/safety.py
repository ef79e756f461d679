"""What stands above every dialog: emergency, help, a danger word, leaving, deleting, language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs import ready
from dialogs.indicators import PLAN_SAYS, THOUGHT_SAYS, TRYING_SAYS
from dialogs.parts import DONT_KNOW, TICKET, yes_no
from dialogs.sayings import ENOUGH_SAYS
from dialogs.welcome import LANGUAGE_NAMES, NO_DANGER, YES_DANGER
from hotline.case import Track
from hotline.engine.dialog import Dialog
from hotline.engine.nodes import (
    ASKED_BEFORE,
    Ask,
    Branch,
    Call,
    Choice,
    Either,
    End,
    Free,
    Goto,
    Heard,
    Node,
    Not,
    Only,
    Resuming,
    Say,
    SetContact,
    SetLanguage,
    Stay,
    Told,
    among,
)
from hotline.i18n import N_
from hotline.triage.lexicon import STRONG

_GO_ON = "lanjut|lanjutkan|teruskan|cerita lagi|terus|go on"
ENOUGH = Choice("cukup", N_("Cukup dulu"), says=ENOUGH_SAYS + "|tidak ada")
STAY_TEXT = N_("Ada lagi yang ingin disampaikan? Tulis saja di sini, petugas membacanya.")
STAY_REPLIES = (
    N_("Terima kasih, sudah kami teruskan ke petugas. Kami tetap di sini."),
    N_("Sudah kami catat. Bila keadaannya memburuk: {nomor_singkat}."),
    N_("Pesan ini tersimpan untuk petugas. Boleh menulis lagi kapan saja."),
)

GOODBYE = Say(N_("Baik. Kirim DARURAT kapan saja bila ada bahaya."))

DARURAT = Dialog(
    "darurat",
    (
        Only(Not(Told("tempat")), (Say(N_("Dua pertanyaan pendek supaya petugas bisa membantu.")),)),
        Ask(
            "tempat",
            N_("Di mana kejadiannya? Tulis kecamatan, desa, atau patokan terdekat."),
            (Choice("tidak_tahu", N_("Tidak tahu / lewati")),),
            free=Free.WORDS,
            title=N_("Tempat"),
            locates="kecamatan",
        ),
        Ask(
            "aman_dihubungi",
            N_("Apakah aman bila petugas menghubungi lewat sini?"),
            (Choice("ya", N_("Aman")), Choice("tidak", N_("Tidak aman")), Choice("tidak_tahu", N_("Tidak tahu"))),
            title=N_("Aman dihubungi"),
        ),
        Branch(
            "aman_dihubungi",
            {
                # A phone that was called shared or watched stays so; any other is open for now only, not for later.
                "ya": (Only(Either((Not(Told("hp")), among("hp", "mine"))), (SetContact("mine", "now"),)),),
                "tidak": (SetContact("unknown", "no"),),
            },
        ),
        Call("open_case"),
        TICKET,
        Say(N_("Ini langsung kami teruskan ke petugas. Kami tetap di sini.")),
        Only(
            Resuming(),
            (
                Stay("tetap_lanjut", STAY_TEXT, STAY_REPLIES, (Choice("lanjut", N_("Lanjutkan cerita"), says=_GO_ON), ENOUGH)),
                Branch("tetap_lanjut", {"lanjut": (End(),)}, default=(GOODBYE, End(whole=True))),
            ),
        ),
        Stay("tetap", STAY_TEXT, STAY_REPLIES, (Choice("lanjut", N_("Cerita lebih lanjut"), says=_GO_ON), ENOUGH)),
        Branch("tetap", {"lanjut": (Goto("report"),)}, default=(GOODBYE, End())),
    ),
    track=Track.ANAK,
    side=True,
)

_DANGER_NOW = (("kata_bahaya", "ya"), ("R1", "ya"))
_OTHERWISE = (
    Choice(
        "petugas",
        N_("Bicara ke petugas"),
        also=(("minta_petugas", "ya"),),
        fills=(("R1", "tidak_tahu"),),
        says="tidak tahu|bingung|ragu|entah",
    ),
    Choice("lanjut", N_("Tidak, lanjut"), also=(("kata_bahaya", "tidak"),), fills=(("R1", "tidak"),), says=NO_DANGER),
)
_NOT_DYING = (replace(_OTHERWISE[0], says=_OTHERWISE[0].says + "|belum"), _OTHERWISE[1])
"""“Belum” says that it may come to that."""
_YES_DYING = f"{YES_DANGER}|{THOUGHT_SAYS}|{PLAN_SAYS}|{TRYING_SAYS}"
_OF_DYING = Heard(frozenset(STRONG["bunuh diri"]))

DYING: tuple[Node, ...] = (
    Say(N_("Terima kasih sudah jujur. Kami tetap di sini.")),
    Ask(
        "rencana_mati",
        N_("Apakah sudah ada rencana, atau sedang mencoba?"),
        (
            Choice("mencoba", N_("Sedang mencoba sekarang"), also=(("R6", "sedang_mencoba"),), says=TRYING_SAYS, sure=True),
            Choice("rencana", N_("Ya, ada rencana"), also=(("R6", "rencana_atau_alat"),), says=PLAN_SAYS, sure=True),
            Choice("tidak", N_("Belum"), also=(("R6", "pikiran"),)),
            Choice("tidak_tahu", N_("Tidak tahu / lewati"), fills=(("R6", "pikiran"),)),
        ),
        gravest=("mencoba", "rencana"),
        title=N_("Rencana mengakhiri hidup"),
    ),
    Only(
        among("rencana_mati", "rencana"),
        (
            yes_no("alat_mati", N_("Apakah alatnya ada di dekat sekarang?"), N_("Alatnya di dekat")),
            Ask(
                "kapan_mati",
                N_("Apakah itu untuk hari ini?"),
                (Choice("hari_ini", N_("Ya, hari ini")), Choice("nanti", N_("Belum tahu kapan")), DONT_KNOW),
                title=N_("Untuk kapan"),
            ),
        ),
    ),
)
"""Domain 4.6: asked directly, once; then plan, means and when, three taps at most, before where and whether it is safe to call."""

_TO_A_PERSON: tuple[Node, ...] = (
    Say(N_("Baik, kami sampaikan ke petugas. Jam petugas: {jam}. Sambil menunggu, boleh lanjut menjawab atau menulis apa saja.")),
    End(),
)

CAUGHT = Dialog(
    "salah_tangkap",
    (
        Only(
            _OF_DYING,
            (
                Ask(
                    "ingin_mati_kini",
                    ready.CAUGHT_DYING,
                    (Choice("bahaya", N_("Ya"), alarm=True, also=_DANGER_NOW, says=_YES_DYING), *_NOT_DYING),
                    title=N_("Pikiran mengakhiri hidup"),
                ),
                Branch("ingin_mati_kini", {"bahaya": (*DYING, Goto("darurat")), "petugas": _TO_A_PERSON}),
            ),
        ),
        Only(
            Either((Not(_OF_DYING), among(ASKED_BEFORE, "ingin_mati_kini"))),
            (
                Ask(
                    "salah_tangkap",
                    ready.CAUGHT,
                    (Choice("bahaya", N_("Ya, ada bahaya"), alarm=True, also=_DANGER_NOW, says=YES_DANGER), *_OTHERWISE),
                    title=N_("Bahaya sekarang, ditanyakan lagi"),
                ),
            ),
        ),
        Branch(
            "salah_tangkap",
            {"bahaya": (Goto("darurat"),), "petugas": _TO_A_PERSON},
            default=(End(),),
        ),
    ),
    side=True,
)

BANTU = Dialog(
    "bantu",
    (
        Say(N_("Petugas membaca pesan di sini. Jam petugas: {jam}. Bila ada bahaya sekarang:\n{nomor_darurat}")),
        Say(N_("Kata yang bisa dikirim kapan saja: DARURAT, CEK, MENU, KEMBALI, BATAL, TUTUP, LANJUT, HAPUS, BAHASA, STOP.")),
        End(restart=True),
    ),
    side=True,
)

BATAL = Dialog(
    "batal",
    (
        Ask(
            "batal",
            N_("Yang sudah ditulis tetap tersimpan dan dibaca petugas. Berhenti sekarang?"),
            (
                Choice("ya", N_("Ya, berhenti")),
                Choice("tidak", N_("Tidak, lanjut"), says="tidak jadi"),
            ),
            private=True,
        ),
        Branch(
            "batal",
            {"ya": (Say(N_("Baik, kita berhenti di sini. Kirim MENU kapan saja untuk mulai lagi.")), End(cancel=True))},
            default=(End(),),
        ),
    ),
    side=True,
)

MENU = Dialog(
    "menu",
    (
        Ask(
            "menu_cerita",
            N_("Apa yang bisa kami bantu?"),
            (
                Choice("lanjut", N_("Lanjutkan cerita")),
                Choice("cek", N_("Lihat kabar (CEK)")),
                Choice("bantu", N_("Bicara dengan petugas")),
                Choice("info", N_("Informasi")),
                Choice("baru", N_("Mulai yang baru")),
            ),
            private=True,
        ),
        Branch(
            "menu_cerita",
            {
                "cek": (Goto("status"),),
                "bantu": (Goto("bantu"),),
                "info": (Goto("information"),),
                "baru": (End(cancel=True, restart=True),),
            },
            default=(End(),),
        ),
    ),
    side=True,
)

HAPUS = Dialog(
    "hapus",
    (
        Say(
            N_(
                "Cara menghapus percakapan ini dari HP:\nTelegram: kirim TUTUP, pesan 48 jam terakhir langsung terhapus. "
                "Yang lebih lama: tekan lama nama percakapan, pilih Hapus Obrolan, centang hapus untuk kedua pihak.\n"
                "WhatsApp: buka percakapan, menu titik tiga, Lainnya, Bersihkan Chat."
            )
        ),
        Say(
            N_(
                "Yang sudah sampai ke petugas tetap tersimpan. Untuk meminta data dihapus atau diperbaiki, tulis "
                "permintaannya di sini. Petugas yang memutuskan."
            )
        ),
        End(),
    ),
    side=True,
)


def language(languages: Sequence[str]) -> Dialog:
    """The language question of a region; the answers given so far stay."""
    return Dialog(
        "bahasa",
        (
            Ask("bahasa", N_("Pilih bahasa."), tuple(Choice(code, LANGUAGE_NAMES[code]) for code in languages), private=True),
            SetLanguage("bahasa"),
            Say(N_("Baik, kita pakai bahasa ini.")),
            End(),
        ),
        side=True,
    )
