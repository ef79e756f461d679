"""What the chat says and how people liked the service: the dialogs as drawings, and the satisfaction figure. No case, no words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from hotline.engine.book import Book
from hotline.engine.draw import draw
from hotline.figures.satisfaction import FEWEST, measured, periods
from hotline.i18n import N_
from hotline.store import surveys
from panel.context import asked
from panel.frame.pages import page
from panel.guard import SIGNED_IN, allow

router = APIRouter()

ELEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "u1": N_("Persyaratan"),
        "u2": N_("Prosedur"),
        "u3": N_("Waktu penyelesaian"),
        "u4": N_("Biaya"),
        "u5": N_("Produk pelayanan"),
        "u6": N_("Kompetensi pelaksana"),
        "u7": N_("Perilaku pelaksana"),
        "u8": N_("Sarana dan prasarana"),
        "u9": N_("Penanganan pengaduan"),
    }
)
DIALOGS: Mapping[str, str] = MappingProxyType(
    {
        "welcome": N_("Pembuka"),
        "report": N_("Cerita tentang anak"),
        "dewasa": N_("Usia 18 tahun ke atas"),
        "aid": N_("Bantuan sosial"),
        "darurat": N_("Darurat"),
        "salah_tangkap": N_("Kata bahaya"),
        "status": N_("Kabar (CEK)"),
        "follow_up": N_("Menambah cerita"),
        "information": N_("Informasi"),
        "keluhan": N_("Keluhan soal layanan"),
        "bantu": N_("Bantuan petugas (BANTU)"),
        "menu": N_("Menu di tengah cerita"),
        "batal": N_("Membatalkan (BATAL)"),
        "hapus": N_("Menghapus (HAPUS)"),
        "bahasa": N_("Memilih bahasa (BAHASA)"),
    }
)
"""In the order in which people meet them; a dialog that is not named here stands behind them by its own name."""
GRADES: Mapping[str, str] = MappingProxyType(
    {"A": N_("Sangat baik"), "B": N_("Baik"), "C": N_("Kurang baik"), "D": N_("Tidak baik"), "": N_("belum cukup jawaban")}
)


@router.get("/dialog")
@allow(SIGNED_IN)
def drawings(request: Request) -> Response:
    """All dialogs of the region, each a link to its drawing."""
    ask = asked(request)
    return page(request, "office/dialogs.html", dialogs=_named(ask.panel.desk(ask.who).book), shown="")


@router.get("/dialog/{name}")
@allow(SIGNED_IN)
def drawing(request: Request, name: str) -> Response:
    """One dialog's page."""
    ask = asked(request)
    book = ask.panel.desk(ask.who).book
    if name not in book.dialogs:
        raise HTTPException(404)
    return page(request, "office/dialogs.html", dialogs=_named(book), shown=name)


def _named(book: Book) -> dict[str, str]:
    order = (*DIALOGS, *sorted(book.dialogs.keys() - DIALOGS.keys()))
    return {name: DIALOGS.get(name, name) for name in order if name in book.dialogs}


@router.get("/dialog/{name}/gambar.svg")
@allow(SIGNED_IN)
def picture(request: Request, name: str) -> Response:
    """The drawing itself."""
    ask = asked(request)
    dialog = ask.panel.desk(ask.who).book.dialogs.get(name)
    if dialog is None:
        raise HTTPException(404)
    return Response(draw(dialog), media_type="image/svg+xml")


@router.get("/kepuasan")
@allow(SIGNED_IN)
def satisfaction(request: Request, bulan: str = "") -> Response:
    """IKM with its grade and the nine elements, of all time or of the period that begins with a month such as 2027-03."""
    ask = asked(request)
    this_month = f"{ask.now.astimezone(ask.panel.zone(ask.who)):%Y-%m}"
    with ask.panel.database.read() as conn:
        shown = periods(surveys.by_month(conn, ask.who, this_month).items())
    chosen = next((period for period in shown if period.first == bulan), None)
    found = measured([one for period in shown if chosen in (None, period) for one in period.answers])
    values: dict[str, Any] = {
        "found": found,
        "periods": shown[::-1],
        "chosen": chosen,
        "elements": ELEMENTS,
        "grades": GRADES,
        "fewest": FEWEST,
    }
    return page(request, "office/satisfaction.html", **values)
