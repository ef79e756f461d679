"""Reads a profile file. Whatever is wrong with it is told with the file, the line and the cure, all at once."""

from __future__ import annotations

import csv
import difflib
import re
import tomllib
import types
import typing
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import BaseModel, ValidationError

from hotline.i18n import N_
from hotline.regions.checks import flaws
from hotline.regions.lines import Place, lines_of
from hotline.regions.places import misplaced
from hotline.regions.problem import Flaw, Problem, ProfileInvalid
from hotline.regions.profile import Profile, ProfileFile

FOLDER = Path(__file__).parent
ELSEWHERE = "indonesia.csv"
"""Beside the files of kabupaten: the names of all provinces, kabupaten and kota, to know a place outside a region for what it is."""
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_EXAMPLES = {"kode": "33.24", "bahasa": '["id", "en"]', "nomor": '"110"', "buka": '"08:00"', "tutup": '"15:30"', "id": '"perbup_36_2023"'}
_TYPES: Mapping[str, str] = types.MappingProxyType(
    {
        "string_type": N_("teks dalam tanda kutip"),
        "int_type": N_("bilangan bulat tanpa tanda kutip"),
        "bool_type": N_("true atau false"),
        "tuple_type": N_("daftar dalam kurung siku"),
        "dict_type": N_("tabel"),
        "model_type": N_("tabel"),
        "model_attributes_type": N_("tabel"),
        "date_type": N_("tanggal seperti 2026-11-22"),
        "date_from_datetime_parsing": N_("tanggal seperti 2026-11-22"),
    }
)


def slugs(folder: Path = FOLDER) -> tuple[str, ...]:
    """The regions that have a profile file."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def load_profile(slug: str, folder: Path = FOLDER) -> Profile:
    """The profile of a region, by its file's name without the ending. Raises ProfileInvalid."""
    path = folder / f"{slug}.toml"
    if not re.fullmatch(r"[a-z0-9-]+", slug) or not path.is_file():
        raise ProfileInvalid(
            (
                Problem(
                    file=path,
                    line=1,
                    wrong=N_("profil ini tidak ada"),
                    cure=N_("pakai salah satu dari: {known} (TEDUH_REGION)"),
                    values={"known": ", ".join(slugs(folder))},
                ),
            )
        )
    text = _text(path)
    file = _parsed(path, text)
    areas = folder / "areas" / f"{file.region.code}.csv"
    if not areas.is_file():
        flaw = Flaw(
            place=("wilayah", "kode"),
            wrong=N_("daftar kecamatan areas/{file} tidak ada"),
            cure=N_("perbaiki kode wilayah atau tambahkan daftar itu"),
            values={"file": areas.name},
        )
        raise ProfileInvalid(tuple(_located(path, text, [flaw])))
    villages = _villages(areas)
    if wrong := tuple(_located(path, text, misplaced(file, villages))):
        raise ProfileInvalid(wrong)
    return Profile(slug=slug, file=file, villages=villages, elsewhere=_elsewhere(areas.with_name(ELSEWHERE), file.region.code))


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        cure = N_("simpan lagi berkas ini dengan pengodean UTF-8")
        raise ProfileInvalid((Problem(file=path, line=line, wrong=N_("bukan teks UTF-8"), cure=cure, values={}),)) from None


def _parsed(path: Path, text: str) -> ProfileFile:
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else text.rstrip().count("\n") + 1
        reason = _AT_LINE.sub("", str(error)).replace("(at end of document)", "").strip()
        raise ProfileInvalid(
            (
                Problem(
                    file=path,
                    line=line,
                    wrong=N_("tulisannya bukan TOML yang benar ({reason})"),
                    cure=N_("periksa tanda kutip, kurung, dan tanda sama dengan di baris itu"),
                    values={"reason": reason},
                ),
            )
        ) from None
    try:
        file = ProfileFile.model_validate(raw)
    except ValidationError as error:
        raise ProfileInvalid(tuple(_located(path, text, map(_flaw, error.errors())))) from None
    if problems := tuple(_located(path, text, flaws(file, raw))):
        raise ProfileInvalid(problems)
    return file


