"""A year's cases in figures, as a page and as a file for a spreadsheet: for reports and planning, without anybody's case in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from fastapi import APIRouter, Request, Response

from hotline.case import Level, Track
from hotline.figures.tally import FEWEST, OTHER, Tally, Trait, tallied
from hotline.i18n import N_
from hotline.store import tallies
from panel import words
from panel.context import Asked, asked
from panel.frame.pages import language_of, page
from panel.guard import SIGNED_IN, allow

router = APIRouter(prefix="/angka")
TRAITS: Mapping[Trait, str] = MappingProxyType(
    {
        Trait.LEVEL: N_("Tingkat"),
        Trait.KIND: N_("Jenis"),
        Trait.AREA: N_("Kecamatan"),
        Trait.REPORTER: N_("Pelapor"),
        Trait.AGE: N_("Umur"),
        Trait.STAGE: N_("Tahap"),
    }
)
_HEADER = (N_("tahun"), N_("jalur"), N_("menurut"), N_("nilai"), N_("kasus"))
_ALL, _OTHER = N_("semua"), N_("lain atau tidak diketahui")


@router.get("")
@allow(SIGNED_IN)
def figures(request: Request, tahun: str = "") -> Response:
    """One year, this one unless `tahun` says another with cases."""
    ask = asked(request)
    years, year = _years(ask, tahun)
    names = {track.value: _names(ask, track) for track in Track}
    found = _tallies(ask, year)
    return page(
        request, "office/tally.html", years=years, year=year, tallies=found, traits=TRAITS, names=names, fewest=FEWEST, other=_OTHER
    )


@router.get("/{tahun}.csv")
@allow(SIGNED_IN)
def file(request: Request, tahun: str) -> Response:
    """The same as a file that spreadsheets open: semicolons, UTF-8 with its mark, a dash where a figure is not told."""
    ask = asked(request)
    _, year = _years(ask, tahun)
    language, text = language_of(request), io.StringIO()

    def said(source: str) -> str:
        return ask.panel.pages.text(language, source)

    written = csv.writer(text, delimiter=";", lineterminator="\r\n")
    written.writerow([said(head) for head in _HEADER])
    for tally in _tallies(ask, year):
        names, track = _names(ask, Track(tally.track)), said(words.TRACKS[tally.track])
        written.writerow([year, track, said(_ALL), said(_ALL), _figure(tally.cases)])
        for trait, cells in tally.by.items():
            for cell in cells:
                name = said(names[trait].get(cell.value, _OTHER))
                written.writerow([year, track, said(TRAITS[trait]), name, "–" if cell.cases is None else cell.cases])
    headers = {"content-disposition": f'attachment; filename="{ask.who.region}-{year}.csv"'}
    return Response(text.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


def _figure(cases: int | None) -> str:
    return f"<{FEWEST}" if cases is None else str(cases)


def _years(ask: Asked, wanted: str) -> tuple[list[int], int]:
    """The years with cases, the newest first, and which one is meant."""
    zone = ask.panel.zone(ask.who)
    this = ask.now.astimezone(zone).year
    with ask.panel.database.read() as conn:
        oldest = tallies.first(conn, ask.who)
    years = list(range(this, min(this, oldest.astimezone(zone).year if oldest else this) - 1, -1))
    return years, next((year for year in years if str(year) == wanted), this)


def _tallies(ask: Asked, year: int) -> list[Tally]:
    zone = ask.panel.zone(ask.who)
    with ask.panel.database.read() as conn:
        found = tallies.counted(conn, ask.who, datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone))
    return tallied(found, {(track.value, trait): names for track in Track for trait, names in _names(ask, track).items()})


def _names(ask: Asked, track: Track) -> Mapping[Trait, Mapping[str, str]]:
    """What may be named, by code, as the region says it."""
    profile = ask.panel.desk(ask.who).profile
    named: dict[Trait, dict[str, str]] = {
        Trait.LEVEL: {str(int(level)): words.LEVELS[level] for level in Level},
        Trait.KIND: {term.code: term.name for term in profile.kinds(track)},
        Trait.AREA: {name: name for name in profile.districts},
        Trait.REPORTER: dict(words.REPORTERS),
        Trait.AGE: dict(words.AGES),
        Trait.STAGE: {stage.code: stage.name for stage in profile.stages(track)},
    }
    return {trait: {code: name for code, name in codes.items() if code != OTHER} for trait, codes in named.items()}
