"""A grown-up tells what happened in their own childhood: who can still be reached by that person matters first, then they themselves."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import ready
from dialogs.grown_up import ANONYMOUS, CONFIRMED, LIMITS, SEXUAL_EVENT
from dialogs.harm_words import GRAVEST
from dialogs.indicators import PLAN_IF_THOUGHT, dying
from dialogs.parts import CONFLICT, DONT_KNOW, GONE, SAFE_CONTACT, TOGETHER, emergency_way, story
from dialogs.place import Area, district
from hotline.engine.nodes import Ask, Choice, Node, Only, Say, among
from hotline.i18n import N_

ACCESS = Ask(
    "R3",
    N_("Bisakah orang itu sekarang bertemu Anda atau anak lain?"),
    (
        Choice("serumah", N_("Ya, masih serumah"), says=TOGETHER),
        Choice("ya", N_("Ya, bisa bertemu")),
        Choice("tidak", N_("Tidak"), says=GONE),
        DONT_KNOW,
    ),
    title=N_("Masih bisa bertemu"),
)

OVER = Ask(
    "lampau_aman",
    N_("Apakah Anda sudah lama aman dari kejadian itu?"),
    (
        Choice("ya", N_("Ya, sudah lewat"), also=(("lampau_aman_dewasa", "ya"),)),
        Choice("tidak", N_("Tidak"), also=(("lampau_aman_dewasa", "tidak"),)),
        Choice("tidak_tahu", N_("Tidak tahu / lewati"), also=(("lampau_aman_dewasa", "tidak_tahu"),)),
    ),
    title=N_("Sudah lewat dan aman"),
)

DYING = dying(N_("Apakah Anda sekarang punya pikiran untuk mengakhiri hidup?"))


def survivor_way(kinds: Sequence[Choice], area: Area) -> tuple[Node, ...]:
    """Short: nothing about details. Whether it is over comes before what it was, or every old story would ring as a new one."""
    return (
        *SAFE_CONTACT,
        ACCESS,
        Only(among("R3", "tidak"), (OVER,)),
        Ask("jenis", N_("Apa yang terjadi waktu itu?"), tuple(kinds), title=N_("Yang terjadi"), gravest=GRAVEST),
        Say(ready.THANKS_SURVIVOR),
        SEXUAL_EVENT,
        DYING,
        PLAN_IF_THOUGHT,
        emergency_way("R6", "rencana_atau_alat", "sedang_mencoba"),
        LIMITS,
        CONFLICT,
        *district(area, N_("Di kecamatan mana Anda sekarang? Boleh pilih atau tulis namanya.")),
        ANONYMOUS,
        story(N_("Bila ingin, tulis dengan kata-kata sendiri. Boleh juga dilewati.")),
        *CONFIRMED,
        Say(N_("Bila ingin bicara dengan konselor, tulis saja di sini. Petugas akan menghubungkan.")),
    )
