"""It happened to somebody of eighteen or more: no child's case (Blora 1(5), Luwu Timur 1(5)), but never sent away; danger comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs import ready, signs
from dialogs.harm_words import GRAVEST
from dialogs.indicators import PLAN_IF_THOUGHT, SEXUAL_LATELY_IF_YES, dying, hurt, sexual_event
from dialogs.parts import CONFLICT, DONT_KNOW, GONE, MAY_WE_WRITE, SAFE_CONTACT, TICKET, TOGETHER, emergency_way, story, yes_no
from dialogs.place import Area, district_and_village
from hotline.case import Track
from hotline.engine.dialog import Dialog
from hotline.engine.nodes import Again, Ask, Call, Choice, End, Goto, Node, Not, Only, Say, Summary, among
from hotline.i18n import N_

GROWN_UP = "dewasa"
"""The answer to R4 for somebody of eighteen or more, and the name of the dialog that follows."""

ANY_CHILD = yes_no("anak_lain", N_("Adakah anak di bawah 18 tahun yang ikut disakiti?"), N_("Anak yang ikut disakiti"))
_NO_CHILD = Only(Not(among("anak_lain", "ya")), (Goto(GROWN_UP),))

_NOW_THE_CHILD = Say(N_("Baik, sekarang tentang anak itu."))

LEAVES = Only(
    among("R4", GROWN_UP),
    (ANY_CHILD, _NO_CHILD, _NOW_THE_CHILD, Again(("R4", "anak_lain"))),
)
"""After the age: whoever tells of a grown-up with whom no child is hurt goes on there; with a child the story is the child's."""

_NOT_A_CHILDS = (("R4", GROWN_UP),)
_OF_CHILDREN = frozenset({"pekerja_anak", "perundungan"})
"""Kinds of harm that are done to nobody of eighteen or more."""
NO_CHILD_AFTER_ALL = Only(among("R4", GROWN_UP), (Goto(GROWN_UP),))
"""After the age, where it was asked before whether a child is hurt."""

LEAVES_MYSELF = Only(among("umur", GROWN_UP), (ANY_CHILD, _NO_CHILD))
"""The same for somebody who began as a child and is none."""

ACCESS = Ask(
    "R3",
    N_("Bisakah orang yang menyakiti datang lagi dalam 24 jam ini?"),
    (
        Choice("serumah", N_("Ya, mereka serumah"), says=TOGETHER),
        Choice("ya", N_("Ya, bisa datang")),
        Choice("tidak", N_("Tidak"), says=GONE),
        DONT_KNOW,
    ),
    title=N_("Bisa datang lagi"),
)
HURT = hurt(N_("Apakah orang yang disakiti luka atau sakit?"))
DYING = dying(N_("Apakah Anda sekarang punya pikiran untuk mengakhiri hidup?"))
SIGNS = signs.signs(N_("Adakah yang sesuai? Boleh lebih dari satu."), signs.WEAPON, signs.ONGOING)


def myself(kinds: Sequence[Choice]) -> tuple[Node, ...]:
    """For a grown-up who says at once that it happened to them; whoever names a child goes on with that child."""
    own = tuple(kind for kind in kinds if kind.code not in _OF_CHILDREN)
    what = Ask("jenis", N_("Apa yang terjadi?"), own, title=N_("Yang terjadi"), gravest=GRAVEST)
    return (
        *SAFE_CONTACT,
        replace(ANY_CHILD, choices=(ANY_CHILD.choices[0], *(replace(each, also=_NOT_A_CHILDS) for each in ANY_CHILD.choices[1:]))),
        Only(Not(among("anak_lain", "ya")), (what, Say(ready.THANKS_SURVIVOR), Goto(GROWN_UP))),
        _NOW_THE_CHILD,
    )


def adult(area: Area) -> Dialog:
    """Short: the danger that is left, where, and what they want to tell. A case of the services for grown-ups, not of the child track."""
    return Dialog(GROWN_UP, (*_DANGER, *_rest(area)), track=Track.LAYANAN)


FOR_GROWN_UPS = Say(
    N_("Untuk usia 18 tahun ke atas ada petugas layanan perempuan dan layanan sosial. Cerita ini kami terima dan kami teruskan.")
)
_DANGER: tuple[Node, ...] = (
    FOR_GROWN_UPS,
    Only(among("hp", "mine"), MAY_WE_WRITE),
    ACCESS,
    HURT,
    emergency_way("R2", "mengancam_jiwa"),
    sexual_event(N_("Apakah ada kejadian seksual? Tidak perlu diceritakan rinciannya.")),
    SEXUAL_LATELY_IF_YES,
    SIGNS,
    Only(among("pelapor", "anak", "dewasa"), (DYING, PLAN_IF_THOUGHT, emergency_way("R6", "rencana_atau_alat", "sedang_mencoba"))),
)


def _rest(area: Area) -> tuple[Node, ...]:
    return (
        Say(ready.LIMITS_ADULT),
        CONFLICT,
        *district_and_village(area, N_("Di kecamatan mana orang itu sekarang? Boleh pilih atau tulis namanya.")),
        story(N_("Adakah yang ingin Anda ceritakan? Tulis dengan kata-kata sendiri, atau lewati.")),
        Summary(N_("Ini yang kami catat. Sudah benar?")),
        Call("open_case"),
        TICKET,
        Say(N_("Petugas akan membaca dan menelaah. Jam petugas: {jam}. Pesan tambahan boleh ditulis kapan saja.")),
        End(),
    )
