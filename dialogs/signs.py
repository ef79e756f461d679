"""Signs of danger beside the five questions for everybody, asked in one: whoever tells names those that fit (domain 5.2, by branch)."""

from __future__ import annotations

from dialogs.indicators import PLAN_SAYS, TRYING_SAYS, need, protected
from dialogs.parts import DONT_KNOW, NO_OR_UNKNOWN, emergency_way, yes_no
from dialogs.sayings import said, with_numbers
from hotline.engine.nodes import Ask, Choice, Either, Node, Only, Told, among
from hotline.i18n import N_


def sign(code: str, label: str, key: str, value: str = "ya") -> Choice:
    """One sign: naming it gives `value`, naming others gives “no”."""
    return Choice(code, label, also=((key, value),), unchosen=((key, "tidak"),))


WEAPON = sign("senjata", N_("Senjata, ancaman bunuh"), "R7")
ONGOING = sign("masih", N_("Masih terjadi"), "R9")
AFRAID = sign("takut_pulang", N_("Takut pulang"), "R12")
DYING = sign("ingin_mati", N_("Berkata ingin mati"), "R6", "pikiran")
TAKEN = sign("dibawa", N_("Akan dibawa / dinikahkan"), "R11", "segera")
SCHOOL = sign("putus_sekolah", N_("Terancam putus sekolah"), "dikeluarkan_sekolah", "terancam")
DISABLED = sign("disabilitas", N_("Anak disabilitas"), "disabilitas")


_NONE = (
    "tidak|tidak ada|tidak satu pun|tidak satupun|tidak pernah|belum|bukan|no"
    "|none|none of them|mboten|mboten wonten|ora|ora ana|ora ono|ora tau"
)


def signs(text: str, *named: Choice) -> Ask:
    """The question with these signs, with “none of them” and “do not know”, each of which answers for all."""
    keys = tuple(key for choice in named for key, _ in choice.also)
    none = Choice("tidak_ada", N_("Tidak ada yang sesuai"), alone=True, says=_NONE, sure=True, also=tuple((key, "tidak") for key in keys))
    unsure = Choice(DONT_KNOW.code, DONT_KNOW.label, alone=True, also=tuple((key, DONT_KNOW.code) for key in keys))
    return Ask("tanda", text, (*named, none, unsure), many=True, title=N_("Tanda bahaya"))


ABOUT_A_CHILD = N_("Adakah yang sesuai? Boleh lebih dari satu.")

CLOSE = signs(ABOUT_A_CHILD, WEAPON, ONGOING, AFRAID, DYING, TAKEN, SCHOOL, DISABLED)
"""For family and teachers: also what a child says to those close to it."""
DISTANT = signs(ABOUT_A_CHILD, WEAPON, ONGOING, TAKEN, DISABLED)
"""For neighbours: what can be seen and heard from outside."""
OFFICIAL = signs(ABOUT_A_CHILD, WEAPON, ONGOING, AFRAID, TAKEN, SCHOOL, DISABLED)
CHILDS = signs(
    N_("Adakah yang cocok? Boleh lebih dari satu."),
    sign("senjata", N_("Diancam pakai senjata"), "R7"),
    sign("masih", N_("Masih terjadi"), "R9"),
    sign("takut_pulang", N_("Aku takut pulang"), "R12"),
    sign("dibawa", N_("Mau dibawa / dinikahkan"), "R11", "segera"),
)

PLAN = Ask(
    "mati_kini",
    N_("Apakah anak itu punya rencana, atau sedang mencoba?"),
    (
        Choice("sedang_mencoba", N_("Sedang mencoba sekarang"), alarm=True, also=(("R6", "sedang_mencoba"),), says=TRYING_SAYS),
        Choice("rencana", N_("Ya, ada rencana"), alarm=True, also=(("R6", "rencana_atau_alat"),), says=PLAN_SAYS),
        Choice("tidak", N_("Belum, baru berkata"), also=(("R6", "pikiran"),)),
        Choice("tidak_tahu", N_("Tidak tahu / lewati"), also=(("R6", "pikiran"),)),
    ),
    gravest=("sedang_mencoba", "rencana"),
    title=N_("Rencana mengakhiri hidup"),
)
_SOON = "besok|besok pagi|besok siang|besok malam|hari ini|nanti malam|nanti sore|malam ini|sekarang|sekarang juga|sesuk|tomorrow|today"
_IN_A_DAY = (
    f"{said(_SOON)}|{with_numbers(range(1, 25), '{} jam lagi')}|*besok|*hari ini|*nanti malam|*malam ini|*sekarang juga|*sesuk|*tomorrow"
)
_LATER = said("lusa|minggu depan|bulan depan|minggu ini|bulan ini|tahun depan|sebentar lagi|tidak lama lagi|segera|habis lebaran|next week")
_LATER += "|" + with_numbers(range(2, 31), "{} hari lagi")
WHEN_TAKEN = Ask(
    "kapan_dibawa",
    N_("Kapan anak itu akan dibawa atau dinikahkan?"),
    (
        Choice("24_jam", N_("Dalam 24 jam"), alarm=True, also=(("R11", "<=24_jam"),), says=_IN_A_DAY),
        Choice("nanti", N_("Tidak lama lagi"), also=(("R11", "segera"),), says=_LATER, sure=True),
        Choice("tidak_tahu", N_("Tidak tahu / lewati"), also=(("R11", "segera"),)),
    ),
    title=N_("Kapan dibawa"),
)
EXPELLED = Ask(
    "sekolah_kini",
    N_("Apakah anak itu sudah dikeluarkan dari sekolah?"),
    (
        Choice("ya", N_("Ya, sudah"), also=(("dikeluarkan_sekolah", "ya"),)),
        Choice("mungkin", N_("Belum, baru mungkin"), also=(("dikeluarkan_sekolah", "terancam"),)),
        Choice("tidak_tahu", N_("Tidak tahu / lewati"), also=(("dikeluarkan_sekolah", "terancam"),)),
    ),
    title=N_("Dikeluarkan dari sekolah"),
)
PROTECTED = protected(N_("Adakah orang dewasa yang melindungi anak itu sekarang?"), N_("Ada yang melindungi"))

