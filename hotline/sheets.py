"""The sheets that case work fills in, as data: what each asks, by which article, and what must be on it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as of_field
from types import MappingProxyType

from hotline import services
from hotline.case import Event, EventKind, Track
from hotline.i18n import N_

WHAT = "sheet"
"""How a filled sheet stands among a case's records; its answers stand in the event's body under PREFIX."""
PREFIX = "f."
LIMIT = 4000
"""Characters of one answer."""


class SheetIncomplete(Exception):
    """Something that must be on the sheet is missing: `fields` are the labels."""

    def __init__(self, fields: Iterable[str]) -> None:
        self.fields = tuple(fields)
        super().__init__(SheetIncomplete.__doc__)


class StageFirst(Exception):
    """This sheet waits for its stage, which somebody else may have to approve."""


class SheetFilledMeanwhile(Exception):
    """Somebody kept a newer one of these since this one was begun: `event` tells of it. The newest is what the next begins with."""

    def __init__(self, event: Event) -> None:
        self.event = event
        super().__init__(SheetFilledMeanwhile.__doc__)


class AnswerTooLong(Exception):
    """One of the answers is longer than the sheet allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question. Without `choices` (code -> words, those of the group first where there are groups) it is answered in words.

    `begins`: the sheet and its field whose last answer this one begins with.
    """

    key: str
    label: str
    choices: Mapping[str, tuple[str, ...]] = of_field(default_factory=dict)
    required: bool = True
    begins: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: at which stage it is usually filled in, `bound` only there; and `either`: fields of which one is enough."""

    code: str
    name: str
    track: Track
    stage: str
    fields: tuple[Field, ...]
    either: tuple[str, ...] = ()
    bound: bool = False


def _words(key: str, label: str, *, required: bool = True) -> Field:
    return Field(key=key, label=label, required=required)


def _one_of(key: str, label: str, **choices: str) -> Field:
    return Field(key=key, label=label, choices={code: (words,) for code, words in choices.items()})


FIRST_CONTACT = Sheet(
    code="kontak_awal",
    name=N_("Kontak awal"),
    track=Track.ANAK,
    stage="KONTAK_AWAL",
    fields=(
        _one_of("cara", N_("Cara"), bertemu=N_("Bertemu"), kunjungan=N_("Kunjungan"), telepon=N_("Telepon"), obrolan=N_("Obrolan")),
        _one_of("aman", N_("Aman dihubungi lagi dengan cara ini?"), ya=N_("Ya"), tidak=N_("Tidak"), belum_tahu=N_("Belum tahu")),
        _words("isi", N_("Yang disampaikan dan disepakati"), required=False),
    ),
)
"""Luwu Timur Pasal 13."""

CONTRACT = Sheet(
    code="kontrak_layanan",
    name=N_("Kontrak layanan"),
    track=Track.ANAK,
    stage="KONTRAK_LAYANAN",
    fields=(
        _one_of("pihak", N_("Dengan siapa"), anak=N_("Anak sendiri"), keluarga=N_("Keluarga"), bersama=N_("Anak dan keluarga")),
        _one_of("sepakat", N_("Kesepakatan"), ya=N_("Sepakat"), tidak=N_("Menolak")),
        _words("isi", N_("Isi kesepakatan, atau alasan menolak")),
    ),
)
"""Luwu Timur Pasal 14."""

OPINION = Sheet(
    code="pendapat_anak",
    name=N_("Pendapat anak"),
    track=Track.ANAK,
    stage="ASESMEN",
    fields=(
        _words("pendapat", N_("Pendapat dan keinginan anak, dengan kata-katanya"), required=False),
        _words("alasan", N_("Bila belum ada: alasannya"), required=False),
    ),
    either=("pendapat", "alasan"),
)
"""Blora Pasal 2 huruf c, Luwu Timur Pasal 5 huruf d dan f."""

ASSESSMENT = Sheet(
    code="asesmen",
    name=N_("Asesmen"),
    track=Track.ANAK,
    stage="ASESMEN",
    fields=(
        _words("data", N_("Data dan informasi")),
        _words("fisik", N_("Kondisi fisik"), required=False),
        _words("psikologis", N_("Kondisi psikologis"), required=False),
        _words("sosial", N_("Kondisi sosial"), required=False),
        _words("spiritual", N_("Kondisi spiritual"), required=False),
        _words("hukum", N_("Status hukum"), required=False),
        _words("instrumen", N_("Instrumen yang dipakai"), required=False),
        _words("analisis", N_("Analisis")),
        _words("masalah", N_("Masalah")),
        _words("kebutuhan", N_("Kebutuhan")),
        _words("kesimpulan", N_("Kesimpulan")),
        _words("rekomendasi", N_("Rekomendasi rencana pelayanan")),
    ),
)
"""Luwu Timur Pasal 15."""

CONFERENCE = Sheet(
    code="pembahasan_kasus",
    name=N_("Pembahasan kasus"),
    track=Track.ANAK,
    stage="PEMBAHASAN_KASUS",
    fields=(
        _words("peserta", N_("Peserta: jabatan dan instansinya")),
        _words("hasil", N_("Hasil pembahasan asesmen")),
        _words("rencana", N_("Rencana layanan")),
        _one_of(
            "sekolah",
            N_("Sekolah anak"),
            tetap=N_("Tetap bersekolah"),
            terancam=N_("Terancam dikeluarkan"),
            dikeluarkan=N_("Sudah dikeluarkan"),
            tidak=N_("Belum atau tidak bersekolah"),
        ),
    ),
)
"""Luwu Timur Pasal 16; Pasal 23: no school may send the child away, so every plan asks."""

