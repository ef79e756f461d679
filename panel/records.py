"""Recording beside the stages, as form posts: assignment with its letter, the report to the police, medical care, services."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response

from hotline import records
from hotline.records import What
from panel.acts import Choice, Version, Words, do
from panel.context import asked
from panel.guard import WORK_CASE, allow

router = APIRouter(prefix="/kasus/{code}")
_RECORDS = {what.value: what for what in (What.POLICE, What.MEDICAL, What.HAPPENED)}


@router.post("/tugaskan")
@allow(WORK_CASE)
def assign(request: Request, code: str, versi: Version, kepada: Choice = "", nomor: Words = "", tanggal: Choice = "") -> Response:
    """One companion, by a letter."""
    on, to = _moment(request, tanggal), int(kepada) if kepada.isascii() and kepada.isdigit() and len(kepada) < 19 else 0
    return do(
        request,
        lambda conn, a: records.assign(
            conn, a.panel.seal, a.panel.desk(a.who), a.who, a.case.id, version=versi, to=to, number=nomor, on=on, now=a.now
        ),
        form="assign",
        assign=nomor,
    )


@router.post("/rekam")
@allow(WORK_CASE)
def record(request: Request, code: str, apa: Choice = "", saat: Choice = "", nomor: Words = "", keterangan: Words = "") -> Response:
    """What was done or happened, and when."""
    on, what = _moment(request, saat), _RECORDS.get(apa, What.LETTER)
    return do(
        request,
        lambda conn, a: records.record(conn, a.panel.seal, a.who, a.case.id, what=what, on=on, number=nomor, text=keterangan, now=a.now),
        form="record",
        record=keterangan,
    )


@router.post("/layanan")
@allow(WORK_CASE)
def serve(request: Request, code: str, versi: Version, layanan: Choice = "", keterangan: Words = "", anak: Choice = "") -> Response:
    """A service of the UPTD."""
    return do(
        request,
        lambda conn, a: records.serve(
            conn, a.panel.seal, a.who, a.case.id, version=versi, service=layanan, text=keterangan, young=bool(anak), now=a.now
        ),
        form="service",
        service=keterangan,
    )


def _moment(request: Request, written: str) -> datetime | None:
    """A day or a moment as the browser's field gives it, in the region's own time."""
    ask = asked(request)
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    zone = ZoneInfo(ask.panel.desk(ask.who).profile.timezone)
    return found.replace(tzinfo=zone) if found.tzinfo is None else None
