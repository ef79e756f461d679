"""Who asks for aid names violence: a child's story goes on as one, a grown-up gets the numbers and goes on asking for aid."""

from __future__ import annotations

from dialogs.adult import FOR_GROWN_UPS
from dialogs.parts import yes_no
from hotline.engine.nodes import Branch, Goto, Node, Only, Say, among
from hotline.i18n import N_

VIOLENCE = (("terkena_kekerasan", "ya"),)
"""What the choices that name violence say beside their own code: by itself the case is SEDANG."""

_A_CHILD = yes_no("yang_terkena", N_("Apakah yang terkena kekerasan anak di bawah 18 tahun?"), N_("Yang terkena masih anak"))
_TO_THE_CHILD = (
    Say(N_("Baik, sekarang tentang anak itu. Permintaan bantuannya juga kami catat.")),
    # Asked here of the request, of whoever is ill and of whoever is left alone: of the child none of it is known yet.
    Goto("report", anew=("jenis", "R2", "R4", "R8")),
)
_NUMBERS = Say(N_("Bila ada bahaya, sekarang atau nanti:\n{nomor_darurat}\nSekarang kita lanjutkan permintaannya."))

STRUCK: tuple[Node, ...] = (
    Only(
        among(*VIOLENCE[0]),
        (_A_CHILD, Branch("yang_terkena", {"ya": _TO_THE_CHILD, "tidak": (FOR_GROWN_UPS, _NUMBERS)}, default=(_NUMBERS,))),
    ),
)
