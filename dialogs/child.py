"""The child tells it. Six taps to a ticket, everything else afterwards and only if wanted; "kamu", never "mengapa"."""

from __future__ import annotations

from dialogs import ready, signs
from dialogs.adult import GROWN_UP, LEAVES_MYSELF
from dialogs.after import COVER_IF_WRITTEN_TO, SAFE_WORD_CHILD
from dialogs.harm_words import GRAVEST, OF_A_CHILD
from dialogs.indicators import PLAN_IF_THOUGHT, SEXUAL_LATELY_IF_YES, dying, left, protected, sexual_event
from dialogs.parts import (
    CONFLICT,
    DONT_KNOW,
    GONE,
    MAY_WE_WRITE,
    OF_AGE,
    PULL_ONLY,
    TICKET,
    TOGETHER,
    emergency_way,
    phone,
    story,
    years,
    yes_no,
)
from dialogs.place import Area, district
from dialogs.safety import ENOUGH, GOODBYE, STAY_REPLIES, STAY_TEXT
from dialogs.sayings import ENOUGH_SAYS, LATER_SAYS, said
from hotline.engine.nodes import Ask, Branch, Call, Choice, Free, Node, Not, Only, Say, SetContact, Stay, Summary, among
from hotline.i18n import N_

KIND = Ask(
    "jenis",
    N_("Apa yang terjadi? Pilih yang paling dekat."),
    (
        Choice("fisik", N_("Dipukul atau disakiti"), says=OF_A_CHILD["fisik"]),
        Choice("psikis", N_("Dihina atau diancam"), says=OF_A_CHILD["psikis"]),
        Choice("seksual", N_("Disentuh tanpa izinku"), says=OF_A_CHILD["seksual"]),
        Choice("penelantaran", N_("Tidak diurus, lapar"), says=OF_A_CHILD["penelantaran"]),
        Choice("pekerja_anak", N_("Disuruh bekerja"), says=OF_A_CHILD["pekerja_anak"]),
        Choice("perundungan", N_("Diganggu teman"), says=OF_A_CHILD["perundungan"]),
        Choice("lain", N_("Hal lain / lewati"), says=OF_A_CHILD["lain"]),
    ),
    title=N_("Yang terjadi"),
    gravest=GRAVEST,
)

_FATHER = said("ayahku|bapakku|papaku|ibuku|mamaku|ayah tiriku|bapak tiriku", "dia ", "orangnya ", "")
ACCESS = Ask(
    "R3",
    N_("Bisakah orang itu bertemu kamu hari ini atau besok?"),
    (
        Choice("serumah", N_("Ya, kami serumah"), says=TOGETHER),
        Choice("ya", N_("Ya, bisa"), says=_FATHER),
        Choice("tidak", N_("Tidak"), says=GONE),
        DONT_KNOW,
    ),
    title=N_("Bisa bertemu aku"),
)

AGE = Ask(
    "umur",
    N_("Umurmu berapa?"),
    (
        Choice("0-5", N_("5 tahun atau kurang"), also=(("R4", "0-5"),), says=years(0, 5), ages=(0, 5), number=5),
        Choice("6-9", N_("6-9 tahun"), also=(("R4", "6-12"),), says=years(6, 9), ages=(6, 9), number=6),
        Choice("10-12", N_("10-12 tahun"), also=(("R4", "6-12"),), says=years(10, 12), ages=(10, 12), number=10),
        Choice("13-15", N_("13-15 tahun"), also=(("R4", "13-17"),), says=years(13, 15), ages=(13, 15), number=13),
        Choice("16-17", N_("16-17 tahun"), also=(("R4", "13-17"),), says=years(16, 17), ages=(16, 17), number=16),
        Choice(GROWN_UP, N_("18 tahun atau lebih"), also=(("R4", GROWN_UP),), says=OF_AGE, ages=(18, 99), number=18, sure=True),
        Choice("tidak_tahu", N_("Lewati"), also=(("R4", "tidak_tahu"),), number=0),
    ),
    title=N_("Umurku"),
)

_GIRL = said("cewek|cewe|perempuan|prempuan|wedok|wadon|putri|girl|female", "", "aku ", "saya ")
_BOY = said("cowok|cowo|laki|laki laki|laki2|lelaki|lanang|putra|pria|boy|male", "", "aku ", "saya ")
SEX = Ask(
    "kelamin",
    N_("Kamu perempuan atau laki-laki? Boleh dilewati."),
    (Choice("perempuan", N_("Perempuan"), says=_GIRL), Choice("laki_laki", N_("Laki-laki"), says=_BOY), Choice("lewati", N_("Lewati"))),
    title=N_("Perempuan atau laki-laki"),
)
"""So that a companion fits (Blora 2d); never a reason for anything else."""