TO_DEATH = emergency_way("R6", "rencana_atau_alat", "sedang_mencoba")
TO_RESCUE = emergency_way("R11", "<=24_jam")


def about_a_child(asked: Ask) -> tuple[Node, ...]:
    """The question, then what the signs named call for."""
    named = {choice.code for choice in asked.choices}
    return (
        asked,
        *((asked_on("R6", "pikiran", PLAN), TO_DEATH) if "ingin_mati" in named else ()),
        asked_on("R11", "segera", WHEN_TAKEN),
        TO_RESCUE,
        need(N_("Apa yang sulit bagi anak itu? Boleh lebih dari satu.")),
        *((asked_on("dikeluarkan_sekolah", "terancam", EXPELLED),) if "putus_sekolah" in named else ()),
        Only(among("R9", "ya"), (PROTECTED,)),
    )


def asked_on(key: str, code: str, follow_up: Ask) -> Only:
    """Asked when the sign was named; its answer changes the sign's, so it stays on the way once it is given."""
    return Only(Either((among(key, code), Told(follow_up.key))), (follow_up,))


SETTLED: tuple[Ask, ...] = (
    yes_no("R7", N_("Adakah senjata atau ancaman membunuh?"), N_("Senjata atau ancaman")),
    yes_no("R9", N_("Apakah kejadiannya masih berlangsung atau makin parah?"), N_("Masih berlangsung")),
    yes_no("R12", N_("Apakah anak itu takut pulang?"), N_("Takut pulang")),
    Ask(
        "R11",
        N_("Apakah anak itu akan dibawa pergi, dijual, atau dinikahkan?"),
        (Choice("<=24_jam", N_("Ya, dalam 24 jam")), Choice("segera", N_("Ya, tidak lama lagi")), *NO_OR_UNKNOWN),
        title=N_("Akan dibawa atau dinikahkan"),
    ),
    Ask(
        "dikeluarkan_sekolah",
        N_("Apakah anak itu dikeluarkan dari sekolah karena kejadian ini?"),
        (Choice("ya", N_("Ya")), Choice("terancam", N_("Belum, tetapi mungkin")), *NO_OR_UNKNOWN),
        title=N_("Dikeluarkan dari sekolah"),
    ),
    yes_no("disabilitas", N_("Apakah ada penyandang disabilitas?"), N_("Disabilitas")),
    yes_no("lansia", N_("Apakah ada lansia?"), N_("Lansia")),
    yes_no("lampau_aman_dewasa", N_("Apakah kejadian masa kecil itu sudah lewat?"), N_("Sudah lewat")),
    yes_no("terkena_kekerasan", N_("Apakah ada yang terkena kekerasan?"), N_("Terkena kekerasan")),
    Ask(
        "kata_cerita",
        N_("Kata-kata dalam cerita (dinilai otomatis)"),
        (Choice("TINGGI", N_("Terdengar berat")), Choice("SEDANG", N_("Perlu diperhatikan"))),
        title=N_("Kata-kata dalam cerita"),
    ),
    yes_no("minta_petugas", N_("Apakah ingin bicara langsung dengan petugas?"), N_("Ingin bicara langsung")),
    yes_no("krisis_bantuan", N_("Apakah keadaannya gawat hari ini?"), N_("Gawat hari ini")),
    yes_no("tanpa_makan_hari_ini", N_("Apakah ada yang tidak makan hari ini?"), N_("Tidak makan hari ini")),
    yes_no("ditinggal", N_("Apakah ada yang ditinggal sendirian?"), N_("Ditinggal sendirian")),
    yes_no("sakit", N_("Apakah ada yang sakit berat?"), N_("Sakit berat")),
    yes_no("kena_bencana", N_("Apakah ada bencana?"), N_("Bencana")),
)
"""What answers settle without being asked by themselves: read in the case's timeline."""
