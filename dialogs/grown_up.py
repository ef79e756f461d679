"""What a grown-up is asked about a child: five questions for everybody (R1, R3, R4, R5, R8), the rest by who tells it (domain 5.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs import ready, signs
from dialogs.adult import GROWN_UP, LEAVES, NO_CHILD_AFTER_ALL, myself
from dialogs.after import ARRANGE
from dialogs.harm_words import GRAVEST
from dialogs.indicators import SEXUAL_LATELY_IF_YES, hurt, left, sexual_event
from dialogs.parts import (
    CONFLICT,
    DONT_KNOW,
    GONE,
    OF_AGE,
    SAFE_CONTACT,
    SEXUAL,
    SKIP,
    TICKET,
    TOGETHER,
    emergency_way,
    story,
    years,
    yes_no,
)
from dialogs.place import Area, district_and_village
from dialogs.sayings import with_numbers
from hotline.engine.nodes import Ask, Branch, Call, Choice, Every, Free, Node, Not, Only, Say, Summary, among
from hotline.i18n import N_

_UNBORN = (
    "hamil|masih hamil|belum lahir|dalam kandungan|di kandungan|janin|**kandungan|**belum lahir|**janin|**masih hamil|"
    + with_numbers(range(1, 10), "hamil {} bulan")
)
AGE = Ask(
    "R4",
    N_("Berapa umur anak itu?"),
    (
        Choice("0-5", N_("0-5 tahun"), says=years(0, 5), ages=(0, 5), number=1),
        Choice("6-12", N_("6-12 tahun"), says=years(6, 12), ages=(6, 12), number=6),
        Choice("13-17", N_("13-17 tahun"), says=years(13, 17), ages=(13, 17), number=13),
        Choice("kandungan", N_("Masih dalam kandungan"), says=_UNBORN, number=98),
        Choice(GROWN_UP, N_("18 tahun atau lebih"), says=OF_AGE, ages=(18, 99), number=18, sure=True),
        replace(DONT_KNOW, number=99),
    ),
    title=N_("Umur anak"),
)
"""Every choice has a number that is an age, and 98 and 99 where, as in any census, there is none: nobody of that age is a child."""

ACCESS = Ask(
    "R3",
    N_("Bisakah orang yang menyakiti bertemu anak itu dalam 24 jam ini?"),
    (
        Choice("serumah", N_("Ya, mereka serumah"), says=TOGETHER),
        Choice("ya", N_("Ya, bisa bertemu")),
        Choice("tidak", N_("Tidak"), says=GONE),
        DONT_KNOW,
    ),
    title=N_("Bisa bertemu anak"),
)

OVER = yes_no("lampau_aman", N_("Apakah anak itu sudah lama aman dari kejadian itu?"), N_("Sudah lewat dan aman"))
"""Only where nobody can come near: it makes an old event what it is, and nothing else less grave."""

LEFT = left(N_("Apakah anak itu dikurung, diikat, atau ditinggal tanpa pengasuh atau makanan?"))
LOCKED = yes_no("dikurung", N_("Apakah anak itu sekarang dikurung atau diikat?"), N_("Dikurung sekarang"), alarm=True)
_NOT_EATEN = (
    "belum|tidak|tidak ada|belum ada|belum sama sekali"
    "|belum makan|tidak makan|belum makan sama sekali|tidak makan sama sekali|*belum makan"
    "|*tidak makan|belum minum|tidak minum|*belum minum|*tidak minum|*tidak dikasih makan|*tidak diberi makan"
    "|sudah makan belum minum|minum|minum saja"
    "|cuma minum|hanya minum|minum doang"
    "|no|not yet|*not eaten|ora|durung|dereng|mboten|*durung mangan|*dereng maem|*ora mangan"
)
_EATEN = "sudah|ya|sudah makan|ya sudah|sudah makan dan minum|sudah makan minum|sudah makan tadi|tadi sudah|sampun|wis|nggih|inggih|yes"
HUNGRY = Ask(
    "sudah_makan",
    N_("Apakah anak itu sudah makan dan minum hari ini?"),
    (
        Choice("belum", N_("Belum"), also=(("tanpa_makan_hari_ini", "ya"),), says=_NOT_EATEN),
        Choice("sudah", N_("Sudah"), also=(("tanpa_makan_hari_ini", "tidak"),), says=_EATEN, sure=True),
        Choice("tidak_tahu", DONT_KNOW.label, also=(("tanpa_makan_hari_ini", "tidak_tahu"),)),
    ),
    title=N_("Sudah makan hari ini"),
)
"""Asked without a “not” in it, and of codes of its own: a “ya” or a “belum” means to each who reads it what it says. It settles the key
that the table knows; the grave answer stays the first.
"""

SEXUAL_EVENT = sexual_event(N_("Apakah ada kejadian seksual? Tidak perlu diceritakan rinciannya."))
PREGNANT = yes_no("R13", N_("Apakah ada kemungkinan hamil?"), N_("Kemungkinan hamil"))

HURT = hurt(N_("Apakah anak itu luka atau sakit?"))
HURT_IF_LIKELY: tuple[Node, ...] = (
    Only(Not(among("jenis", "psikis", "pekerja_anak")), (HURT,)),
    emergency_way("R2", "mengancam_jiwa"),
)

PLACE = Ask(
    "R15",
    N_("Di mana kejadiannya?"),
    (Choice("sekolah", N_("Di sekolah")), Choice("rumah", N_("Di rumah")), Choice("lain", N_("Di tempat lain")), DONT_KNOW),
    title=N_("Tempat kejadian"),
)

TEACHER: tuple[Node, ...] = (
    PLACE,
    *HURT_IF_LIKELY,
    *signs.about_a_child(signs.CLOSE),
    Ask("sekolah", N_("Nama sekolahnya? Boleh dilewati."), (SKIP,), free=Free.WORDS, title=N_("Sekolah")),
)
FAMILY: tuple[Node, ...] = (*HURT_IF_LIKELY, *signs.about_a_child(signs.CLOSE))
NEIGHBOUR: tuple[Node, ...] = signs.about_a_child(signs.DISTANT)
INSTITUTION: tuple[Node, ...] = (
    *HURT_IF_LIKELY,
    *signs.about_a_child(signs.OFFICIAL),
    Ask("instansi", N_("Nama instansi atau lembaganya?"), (SKIP,), free=Free.WORDS, title=N_("Instansi")),
    Say(N_("Dari instansi diminta surat permohonan dan informasi kasus. Surat itu untuk Kepala {kantor_anak}.")),
    Ask(
        "surat",
        N_("Apakah surat itu sudah ada? Laporan tetap kami terima tanpa menunggu surat."),
        (
            Choice("ada", N_("Sudah ada")),
            Choice("menyusul", N_("Menyusul")),
            Choice("belum", N_("Belum tahu")),
        ),
        title=N_("Surat permohonan"),
    ),
)

_STORY_OF_TEACHER = story(N_("Apa yang anak itu katakan? Tulis kata-katanya bila ada, atau lewati."))
_STORY = story(N_("Adakah yang ingin Anda ceritakan? Tulis dengan kata-kata sendiri, atau lewati."))

LIMITS = Say(ready.LIMITS_ADULT)
ANONYMOUS = Say(ready.NICKNAME_ADULT)

CONFIRMED: tuple[Node, ...] = (
    Summary(N_("Ini yang kami catat. Sudah benar?")),
    Call("open_case"),
    TICKET,
    *ARRANGE,
    Say(N_("Petugas akan membaca dan menelaah. Jam petugas: {jam}. Pesan tambahan boleh ditulis kapan saja.")),
)


def grown_up_way(kinds: Sequence[Choice], area: Area) -> tuple[Node, ...]:
    """Who holds the phone, what happened, the five questions, those of the branch, one's own words, the ticket."""
    by_who = Branch("pelapor", {"guru": TEACHER, "keluarga": FAMILY, "instansi": INSTITUTION}, default=NEIGHBOUR)
    tells = Branch("pelapor", {"guru": (Say(ready.TEACHER), _STORY_OF_TEACHER)}, default=(_STORY,))
    return (*SAFE_CONTACT, *_about_a_child(kinds, area, LEAVES, (by_who,), (tells,)))


