"""A story about a child. Who tells it decides the way: the child, the family, a neighbour, a teacher, an institution."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import ready
from dialogs.child import child_way
from dialogs.parts import CONFLICT, DONT_KNOW, SAFE_CONTACT, SEXUAL, SKIP, TICKET, district, emergency_way, yes_no
from dialogs.welcome import DANGER
from hotline.case import Track
from hotline.engine.dialog import Dialog
from hotline.engine.nodes import Ask, Branch, Call, Choice, End, Every, Free, Node, Only, Say, Summary, among
from hotline.i18n import N_

WHO = Ask(
    "pelapor",
    N_("Siapa yang bercerita?"),
    (
        Choice("keluarga", N_("Orang tua / keluarga")),
        Choice("warga", N_("Tetangga / warga")),
        Choice("guru", N_("Guru / sekolah")),
        Choice("instansi", N_("Instansi / lembaga")),
        Choice("anak", N_("Aku sendiri, aku anak")),
    ),
    title=N_("Yang bercerita"),
)

AGE = Ask(
    "R4",
    N_("Berapa umur anak itu?"),
    (
        Choice("0-5", N_("0-5 tahun")),
        Choice("6-12", N_("6-12 tahun")),
        Choice("13-17", N_("13-17 tahun")),
        Choice("kandungan", N_("Masih dalam kandungan")),
        DONT_KNOW,
    ),
    title=N_("Umur anak"),
)

ACCESS = Ask(
    "R3",
    N_("Bisakah orang yang menyakiti bertemu anak itu dalam 24 jam ini?"),
    (
        Choice("serumah", N_("Ya, mereka serumah")),
        Choice("ya", N_("Ya, bisa bertemu")),
        Choice("tidak", N_("Tidak")),
        DONT_KNOW,
    ),
    title=N_("Bisa bertemu anak"),
)

LEFT = Ask(
    "R8",
    N_("Apakah anak itu dikurung, diikat, atau ditinggal tanpa pengasuh atau makanan?"),
    (
        Choice("sedang", N_("Ya, sekarang")),
        Choice("sering", N_("Ya, sering")),
        Choice("tidak", N_("Tidak")),
        DONT_KNOW,
    ),
    title=N_("Dikurung atau ditinggal"),
)

SEXUAL_EVENT = Ask(
    "R5",
    N_("Apakah ada kejadian seksual? Tidak perlu diceritakan rinciannya."),
    (
        Choice("<=72_jam", N_("Ya, 3 hari terakhir"), alarm=True),
        Choice(">72_jam", N_("Ya, sudah lebih lama")),
        Choice("daring", N_("Ya, lewat internet")),
        Choice("tidak", N_("Tidak")),
        DONT_KNOW,
    ),
    title=N_("Kejadian seksual"),
)

HURT = Ask(
    "R2",
    N_("Apakah anak itu luka atau sakit?"),
    (
        Choice("mengancam_jiwa", N_("Ya, sangat berat"), alarm=True),
        Choice("perlu_perawatan", N_("Ya, perlu dirawat")),
        Choice("ringan", N_("Ya, ringan")),
        Choice("tidak", N_("Tidak")),
        DONT_KNOW,
    ),
    title=N_("Luka atau sakit"),
)

TAKEN = Ask(
    "R11",
    N_("Apakah anak itu akan dibawa pergi, dijual, atau dinikahkan?"),
    (
        Choice("<=24_jam", N_("Ya, dalam 24 jam"), alarm=True),
        Choice("segera", N_("Ya, tidak lama lagi")),
        Choice("tidak", N_("Tidak")),
        DONT_KNOW,
    ),
    title=N_("Akan dibawa atau dinikahkan"),
)

DYING = Ask(
    "R6",
    N_("Apakah anak itu pernah berkata ingin mengakhiri hidup?"),
    (
        Choice("sedang_mencoba", N_("Sedang mencoba sekarang"), alarm=True),
        Choice("rencana_atau_alat", N_("Ya, ada rencana"), alarm=True),
        Choice("pikiran", N_("Ya, pernah berkata")),
        Choice("tidak", N_("Tidak")),
        DONT_KNOW,
    ),
    title=N_("Ingin mengakhiri hidup"),
)

WEAPON = yes_no("R7", N_("Adakah senjata atau ancaman membunuh?"), N_("Senjata atau ancaman"))
ONGOING = yes_no("R9", N_("Apakah kejadiannya masih berlangsung atau makin parah?"), N_("Masih berlangsung"))
PROTECTED = yes_no("R10", N_("Adakah orang dewasa yang melindungi anak itu sekarang?"), N_("Ada yang melindungi"))
AFRAID = yes_no("R12", N_("Apakah anak itu takut pulang?"), N_("Takut pulang"))
PREGNANT = yes_no("R13", N_("Apakah ada kemungkinan hamil?"), N_("Kemungkinan hamil"))
DISABILITY = yes_no("disabilitas", N_("Apakah anak itu penyandang disabilitas?"), N_("Disabilitas"))
EXPELLED = Ask(
    "dikeluarkan_sekolah",
    N_("Apakah anak itu dikeluarkan dari sekolah karena kejadian ini?"),
    (
        Choice("ya", N_("Ya")),
        Choice("terancam", N_("Belum, tetapi mungkin")),
        Choice("tidak", N_("Tidak")),
        DONT_KNOW,
    ),
    title=N_("Dikeluarkan dari sekolah"),
)

LIMITS = Say(ready.LIMITS_ADULT)
TEACHER_GUIDE = Say(ready.TEACHER)

TO_LIFE = emergency_way("R2", "mengancam_jiwa")
TO_DEATH = emergency_way("R6", "rencana_atau_alat", "sedang_mencoba")

TEACHER: tuple[Node, ...] = (
    Ask(
        "R15",
        N_("Di mana kejadiannya?"),
        (Choice("sekolah", N_("Di sekolah")), Choice("rumah", N_("Di rumah")), Choice("lain", N_("Di tempat lain")), DONT_KNOW),
        title=N_("Tempat kejadian"),
    ),
    Ask(
        "cara_tahu",
        N_("Bagaimana Anda mengetahuinya?"),
        (
            Choice("anak", N_("Anak bercerita sendiri")),
            Choice("tanda", N_("Saya melihat tandanya")),
            Choice("orang", N_("Dari orang lain")),
            SKIP,
        ),
        title=N_("Cara mengetahui"),
    ),
    TEACHER_GUIDE,
    HURT,
    TO_LIFE,
    AFRAID,
    DYING,
    TO_DEATH,
    EXPELLED,
    Ask("sekolah", N_("Nama sekolahnya? Boleh dilewati."), (SKIP,), free=Free.WORDS, title=N_("Sekolah")),
)
FAMILY: tuple[Node, ...] = (HURT, TO_LIFE, WEAPON, ONGOING, PROTECTED, DYING, TO_DEATH, TAKEN, DISABILITY)
NEIGHBOUR: tuple[Node, ...] = (WEAPON, ONGOING, PROTECTED)
INSTITUTION: tuple[Node, ...] = (
    Ask("instansi", N_("Nama instansi atau lembaganya?"), (SKIP,), free=Free.WORDS, title=N_("Instansi")),
    Ask(
        "surat",
        N_(
            "Apakah surat permohonan dan informasi kasus kepada Kepala {kantor_anak} sudah ada? Laporan tetap kami "
            "terima tanpa menunggu surat."
        ),
        (
            Choice("ada", N_("Sudah ada")),
            Choice("menyusul", N_("Menyusul")),
            Choice("belum", N_("Belum tahu")),
        ),
        title=N_("Surat permohonan"),
    ),
    HURT,
    TO_LIFE,
    WEAPON,
    ONGOING,
    TAKEN,
)


def adult_way(kinds: Sequence[Choice], districts: Sequence[str]) -> tuple[Node, ...]:
    """What every grown-up is asked: who holds the phone, then R4, R3, R8, R5, then the questions of their branch."""
    return (
        *SAFE_CONTACT,
        Ask("jenis", N_("Apa yang terjadi pada anak itu?"), tuple(kinds), title=N_("Yang terjadi")),
        Say(ready.THANKS_ADULT),
        AGE,
        ACCESS,
        LEFT,
        Only(
            among("R8", "sedang"),
            (yes_no("dikurung", N_("Apakah anak itu sekarang dikurung atau diikat?"), N_("Dikurung sekarang"), alarm=True),),
        ),
        SEXUAL_EVENT,
        Only(Every((SEXUAL, among("R4", "13-17"))), (PREGNANT,)),
        LIMITS,
        Branch("pelapor", {"guru": TEACHER, "keluarga": FAMILY, "warga": NEIGHBOUR, "instansi": INSTITUTION}),
        CONFLICT,
        district(districts, N_("Di kecamatan mana anak itu sekarang? Boleh pilih atau tulis namanya.")),
        Ask(
            "cerita",
            N_("Adakah yang ingin Anda ceritakan? Tulis dengan kata-kata sendiri, atau lewati."),
            (SKIP,),
            free=Free.WORDS,
            title=N_("Cerita"),
        ),
        Ask("nama", ready.NICKNAME_ADULT, (Choice("lewati", N_("Tanpa nama")),), free=Free.NAME, title=N_("Nama sapaan")),
        Summary(N_("Ini yang kami catat. Sudah benar?")),
        Call("open_case"),
        TICKET,
        Say(N_("Petugas akan membaca dan menelaah. Jam petugas: {jam}. Pesan tambahan boleh ditulis kapan saja.")),
        Say(ready.DO_NOT_INVESTIGATE),
    )


def report(kinds: Sequence[Choice], districts: Sequence[str]) -> Dialog:
    """The dialog for one region: its kinds of harm and its kecamatan."""
    return Dialog(
        "report",
        (
            DANGER,
            WHO,
            Branch("pelapor", {"anak": child_way(districts)}, default=adult_way(kinds, districts)),
            End(),
        ),
        track=Track.ANAK,
    )
