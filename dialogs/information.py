"""Short answers to what people want to know before they tell anything."""

from __future__ import annotations

from hotline.engine.dialog import Dialog
from hotline.engine.nodes import Again, Ask, Branch, Choice, End, Goto, Node, Only, Resuming, Say
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

_COMPLAINT: tuple[Node, ...] = (
    Only(Resuming(), (Say(N_("Keluhan bisa disampaikan sesudah cerita ini. Kirim MENU, lalu pilih Informasi.")), Again(("topik",)))),
    Goto("keluhan"),
)
"""A story that waits is told first: the complaint is a case of its own."""

_WAYS: dict[str, tuple[Node, ...]] = {
    "cukup": (End(restart=True),),
    "keluhan": _COMPLAINT,
    **{code: (*nodes, Again(("topik",))) for code, nodes in _TOPICS.items()},
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
                Choice("keluhan", N_("Keluhan soal layanan"), says="keluhan|komplain|mengeluh|complaint|*komplain|*keluhan"),
                Choice("cukup", N_("Kembali ke menu")),
            ),
            private=True,
        ),
        Branch("topik", _WAYS),
    ),
    side=True,
)
