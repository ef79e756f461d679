"""What was the service like? The nine elements of Permenpan RB 14/2017, asked in the aid track only, after its end, each to be skipped."""

from __future__ import annotations

from dialogs.parts import SKIP
from hotline.engine.nodes import Ask, Branch, Call, Choice, Node, Say
from hotline.i18n import N_

GRADES = (
    Choice("1", N_("Tidak baik")),
    Choice("2", N_("Kurang baik")),
    Choice("3", N_("Baik")),
    Choice("4", N_("Sangat baik")),
    SKIP,
)
ELEMENTS: tuple[tuple[str, str, str], ...] = (
    ("u1", N_("Apakah syarat layanan mudah dipenuhi?"), N_("Persyaratan")),
    ("u2", N_("Apakah langkah-langkah layanan mudah diikuti?"), N_("Prosedur")),
    ("u3", N_("Bagaimana kecepatan layanan ini?"), N_("Waktu penyelesaian")),
    ("u4", N_("Layanan ini gratis. Bagaimana dalam kenyataannya?"), N_("Biaya")),
    ("u5", N_("Apakah hasil layanan sesuai yang dijanjikan?"), N_("Produk pelayanan")),
    ("u6", N_("Bagaimana kemampuan petugas?"), N_("Kompetensi pelaksana")),
    ("u7", N_("Bagaimana kesopanan dan keramahan petugas?"), N_("Perilaku pelaksana")),
    ("u8", N_("Bagaimana layanan lewat pesan ini atau tempatnya?"), N_("Sarana dan prasarana")),
    ("u9", N_("Bagaimana petugas menanggapi keluhan dan saran?"), N_("Penanganan pengaduan")),
)
"""Key, question, and the element's name in the regulation, for the panel."""

OFFER = Ask(
    "survei",
    N_("Bolehkah kami bertanya sembilan hal singkat tentang layanan ini? Jawabannya tidak dihubungkan dengan nama atau kode."),
    (Choice("ya", N_("Boleh")), Choice("tidak", N_("Tidak usah"))),
    private=True,
)

SURVEY: tuple[Node, ...] = (
    OFFER,
    Branch(
        "survei",
        {
            "ya": (
                *(Ask(key, text, GRADES, private=True) for key, text, _ in ELEMENTS),
                Call("keep_survey", {key: key for key, _, _ in ELEMENTS}),
                Say(N_("Terima kasih. Jawaban ini membantu memperbaiki layanan.")),
            )
        },
    ),
)
