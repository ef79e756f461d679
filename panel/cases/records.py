"""Recording beside the stages, as form posts: assignment with its letter, the report to the police, medical care, services."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, File, Request, Response, UploadFile
from starlette.formparsers import MultiPartParser

from hotline.casework import records
from hotline.casework.records import LETTER_BYTES, What
from panel.cases.acts import Choice, Version, Words, do
from panel.context import asked
from panel.frame.pages import page
from panel.guard import WORK_CASE, allow

router = APIRouter(prefix="/kasus/{code}")
_BODY = LETTER_BYTES + 64 * 1024
# Else Starlette writes what is larger than a mebibyte to a temporary file: no letter lies on a disk unsealed.
MultiPartParser.spool_max_size = _BODY
_RECORDS = {what.value: what for what in (What.POLICE, What.MEDICAL, What.HAPPENED)}


@router.post("/tugaskan", max_body_size=_BODY)
@allow(WORK_CASE)
def assign(
    request: Request,
    code: str,
    versi: Version,
    kepada: Choice = "",
    nomor: Words = "",
    penerbit: Words = "",
    tanggal: Choice = "",
    draf: Choice = "",
    berkas: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """One companion, by a letter."""
    file = berkas.file.read(LETTER_BYTES + 1) if berkas else b""
    letter = records.Letter(number=nomor, issuer=penerbit, on=moment(request, tanggal), file=file, draft=bool(draf))
    return do(
        request,
        lambda conn, a: records.assign(
            conn, a.panel.seal, a.panel.desk(a.who), a.who, a.case.id, version=versi, to=_id(kepada), letter=letter, now=a.now
        ),
        form="assign",
        assign=nomor,
        issuer=penerbit,
    )


@router.get("/surat-tugas")
@allow(WORK_CASE)
def draft(request: Request, code: str, kepada: str = "") -> Response:
    """A letter of assignment to print and have signed: it names the companion and the case's code, nobody else."""
    ask = asked(request)
    with ask.panel.database.read() as conn:
        companion = dict(records.companions(conn, ask.case.region, ask.case.id)).get(_id(kepada), "")
    return page(request, "cases/assignment.html", line=ask.case, companion=companion, bare=True)


@router.post("/rekam")
@allow(WORK_CASE)
def record(request: Request, code: str, apa: Choice = "", saat: Choice = "", nomor: Words = "", keterangan: Words = "") -> Response:
    """What was done or happened, and when."""
    on, what = moment(request, saat), _RECORDS.get(apa, What.LETTER)
    return do(
        request,
        lambda conn, a: records.record(conn, a.panel.seal, a.who, a.case.id, what=what, on=on, number=nomor, text=keterangan, now=a.now),
        form="record",
        record=keterangan,
    )


@router.post("/lengkapi")
@allow(WORK_CASE)
def establish(request: Request, code: str, versi: Version, jenis: Choice = "", kecamatan: Choice = "") -> Response:
    """What the story did not tell: the kind of case, and the kecamatan."""
    return do(
        request,
        lambda conn, a: records.establish(
            conn, a.panel.seal, a.panel.desk(a.who), a.who, a.case.id, version=versi, kind=jenis, area=kecamatan, now=a.now
        ),
        form="establish",
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


def _id(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else 0


def moment(request: Request, written: str) -> datetime | None:
    """A day or a moment as the browser's field gives it, in the region's own time."""
    ask = asked(request)
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    zone = ZoneInfo(ask.panel.desk(ask.who).profile.timezone)
    return found.replace(tzinfo=zone) if found.tzinfo is None else None
