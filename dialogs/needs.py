"""What the law calls the people social aid is for (PPKS), in words nobody need be ashamed of (Asahan 6(2), 7, 8; Kaur II-1(2))."""

from __future__ import annotations

from dataclasses import replace

from dialogs.parts import DONT_KNOW, SKIP
from dialogs.sayings import with_numbers
from dialogs.struck import STRUCK, VIOLENCE
from hotline.engine.nodes import Ask, Branch, Choice, Node
from hotline.engine.numbers import CARDINALS
from hotline.i18n import N_

_FAMILY_SAYS = (
    "keluarga|suami|istri|anak|ibu|bapak|nenek|kakek|cucu|*anak saya|*anakku|*ibu saya|*ibuku|*bapak saya|*suami|*istri|*nenek|*kakek"
    "|*cucu|*keluarga|*orang tua saya|*adik saya|*kakak saya|*bapakku|*ayahku|*nenekku|*kakekku|*adikku|*kakakku|*suamiku|*istriku"
)

FOR_WHOM = Ask(
    "untuk",
    N_("Bantuan ini untuk siapa?"),
    (
        Choice("sendiri", N_("Saya sendiri"), says="saya|aku|diri sendiri|kula|kulo|*saya sendiri|*aku sendiri|*kulo piyambak"),
        Choice("keluarga", N_("Keluarga saya"), says=_FAMILY_SAYS),
        Choice("orang_lain", N_("Orang lain"), says="tetangga|teman|*tetangga|*teman saya"),
        Choice("kelompok", N_("Kelompok")),
        Choice("masyarakat", N_("Warga satu wilayah")),
        DONT_KNOW,
    ),
    title=N_("Untuk siapa"),
)

AREA = Ask(
    "bidang",
    N_("Bantuan di bidang apa?"),
    (
        Choice("pendidikan", N_("Pendidikan"), says="sekolah|*biaya sekolah|*spp|*seragam|kip|kuliah"),
        Choice("kesehatan", N_("Kesehatan"), says="bpjs|kis|berobat|*berobat|obat|*kursi roda|*rumah sakit"),
        Choice("kependudukan", N_("Kependudukan (KTP, KK)")),
        Choice("sosial", N_("Sosial"), says="bansos|pkh|blt|*bansos|*pkh|*blt"),
        Choice("ekonomi", N_("Ekonomi dan usaha"), says="usaha|modal|modal usaha|*modal usaha|kerja|pekerjaan"),
        Choice("lainnya", N_("Kebutuhan dasar lain"), says="sembako|beras|makanan|makan|*sembako|*beras|rumah|*bedah rumah|*rumah rusak"),
    ),
    title=N_("Bidang"),
)
"""The six of Kaur II-1(2)."""

CRITERIA = Ask(
    "kriteria",
    N_("Keadaan mana yang sesuai? Boleh lebih dari satu."),
    (
        Choice("kemiskinan", N_("Penghasilan tidak cukup")),
        Choice("keterlantaran", N_("Tidak ada yang merawat")),
        Choice("kedisabilitasan", N_("Disabilitas")),
        Choice("ketunaan", N_("Hidup di jalan")),
        Choice("bencana", N_("Terkena bencana")),
        Choice("kekerasan", N_("Terkena kekerasan"), also=VIOLENCE),
        Choice("tidak_tahu", N_("Tidak tahu / lewati"), alone=True),
    ),
    many=True,
    title=N_("Keadaan"),
)
"""The six criteria of Asahan 6(2)."""

