"""Asking for social aid: six areas of need (Kaur II-1(2)), the law's criteria in neutral words, and no promise."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import ready
from dialogs.parts import DONT_KNOW, SAFE_CONTACT, SKIP, TICKET, district, emergency_way, yes_no
from dialogs.welcome import DANGER
from hotline.case import Track
from hotline.engine.dialog import Dialog
from hotline.engine.nodes import Ask, Branch, Call, Choice, End, Free, Node, Say, Summary
from hotline.i18n import N_

FOR_WHOM = Ask(
    "untuk",
    N_("Bantuan ini untuk siapa?"),
    (
        Choice("sendiri", N_("Saya sendiri")),
        Choice("keluarga", N_("Keluarga saya")),
        Choice("orang_lain", N_("Orang lain")),
        Choice("kelompok", N_("Kelompok atau warga")),
    ),
    title=N_("Untuk siapa"),
)

AREA = Ask(
    "bidang",
    N_("Bantuan di bidang apa?"),
    (
        Choice("pendidikan", N_("Pendidikan")),
        Choice("kesehatan", N_("Kesehatan")),
        Choice("kependudukan", N_("Kependudukan (KTP, KK)")),
        Choice("sosial", N_("Sosial")),
        Choice("ekonomi", N_("Ekonomi dan usaha")),
        Choice("lainnya", N_("Kebutuhan dasar lain")),
    ),
    title=N_("Bidang"),
)

CRITERIA = Ask(
    "kriteria",
    N_("Keadaan mana yang sesuai? Boleh lebih dari satu, misalnya: 1, 3."),
    (
        Choice("kemiskinan", N_("Penghasilan tidak cukup")),
        Choice("keterlantaran", N_("Tidak ada yang merawat")),
        Choice("kedisabilitasan", N_("Disabilitas")),
        Choice("ketunaan", N_("Hidup di jalan")),
        Choice("bencana", N_("Terkena bencana")),
        Choice("kekerasan", N_("Terkena kekerasan")),
        Choice("tidak_tahu", N_("Tidak tahu / lewati")),
    ),
    many=True,
    title=N_("Keadaan"),
)

CRISIS = Ask(
    "krisis_bantuan",
    N_("Apakah keadaannya gawat hari ini: tidak ada makanan, sakit berat, atau ada yang ditinggal sendiri?"),
    (Choice("ya", N_("Ya")), Choice("tidak", N_("Tidak")), DONT_KNOW),
    title=N_("Gawat hari ini"),
)

ALONE = Ask(
    "R8",
    N_("Adakah lansia, penyandang disabilitas, atau bayi yang ditinggal sendiri?"),
    (Choice("sedang", N_("Ya, sekarang")), Choice("sering", N_("Ya, sering")), Choice("tidak", N_("Tidak")), DONT_KNOW),
    title=N_("Ditinggal sendiri"),
)

HOUSEHOLD = Ask(
    "anggota",
    N_("Berapa orang yang tinggal serumah?"),
    (
        Choice("1-2", N_("1-2 orang")),
        Choice("3-4", N_("3-4 orang")),
        Choice("5-6", N_("5-6 orang")),
        Choice("7+", N_("7 orang atau lebih")),
        SKIP,
    ),
    title=N_("Yang tinggal serumah"),
)

REGISTERED = Ask(
    "dtsen",
    N_("Apakah sudah terdaftar di DTSEN (dahulu DTKS/BDT)?"),
    (Choice("ya", N_("Ya")), Choice("tidak", N_("Tidak")), Choice("tidak_tahu", N_("Tidak tahu"))),
    title=N_("Terdaftar di DTSEN"),
)


ILL = Ask(
    "R2",
    N_("Apakah ada yang sakit berat dan belum ditolong?"),
    (
        Choice("mengancam_jiwa", N_("Ya, sangat berat"), alarm=True),
        Choice("perlu_perawatan", N_("Ya, perlu dirawat")),
        Choice("tidak", N_("Tidak")),
        DONT_KNOW,
    ),
    title=N_("Sakit berat"),
)

IN_CRISIS = Branch(
    "krisis_bantuan",
    {
        "ya": (
            yes_no("tanpa_makan_hari_ini", N_("Apakah ada yang tidak makan hari ini?"), N_("Tidak makan hari ini")),
            ALONE,
            ILL,
            emergency_way("R2", "mengancam_jiwa"),
        )
    },
)

READ_BY = Say(
    N_(
        "Keterangan ini dibaca petugas {kantor_bantuan} untuk memeriksa permintaan. "
        "Foto atau dokumen belum perlu; petugas yang meminta bila perlu."
    )
)

CLOSING: tuple[Node, ...] = (
    Ask("nama", N_("Siapa nama yang mengajukan? Boleh dilewati, nanti petugas menanyakan."), (SKIP,), free=Free.NAME, title=N_("Nama")),
    Ask(
        "cerita",
        N_("Ceritakan singkat kebutuhannya, dengan kata-kata sendiri. Boleh dilewati."),
        (SKIP,),
        free=Free.WORDS,
        title=N_("Cerita"),
    ),
    Summary(N_("Ini yang kami catat. Sudah benar?")),
    Call("open_case"),
    TICKET,
    Say(ready.AID_NEXT),
    Say(N_("Jam petugas: {jam}. Pesan tambahan boleh ditulis kapan saja.")),
    End(),
)


def aid(kinds: Sequence[Choice], districts: Sequence[str]) -> Dialog:
    """The dialog for one region: its kinds of request and its kecamatan."""
    return Dialog(
        "aid",
        (
            DANGER,
            FOR_WHOM,
            CRISIS,
            IN_CRISIS,
            Ask("jenis", N_("Tentang apa permintaannya?"), tuple(kinds), title=N_("Tentang")),
            AREA,
            CRITERIA,
            HOUSEHOLD,
            REGISTERED,
            READ_BY,
            district(districts, N_("Di kecamatan mana? Boleh pilih atau tulis namanya.")),
            *SAFE_CONTACT,
            *CLOSING,
        ),
        track=Track.LAYANAN,
    )