DYING = dying(N_("Apakah kamu sekarang punya pikiran untuk mengakhiri hidup?"))

WHEN_TAKEN = Ask(
    "kapan_dibawa",
    N_("Kapan kamu mau dibawa atau dinikahkan?"),
    signs.WHEN_TAKEN.choices,
    title=N_("Kapan dibawa"),
)

LIMITS = Say(ready.LIMITS_CHILD)

NOT_ALONE = Only(
    among("R6", "pikiran", "rencana_atau_alat", "sedang_mencoba"),
    (
        Say(
            N_(
                "Terima kasih sudah jujur. Kamu tidak sendirian, dan kami ingin kamu aman. Kamu boleh menulis di sini, "
                "atau telepon: {nomor_singkat}."
            )
        ),
    ),
)

NEXT = (
    Say(
        N_(
            "Petugas akan membaca ceritamu. Jam petugas: {jam}. Kamu boleh menulis lagi kapan saja. Untuk bicara "
            "langsung sekarang: {nomor_singkat}."
        )
    ),
)

SHORT: tuple[Node, ...] = (
    phone(N_("Cuma aku yang pegang")),
    SetContact("hp", "no"),
    Only(Not(among("hp", "mine")), (PULL_ONLY,)),
    KIND,
    Say(ready.THANKS_CHILD),
    ACCESS,
    AGE,
    LEAVES_MYSELF,
    Call("open_case"),
    TICKET,
    Ask(
        "lanjut",
        N_("Petugas akan membaca ini. Boleh kami tanya beberapa hal lagi? Kamu boleh berhenti kapan saja."),
        (
            Choice("ya", N_("Boleh")),
            Choice("tidak", N_("Cukup dulu"), says=f"{ENOUGH_SAYS}|{LATER_SAYS}"),
            Choice("petugas", N_("Bicara ke petugas"), also=(("minta_petugas", "ya"),)),
        ),
        private=True,
    ),
)
"""R1 and the menu come before: with these four the sixth tap gives the ticket."""


LEFT = left(N_("Apakah kamu dikurung, diikat, atau ditinggal sendiri tanpa makanan?"))

SEXUAL_EVENT = sexual_event(N_("Apakah ada yang menyentuhmu atau menyuruhmu hal seksual? Tidak perlu diceritakan rinciannya."))


def more(area: Area) -> tuple[Node, ...]:
    """What is asked after the ticket, each with a way out."""
    return (
        LIMITS,
        LEFT,
        Only(
            among("R8", "sedang"),
            (yes_no("dikurung", N_("Apakah kamu sekarang dikurung atau diikat?"), N_("Dikurung sekarang"), alarm=True),),
        ),
        SEXUAL_EVENT,
        SEXUAL_LATELY_IF_YES,
        DYING,
        PLAN_IF_THOUGHT,
        NOT_ALONE,
        emergency_way("R6", "rencana_atau_alat", "sedang_mencoba"),
        signs.CHILDS,
        signs.asked_on("R11", "segera", WHEN_TAKEN),
        signs.TO_RESCUE,
        protected(N_("Ada orang dewasa yang kamu percaya dan bisa menjagamu?"), N_("Orang dewasa yang dipercaya")),
        CONFLICT,
        *district(area, N_("Kamu tinggal di kecamatan mana? Boleh pilih atau tulis namanya.")),
        Only(among("hp", "mine"), MAY_WE_WRITE),
        COVER_IF_WRITTEN_TO,
        SEX,
        story(N_("Kalau mau, ceritakan dengan kata-katamu sendiri. Boleh juga dilewati.")),
        Ask("nama", ready.NICKNAME_CHILD, (Choice("lewati", N_("Tanpa nama")),), free=Free.NAME, title=N_("Panggilan")),
        *SAFE_WORD_CHILD,
        Summary(N_("Ini yang kami catat. Sudah benar?")),
    )


TO_PEOPLE: tuple[Node, ...] = (
    Say(
        N_("Baik, kami sampaikan ke petugas bahwa kamu ingin bicara. Jam petugas: {jam}. Untuk bicara langsung sekarang: {nomor_singkat}.")
    ),
    Stay("tunggu_petugas", STAY_TEXT, STAY_REPLIES, (ENOUGH,)),
    GOODBYE,
)
"""What the child writes while waiting is kept as it comes: no menu stands between it and whoever will answer."""


def child_way(area: Area) -> tuple[Node, ...]:
    """The child's way through the report."""
    return (*SHORT, Branch("lanjut", {"ya": (*more(area), *NEXT), "petugas": TO_PEOPLE}, default=NEXT))