PERSON = Ask(
    "ppks",
    N_("Mana yang paling dekat? Boleh dilewati."),
    (
        Choice("anak", N_("Anak")),
        Choice("perempuan_rawan", N_("Perempuan cari nafkah")),
        Choice("lanjut_usia", N_("Lanjut usia")),
        Choice("disabilitas", N_("Penyandang disabilitas")),
        Choice("tuna_susila", N_("Ingin ganti pekerjaan")),
        Choice("gelandangan", N_("Belum punya rumah")),
        Choice("pengemis", N_("Hidup dari pemberian")),
        Choice("bekas_perilaku", N_("Memulai hidup baru")),
        Choice("korban_bencana", N_("Terkena bencana")),
        Choice("korban_kekerasan", N_("Terkena kekerasan"), also=VIOLENCE),
        Choice("lainnya", N_("Lainnya")),
        SKIP,
    ),
    title=N_("Paling dekat"),
)
"""The eleven of Asahan 7 under neutral labels; the legal term stays in the code."""

FAMILY = Ask(
    "ppks",
    N_("Mana yang paling dekat? Boleh dilewati."),
    (
        Choice("rumah_tidak_layak", N_("Rumah tidak layak huni")),
        Choice("rentan_ekonomi", N_("Penghasilan tak tentu")),
        Choice("masalah_psikologis", N_("Masalah dalam keluarga")),
        Choice("fakir_miskin", N_("Kebutuhan pokok kurang")),
        Choice("lainnya", N_("Lainnya")),
        SKIP,
    ),
    title=N_("Paling dekat"),
)
"""The five of Asahan 8."""

WHO_IT_IS = Branch("untuk", {"sendiri": (PERSON,), "orang_lain": (PERSON,), "keluarga": (FAMILY,)})

_PEOPLE = (N_("1 orang"), N_("2 orang"), N_("3 orang"), N_("4 orang"), N_("5 orang"), N_("6 orang"))
_TOGETHER = ("sendiri|sendirian|saya sendiri", "berdua", "bertiga", "berempat", "berlima", "berenam")
_WORDS = tuple(words.split()[0] for words in CARDINALS[:10])
_MOST = 30


def _so_many(count: int) -> str:
    """How people write that so many live together."""
    together = _TOGETHER[count - 1]
    word = _WORDS[count - 1]
    return f"{together}|*{together.split('|')[-1]} dengan|{count}|{word}|{word} orang|{count} jiwa|{count} anggota"


_MANY = "|".join(
    ["bertujuh|*banyak orang", *(f"{word}|{word} orang" for word in _WORDS[6:]), with_numbers(range(7, _MOST), "{}", "{} orang")]
)

HOUSEHOLD = Ask(
    "anggota",
    N_("Berapa orang yang tinggal serumah?"),
    (
        *(Choice(str(count), label, says=_so_many(count), number=count) for count, label in enumerate(_PEOPLE, 1)),
        Choice("7+", N_("7 orang atau lebih"), says=_MANY, number=7),
        replace(SKIP, number=0),
    ),
    title=N_("Yang tinggal serumah"),
)

REGISTERED = Ask(
    "dtsen",
    N_("Apakah sudah terdaftar di DTSEN (dahulu DTKS/BDT)?"),
    (
        Choice("ya", N_("Ya"), says="sudah|terdaftar|sudah terdaftar|sampun"),
        Choice("tidak", N_("Tidak")),
        Choice("tidak_tahu", N_("Tidak tahu")),
    ),
    title=N_("Terdaftar di DTSEN"),
)

DOCUMENTS = Ask(
    "dokumen",
    N_("Dokumen apa yang sudah ada? Boleh lebih dari satu. Yang belum ada boleh menyusul."),
    (
        Choice("ktp", N_("KTP")),
        Choice("kk", N_("KK")),
        Choice("surat_desa", N_("Surat dari desa")),
        Choice("foto_rumah", N_("Foto rumah")),
        Choice("belum", N_("Belum ada"), alone=True),
        Choice("lewati", DONT_KNOW.label, alone=True),
    ),
    many=True,
    title=N_("Dokumen"),
)
"""Kaur 8(2). Only in this track; without any the request is taken all the same."""

NEEDS: tuple[Node, ...] = (AREA, CRITERIA, WHO_IT_IS, *STRUCK, HOUSEHOLD, REGISTERED, DOCUMENTS)