_STATES = {"diajukan": N_("Diajukan"), "diterima": N_("Diterima"), "ditolak": N_("Ditolak")}
_REFERRAL = (
    _words("tujuan", N_("Lembaga yang dituju")),
    _words("alasan", N_("Alasan")),
    _one_of("jawaban", N_("Jawaban lembaga"), **_STATES),
    _words("hasil", N_("Hasil"), required=False),
)
REFERRAL = Sheet(
    code="rujukan_layanan",
    name=N_("Rujukan layanan"),
    track=Track.ANAK,
    stage="INTERVENSI",
    fields=(Field(key="layanan", label=N_("Layanan dan pelaksananya"), choices=services.pairs()), *_REFERRAL),
)
"""Luwu Timur Pasal 17 ayat (2), Blora Pasal 1 angka 17 and Pasal 11."""

MONITORING = Sheet(
    code="pemantauan",
    name=N_("Pemantauan"),
    track=Track.ANAK,
    stage="PEMANTAUAN",
    fields=(
        Field(key="rencana", label=N_("Rencana layanan"), begins=("pembahasan_kasus", "rencana")),
        _words("terlaksana", N_("Yang terlaksana")),
        _one_of("sesuai", N_("Sesuai rencana?"), ya=N_("Ya"), sebagian=N_("Sebagian"), tidak=N_("Tidak")),
        _one_of("nilai", N_("Nilai hasil"), n4=N_("4, sangat baik"), n3=N_("3, baik"), n2=N_("2, kurang"), n1=N_("1, belum ada hasil")),
    ),
)
"""Luwu Timur Pasal 18."""

AID_REFERRAL = Sheet(
    code="rujukan_program",
    name=N_("Rujukan ke pengelola program"),
    track=Track.LAYANAN,
    stage="RUJUKAN",
    fields=(
        _one_of(
            "tingkat",
            N_("Pengelola program"),
            kabupaten=N_("Kabupaten"),
            provinsi=N_("Provinsi"),
            pusat=N_("Pusat"),
            nonpemerintah=N_("Nonpemerintah"),
        ),
        *_REFERRAL,
    ),
    bound=True,
)
"""Kendal Pasal 10 ayat (5) huruf d: the stage, which the Manajer opens, comes before the sheet."""

REGISTER = Sheet(
    code="cek_data",
    name=N_("Pemeriksaan data"),
    track=Track.LAYANAN,
    stage="CEK_DATA",
    fields=(
        _one_of("sumber", N_("Sumber data"), dtsen=N_("DTSEN (dahulu DTKS/BDT)"), siks=N_("SIKS-NG"), lain=N_("Data lain")),
        _one_of("hasil", N_("Hasil"), ada=N_("Ada"), tidak=N_("Tidak ada"), belum=N_("Belum dapat dicek")),
        _words("catatan", N_("Catatan"), required=False),
    ),
)
"""Kendal Pasal 10 ayat (4) huruf d, Asahan Pasal 18 ayat (5) dan (6). Whatever it says, the request goes on (I14)."""

_ALL = (FIRST_CONTACT, CONTRACT, OPINION, ASSESSMENT, CONFERENCE, REFERRAL, MONITORING, REGISTER, AID_REFERRAL)
SHEETS: Mapping[str, Sheet] = MappingProxyType({sheet.code: sheet for sheet in _ALL})


def read(sheet: Sheet, given: Mapping[str, str]) -> dict[str, str]:
    """The answers by key, as they are kept: trimmed, without the empty ones. Raises SheetIncomplete, AnswerTooLong."""
    answers = {field.key: given.get(field.key, "").replace("\r\n", "\n").strip() for field in sheet.fields}
    known = {field.key: answers[field.key] for field in sheet.fields if not field.choices or answers[field.key] in field.choices}
    if any(len(answer) > LIMIT for answer in known.values()):
        raise AnswerTooLong(AnswerTooLong.__doc__)
    missing = [field.label for field in sheet.fields if field.required and not known.get(field.key)]
    if sheet.either and not any(known.get(key) for key in sheet.either):
        missing += [field.label for field in sheet.fields if field.key in sheet.either]
    if missing:
        raise SheetIncomplete(missing)
    return {key: answer for key, answer in known.items() if answer}


def filled(event: Event) -> dict[str, str]:
    """The answers on a sheet that was kept."""
    return {key.removeprefix(PREFIX): str(value) for key, value in event.body.items() if key.startswith(PREFIX)}


def begun(sheet: Sheet, events: Iterable[Event]) -> dict[str, str]:
    """What a new one begins with: the last one of its kind, and what other sheets say last. Earlier ones stay as they were."""
    kept = {e.text("number"): filled(e) for e in events if e.kind is EventKind.RECORDED and e.text("what") == WHAT}
    taken = {field.key: kept.get(field.begins[0], {}).get(field.begins[1], "") for field in sheet.fields if any(field.begins)}
    return kept.get(sheet.code, {}) | {key: answer for key, answer in taken.items() if answer}
