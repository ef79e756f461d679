"""A complaint about the service itself (Asahan 42): taken like any other story, read by somebody above whom it is about."""

from __future__ import annotations

from dialogs.parts import SAFE_CONTACT_OF_NOBODY, SKIP, TICKET
from hotline.case import Track
from hotline.engine.dialog import Dialog
from hotline.engine.nodes import Ask, Call, Choice, End, Free, Say, Summary
from hotline.i18n import N_

ABOUT_SERVICE = (("jenis", "layanan"),)

COMPLAINT = Dialog(
    "keluhan",
    (
        Ask(
            "keluhan",
            N_("Tentang apa keluhannya?"),
            (
                Choice("petugas", N_("Sikap petugas"), also=(*ABOUT_SERVICE, ("R14", "dinas"))),
                Choice("lama", N_("Terlalu lama"), also=ABOUT_SERVICE),
                Choice("chat", N_("Tanya jawab di sini"), also=ABOUT_SERVICE),
                Choice("lain", N_("Hal lain / lewati"), also=ABOUT_SERVICE),
            ),
            title=N_("Keluhan tentang"),
        ),
        Say(N_("Keluhan dibaca petugas. Yang tentang petugas dibaca atasannya. Ini tidak mengubah bantuan atau laporan lain.")),
        Ask("cerita", N_("Apa yang terjadi? Tulis dengan kata-kata sendiri, atau lewati."), (SKIP,), free=Free.WORDS, title=N_("Cerita")),
        *SAFE_CONTACT_OF_NOBODY,
        Summary(N_("Ini yang kami catat. Sudah benar?")),
        Call("open_case"),
        TICKET,
        Say(N_("Terima kasih. Jam petugas: {jam}. Kabarnya bisa dilihat dengan CEK.")),
        End(),
    ),
    track=Track.LAYANAN,
)