def hurt_grown_up_way(kinds: Sequence[Choice], area: Area) -> tuple[Node, ...]:
    """Of a grown-up who is hurt nothing is asked about a child, unless there is one."""
    return (*myself(kinds), *_about_a_child(kinds, area, NO_CHILD_AFTER_ALL, FAMILY, (_STORY,)))


def _about_a_child(
    kinds: Sequence[Choice], area: Area, leaves: Node, by_who: tuple[Node, ...], tells: tuple[Node, ...]
) -> tuple[Node, ...]:
    """All but the phone. `leaves`: what follows where the child turns out to be a grown-up."""
    return (
        Ask("jenis", N_("Apa yang terjadi pada anak itu?"), tuple(kinds), title=N_("Yang terjadi"), gravest=GRAVEST),
        Say(ready.THANKS_ADULT),
        AGE,
        leaves,
        ACCESS,
        Only(among("R3", "tidak"), (OVER,)),
        LEFT,
        Only(among("R8", "sedang"), (LOCKED, HUNGRY)),
        SEXUAL_EVENT,
        SEXUAL_LATELY_IF_YES,
        Only(Every((SEXUAL, among("R4", "13-17"))), (PREGNANT,)),
        LIMITS,
        *by_who,
        CONFLICT,
        *district_and_village(area, N_("Di kecamatan mana anak itu sekarang? Boleh pilih atau tulis namanya.")),
        ANONYMOUS,
        *tells,
        *CONFIRMED,
        Say(ready.DO_NOT_INVESTIGATE),
    )