def located(slug: str, found: Iterable[Flaw], folder: Path = FOLDER) -> tuple[Problem, ...]:
    """Flaws that others found in a region's profile, at their lines; none where there is no such file."""
    path = folder / f"{slug}.toml"
    return tuple(_located(path, path.read_text(encoding="utf-8"), found)) if slug and path.is_file() else ()


def _located(path: Path, text: str, found: Iterable[Flaw]) -> Iterable[Problem]:
    """Each flaw at the line of its place, or of the nearest table around it."""
    lines = lines_of(text)
    for flaw in found:
        place = flaw.place
        while place and place not in lines:
            place = place[:-1]
        yield Problem(file=path, line=lines.get(place, 1), wrong=flaw.wrong, cure=flaw.cure, values=flaw.values)


def _flaw(error: Mapping[str, typing.Any]) -> Flaw:
    place: Place = error["loc"]
    key = str(next((part for part in reversed(place) if isinstance(part, str)), ""))
    match error["type"]:
        case "missing":
            wrong, cure, values = N_('"{key}" belum diisi'), N_('tambahkan "{key}" di bagian ini'), {"key": key}
        case "extra_forbidden":
            wrong, (cure, values) = N_('kunci "{key}" tidak dikenal'), _nearest(key, place)
        case "literal_error":
            wrong, cure = N_('nilai "{value}" untuk "{key}" tidak dikenal'), N_("pakai salah satu dari: {known}")
            values = {"key": key, "value": str(error["input"]), "known": re.sub(r" or |, ", ", ", str(error["ctx"]["expected"]))}
        case kind if kind in _TYPES:
            wrong, cure, values = N_('"{key}" salah jenis'), N_("tulis {type}"), {"key": key, "type": _TYPES[kind]}
        case "too_short" | "string_too_short":
            wrong, cure, values = N_('"{key}" kosong'), N_("isi sedikitnya satu"), {"key": key}
        case "string_pattern_mismatch":
            wrong, cure = N_('bentuk "{value}" untuk "{key}" salah'), N_("tulis seperti {example}")
            values = {"key": key, "value": str(error["input"]), "example": _EXAMPLES.get(key, N_("huruf, angka, dan garis bawah saja"))}
        case _:
            wrong, cure = N_('nilai "{value}" untuk "{key}" tidak dapat diterima'), N_("perbaiki nilainya ({reason})")
            values = {"key": key, "value": str(error["input"]), "reason": error["msg"]}
    return Flaw(place=place, wrong=wrong, cure=cure, values=values)


def _nearest(key: str, place: Place) -> tuple[str, dict[str, str]]:
    known = _keys_at(place[:-1])
    if guess := difflib.get_close_matches(key, known, n=1):
        return N_('mungkin maksudnya "{guess}"'), {"key": key, "guess": guess[0]}
    return N_("hapus, atau pakai salah satu dari: {known}"), {"key": key, "known": ", ".join(known)}


def _keys_at(place: Place) -> list[str]:
    """The keys that a table of the file may have."""
    model: type[BaseModel] = ProfileFile
    for part in place:
        if isinstance(part, str):
            fields = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
            model = next((m for m in _models(fields.get(part))), model)
    return [field.alias or name for name, field in model.model_fields.items()]


def _models(annotation: object) -> Iterable[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in typing.get_args(annotation):
        yield from _models(inner)


def _elsewhere(path: Path, code: str) -> tuple[str, ...]:
    """Every name of the list whose code is not this region's or around it; none where there is no list."""
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(row["name"] for row in csv.DictReader(file) if not code.startswith(row["code"]))


def _villages(path: Path) -> Mapping[str, tuple[str, ...]]:
    """The desa and kelurahan of each kecamatan; a code with three parts is a kecamatan, one with four lies in it."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["code"], row["name"]) for row in csv.DictReader(file)]
    districts = {code: name for code, name in rows if code.count(".") == 2}
    return types.MappingProxyType(
        {name: tuple(village for inner, village in rows if inner.startswith(f"{code}.")) for code, name in districts.items()}
    )
