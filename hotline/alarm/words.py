"""What officers' phones say. A page holds code, level and kecamatan and nothing else (domain 4.4); what follows holds the code."""

from __future__ import annotations

from hotline.case import Level
from hotline.i18n import N_, SOURCE, NoSuchLanguage, translations
from hotline.messages import Option, Outgoing

TAKE, DECLINE = "a", "t"
TOKEN = "piket"
"""A page's buttons send piket:<a or t>:<alarm>."""
_PAGE = N_("Tiket {code} · {level} · Kec. {area}. Buka panel.")
_UNKNOWN_AREA = N_("belum diketahui")
_NAMELESS = {"": _UNKNOWN_AREA, "tidak_tahu": _UNKNOWN_AREA, "luar_daftar": N_("Tempat lain")}
_DRILL = N_("LATIHAN")
_LEVELS = {Level.DARURAT: N_("DARURAT"), Level.DARURAT_TELAAH: N_("DARURAT, perlu ditelaah")}
BUTTONS = {TAKE: N_("Ambil"), DECLINE: N_("Tidak bisa")}

TAKEN = N_("Tiket {code} Anda ambil. Buka panel, lalu catat tindakan dalam {minutes} menit; kalau tidak, alarm berbunyi lagi.")
TAKEN_IN_DRILL = N_("Latihan {code}: jawaban Anda tercatat. Terima kasih.")
TAKEN_BY_OTHER = N_("Tiket {code} sudah diambil petugas lain. Terima kasih.")
OVER = N_("Tiket {code} sudah ditangani. Terima kasih.")
PASSED_ON = N_("Baik. Petugas berikutnya untuk tiket {code} dipanggil sekarang.")
NOT_YOURS = N_("Panggilan ini tidak berlaku lagi. Buka panel.")
REGISTERED = N_("HP ini terdaftar sebagai HP piket Anda. Bila ada kedaruratan, panggilan datang ke sini.")
CODE_WRONG = N_("Kode ini salah atau sudah lewat waktu. Buat kode baru di panel.")
TOO_MANY = N_("Terlalu banyak kode salah. Tunggu sebentar, lalu coba lagi.")


def say(language: str, text: str, **values: str) -> Outgoing:
    """One of the texts above, in the officer's language."""
    return Outgoing(text=_in(language, text).format(**values))


def page(language: str, *, alarm_id: int, code: str, level: Level, area: str, drill: bool) -> Outgoing:
    """The call itself, with its two buttons. `code` is the nine digits."""
    shown = (spaced(code), _in(language, _DRILL if drill else _LEVELS.get(level, level.name)), _area(language, area))
    text = _in(language, _PAGE).format(code=shown[0], level=shown[1], area=shown[2])
    options = tuple(Option(f"{TOKEN}:{answer}:{alarm_id}", _in(language, label)) for answer, label in BUTTONS.items())
    return Outgoing(text=text, options=options, alert=shown)


def spaced(code: str) -> str:
    """Nine digits in groups of three."""
    return " ".join(code[i : i + 3] for i in range(0, len(code), 3))


def shown(language: str, *, code: str, level: Level, area: str) -> tuple[str, str, str]:
    """The three things that may stand on an officer's phone, as they are read."""
    return spaced(code), _in(language, _LEVELS.get(level, level.name)), _area(language, area)


def in_language(language: str, text: str) -> str:
    """A text for officers, in this officer's language."""
    return _in(language, text)


def _in(language: str, text: str) -> str:
    if language == SOURCE:
        return text
    try:
        return str(translations(language).gettext(text))
    except NoSuchLanguage:
        return text


def _area(language: str, area: str) -> str:
    """The kecamatan; whoever said they do not know it is no place of that name."""
    return _in(language, _NAMELESS.get(area, area))
