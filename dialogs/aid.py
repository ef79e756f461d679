"""Asking for social aid: what is grave today first, then six areas of need (Kaur II-1(2)) and the law's criteria, and no promise."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import ready
from dialogs.needs import FOR_WHOM, NEEDS
from dialogs.parts import DONT_KNOW, NO_OR_UNKNOWN, SAFE_CONTACT_OF_NOBODY, SKIP, TICKET, emergency_way, story
from dialogs.place import Area, district_and_village
from dialogs.sayings import said
from dialogs.welcome import DANGER
from hotline.case import Track
from hotline.engine.dialog import Dialog
from hotline.engine.nodes import Ask, Call, Choice, End, Free, Node, Only, Say, Summary, among
from hotline.i18n import N_


def _grave(code: str, label: str, key: str, says: str) -> Choice:
    return Choice(code, label, also=(("krisis_bantuan", "ya"), (key, "ya")), unchosen=((key, "tidak"),), says=says)


_HUNGRY = "*belum makan|*tidak makan|*kelaparan|*tidak ada beras|*tidak punya beras|*tidak ada makanan|*durung mangan|*not eaten|*no food"
_HUNGRY += "|*beras habis|*makanan habis|*beras tidak ada|*lapar|*tidak adami yang dimakan|*tidak ada yang dimakan|*mboten enten beras"
_LEFT = "*tinggal sendiri|*tinggal sendirian|*ditinggal sendiri|*ditinggal sendirian|*left alone"
_ILL = "*sakit berat|*sakit parah|*sakit keras|*lara nemen|*very ill"
_STILL = said("masih banjir|masih kebakaran|masih terjadi|masih|lagi banjir|sedang banjir|banjirnya masih tinggi")
_OVER = "sudah surut|sudah lewat|sudah padam|sudah selesai|kemarin|tadi malam|sudah reda"
_STRUCK = "*kebanjiran|*banjir|*longsor|*kebakaran|*gempa|*puting beliung|*flood"


_KEYS = ("tanpa_makan_hari_ini", "ditinggal", "sakit", "kena_bencana")
CRISIS = Ask(
    "gawat",
    N_("Adakah yang gawat hari ini? Boleh lebih dari satu."),
    (
        _grave("makan", N_("Tidak ada makanan"), "tanpa_makan_hari_ini", _HUNGRY),
        _grave("sendiri", N_("Ada yang ditinggal"), "ditinggal", _LEFT),
        _grave("sakit", N_("Ada yang sakit berat"), "sakit", _ILL),
        _grave("bencana", N_("Kena bencana"), "kena_bencana", _STRUCK),
        Choice("tidak", N_("Tidak ada"), alone=True, also=tuple((key, "tidak") for key in ("krisis_bantuan", *_KEYS))),
        Choice("tidak_tahu", DONT_KNOW.label, alone=True, also=(("krisis_bantuan", "tidak_tahu"),)),
    ),
    many=True,
    title=N_("Gawat hari ini"),
)

ALONE = Ask(
    "R8",
    N_("Adakah lansia, penyandang disabilitas, atau bayi yang ditinggal sendiri?"),
    (Choice("sedang", N_("Ya, sekarang"), alarm=True), Choice("sering", N_("Ya, sering")), *NO_OR_UNKNOWN),
    title=N_("Ditinggal sendiri"),
)
WHO_ALONE = Ask(
    "yang_sendiri",
    N_("Siapa yang ditinggal sendiri?"),
    (
        Choice("lansia", N_("Lansia"), also=(("lansia", "ya"),)),
        Choice("disabilitas", N_("Penyandang disabilitas"), also=(("disabilitas", "ya"),)),
        Choice("bayi", N_("Bayi atau anak kecil"), also=(("R4", "0-5"),)),
        Choice("lain", N_("Orang lain / lewati")),
    ),
    title=N_("Yang ditinggal sendiri"),
)
ILL = Ask(
    "R2",
    N_("Apakah ada yang sakit berat dan belum ditolong?"),
    (
        Choice("mengancam_jiwa", N_("Ya, sangat berat"), alarm=True),
        Choice("perlu_perawatan", N_("Ya, perlu dirawat")),
        *NO_OR_UNKNOWN,
    ),
    title=N_("Sakit berat"),
)
DISASTER = Ask(
    "bencana",
    N_("Apakah bencananya sedang terjadi sekarang?"),
    (Choice("sekarang", N_("Ya, sekarang"), alarm=True, says=_STILL), Choice("tidak", N_("Tidak, sudah lewat"), says=_OVER), DONT_KNOW),
    title=N_("Bencana sekarang"),
)

IN_CRISIS: tuple[Node, ...] = (
    Only(among("ditinggal", "ya"), (ALONE, Only(among("R8", "sedang", "sering"), (WHO_ALONE,)))),
    Only(among("sakit", "ya"), (ILL,)),
    Only(among("kena_bencana", "ya"), (DISASTER,)),
    emergency_way("R2", "mengancam_jiwa"),
    emergency_way("bencana", "sekarang"),
    emergency_way("R8", "sedang"),
)

READ_BY = Say(
    N_(
        "Keterangan ini dibaca petugas {kantor_bantuan} untuk memeriksa permintaan. Tanpa dokumen pun permintaan tetap kami terima. "
        "Foto rumah dan lokasinya boleh dikirim di sini."
    )
)

CLOSING: tuple[Node, ...] = (
    Ask("nama", N_("Siapa nama yang mengajukan? Boleh dilewati, nanti petugas menanyakan."), (SKIP,), free=Free.NAME, title=N_("Nama")),
    story(N_("Ceritakan singkat kebutuhannya, dengan kata-kata sendiri. Boleh dilewati.")),
    Summary(N_("Ini yang kami catat. Sudah benar?")),
    Call("open_case"),
    TICKET,
    Say(ready.AID_NEXT),
    Say(N_("Jam petugas: {jam}. Pesan tambahan boleh ditulis kapan saja.")),
    End(),
)


def aid(kinds: Sequence[Choice], area: Area) -> Dialog:
    """The dialog for one region: its kinds of request and its kecamatan."""
    return Dialog(
        "aid",
        (
            DANGER,
            FOR_WHOM,
            CRISIS,
            *IN_CRISIS,
            Ask("jenis", N_("Tentang apa permintaannya?"), tuple(kinds), title=N_("Tentang")),
            READ_BY,
            *NEEDS,
            *district_and_village(area, N_("Di kecamatan mana? Boleh pilih atau tulis namanya.")),
            *SAFE_CONTACT_OF_NOBODY,
            *CLOSING,
        ),
        track=Track.LAYANAN,
    )
