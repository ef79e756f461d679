"""A story about a child. Who tells it decides the way: the child, the family, a neighbour, a teacher, an institution, a survivor.

A grown-up who is hurt themselves goes to the services for grown-ups, and stays where a child is hurt too.
"""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.child import child_way
from dialogs.grown_up import grown_up_way, hurt_grown_up_way
from dialogs.place import Area
from dialogs.survivor import survivor_way
from dialogs.welcome import DANGER
from dialogs.who_words import CHILD_SAYS, FAMILY_SAYS, GROWN_UP_SAYS, NEIGHBOUR_SAYS, OFFICE_SAYS, SCHOOL_SAYS, SURVIVOR_SAYS
from hotline.case import Track
from hotline.engine.dialog import Dialog
from hotline.engine.nodes import Ask, Branch, Choice, End
from hotline.i18n import N_

WHO = Ask(
    "pelapor",
    N_("Siapa yang bercerita?"),
    (
        Choice("keluarga", N_("Orang tua / keluarga"), says=FAMILY_SAYS),
        Choice("warga", N_("Tetangga / warga"), says=NEIGHBOUR_SAYS),
        Choice("guru", N_("Guru / sekolah"), says=SCHOOL_SAYS),
        Choice("instansi", N_("Instansi / lembaga"), says=OFFICE_SAYS),
        Choice("penyintas", N_("Kejadian masa kecilku"), says=SURVIVOR_SAYS),
        Choice("anak", N_("Aku sendiri, aku anak"), says=CHILD_SAYS),
        Choice("dewasa", N_("Aku sendiri, aku dewasa"), says=GROWN_UP_SAYS, sure=True),
    ),
    title=N_("Yang bercerita"),
)


def report(kinds: Sequence[Choice], area: Area) -> Dialog:
    """The dialog for one region: its kinds of harm and its kecamatan."""
    return Dialog(
        "report",
        (
            DANGER,
            WHO,
            Branch(
                "pelapor",
                {
                    "anak": child_way(area),
                    "penyintas": survivor_way(kinds, area),
                    "dewasa": hurt_grown_up_way(kinds, area),
                },
                default=grown_up_way(kinds, area),
            ),
            End(),
        ),
        track=Track.ANAK,
    )
