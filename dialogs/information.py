"""Short answers to what people want to know before they tell anything."""

from __future__ import annotations

from hotline.engine.dialog import Dialog
from hotline.engine.nodes import Again, Ask, Branch, Choice, End, Node, Say
from hotline.i18n import N_

_TOPICS: dict[str, tuple[Node, ...]] = {
    "alur": (
        Say(
            N_(
                "Setiap cerita dibaca petugas, ditelaah, lalu diserahkan kepada petugas yang menangani. Kabarnya dilihat "
                "dengan CEK, kode, dan PIN."
            )
        ),
    ),
    "rahasia": (
        Say(
            N_(
                "Nama tidak wajib. Hanya petugas yang menangani yang membaca. Jika ada bahaya atau undang-undang "
                "mewajibkan, kami harus memberi tahu pihak yang bisa "
                "melindungi. Pesan lewat Telegram dan WhatsApp melewati server di luar negeri."
            )
        ),
    ),
    "hak": (
        Say(
            N_(
                "Setiap orang boleh bercerita tentang anak yang perlu dilindungi, tanpa bukti dan tanpa biaya. Anak pun "
                "boleh bercerita sendiri."
            )
        ),
    ),
    "program": (
        Say(
            N_(
                "Ada program dari pusat, provinsi, kabupaten, dan lembaga masyarakat. Misalnya bantuan pangan, biaya sekolah, "
                "jaminan kesehatan, dan modal usaha. Yang sesuai diperiksa petugas dari keadaan dan data."
            )
        ),
    ),
    "bantuan": (
        Say(
            N_(
                "Bantuan sosial diurus {kantor_bantuan}. Data penerima ada di DTSEN (dahulu DTKS/BDT). Permintaan "
                "diperiksa dulu; hasilnya bergantung pada syarat dan "
                "kemampuan keuangan daerah."
            )
        ),
    ),
    "jam": (Say(N_("Jam petugas: {jam}. Pesan boleh dikirim kapan saja. Bila ada bahaya sekarang:\n{nomor_darurat}")),),
}

INFORMATION = Dialog(
    "information",
    (
        Ask(
            "topik",
            N_("Ingin tahu tentang apa?"),
            (
                Choice("alur", N_("Apa yang terjadi nanti")),
                Choice("rahasia", N_("Kerahasiaan")),
                Choice("hak", N_("Siapa boleh bercerita")),
                Choice("bantuan", N_("Bantuan sosial")),
                Choice("program", N_("Program yang ada")),
                Choice("jam", N_("Jam dan nomor")),
                Choice("cukup", N_("Kembali ke menu")),
            ),
            private=True,
        ),
        Branch("topik", {"cukup": (End(restart=True),), **{code: (*nodes, Again(("topik",))) for code, nodes in _TOPICS.items()}}),
    ),
    side=True,
)
