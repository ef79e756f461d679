"""The middle of each kecamatan, where a Dinas gave it: in the list, on the map of Indonesia, and near the others of its kabupaten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median

from hotline.i18n import N_
from hotline.regions.problem import Flaw
from hotline.regions.profile import ProfileFile

KEY = "titik_kecamatan"
SOUTH, NORTH, WEST, EAST = -11.5, 6.5, 94.5, 141.5
"""Degrees: all of Indonesia lies within."""
WIDEST = 2.5
"""Degrees from the middle of a kabupaten; the largest ones, in Papua and Kalimantan, are about four degrees wide."""


def misplaced(file: ProfileFile, known: Iterable[str]) -> Iterator[Flaw]:
    """What is wrong with the points of a profile whose kecamatan these are."""
    names = tuple(known)
    for name, (latitude, longitude) in file.centres.items():
        place = (KEY, name)
        if name not in names:
            wrong, cure = N_('kecamatan "{name}" tidak ada di daftar wilayah ini'), N_("pakai salah satu dari: {known}")
            yield Flaw(place=place, wrong=wrong, cure=cure, values={"name": name, "known": ", ".join(names)})
        elif not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
            wrong = N_("titik {name} tidak di Indonesia")
            yield Flaw(place=place, wrong=wrong, cure=N_("tulis [lintang, bujur], misalnya [-7.03, 110.21]"), values={"name": name})
        elif _far(file, latitude, longitude):
            wrong, cure = N_("titik {name} jauh dari kecamatan lain"), N_("periksa angkanya")
            yield Flaw(place=place, wrong=wrong, cure=cure, values={"name": name})


def _far(file: ProfileFile, latitude: float, longitude: float) -> bool:
    points = file.centres.values()
    return abs(latitude - median(p[0] for p in points)) > WIDEST or abs(longitude - median(p[1] for p in points)) > WIDEST
