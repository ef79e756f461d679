"""What was the service like? The nine elements of Permenpan RB 14/2017, asked in the aid track only, after its end, each to be skipped."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.parts import SKIP
from hotline.engine.nodes import Ask, Branch, Call, Choice, Node, Say
from hotline.i18n import N_

_GOOD = ("baik", "cepat", "cepet", "mudah", "gampang", "lancar", "ramah", "sopan", "bagus", "puas", "memuaskan", "sesuai", "gratis", "apik")
_BAD = ("lambat", "lama", "lelet", "sulit", "susah", "ribet", "kasar", "jelek", "buruk", "mahal", "kecewa", "elek")
_VERY = ("sangat {}", "{} sekali", "{} banget", "{} bgt")


def _says(words: Iterable[str], *shapes: str) -> str:
    """These words in these shapes, also with a word of courtesy behind: “cepat bu” must not be heard as a call for somebody."""
    said = [shape.format(word) for word in words for shape in shapes]
    return "|".join(one + to for one in said for to in ("", " pak", " bu", " kak", " mas", " mbak", " min"))


GRADES = (
    Choice("1", N_("Tidak baik"), says=_says(_BAD, *_VERY)),
    Choice("2", N_("Kurang baik"), says=_says(_BAD, "{}") + "|" + _says(_GOOD[1:], "kurang {}", "tidak {}")),
    Choice("3", N_("Baik"), says=_says(_GOOD, "{}", "cukup {}")),
    Choice("4", N_("Sangat baik"), says=_says(_GOOD, *_VERY)),
    SKIP,
)
ELEMENTS: tuple[tuple[str, str, str], ...] = (
    ("u1", N_("Bagaimana kemudahan syarat layanan ini?"), N_("Persyaratan")),
    ("u2", N_("Bagaimana kemudahan langkah-langkah layanan ini?"), N_("Prosedur")),
    ("u3", N_("Bagaimana kecepatan layanan ini?"), N_("Waktu penyelesaian")),
    ("u4", N_("Layanan ini gratis. Bagaimana dalam kenyataannya?"), N_("Biaya")),
    ("u5", N_("Bagaimana hasil layanan, dibanding yang dijanjikan?"), N_("Produk pelayanan")),
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
