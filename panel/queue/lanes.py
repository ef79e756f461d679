"""The queue: three lanes on one page, each list on its own pages, and the search by code."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from hotline.case import Level
from hotline.staff import Right
from hotline.store import queue, reasons
from hotline.store.cases import CaseNotFound
from hotline.store.only import ALL, Holder, Only
from hotline.store.queue import LANES, Lane, Page
from panel.context import Asked, asked
from panel.frame.pages import page
from panel.guard import QUEUE, SIGNED_IN, allow
from panel.queue.clocks import nearest

router = APIRouter()
WHOLE = (Lane.TERBUKA, Lane.DITUTUP)
"""The lists of all cases."""
Choice = Annotated[str, Query(max_length=80, pattern=r"^[^\x00]*$")]


@router.get("/")
@allow(SIGNED_IN)
def home(request: Request, tersimpan: str = "") -> Response:
    """The three lanes; roles without cases see what their account is for. `tersimpan`: an act is done whose case is not theirs any more."""
    ask = asked(request)
    if not ask.who.may(Right.READ):
        return page(request, "queue/no_cases.html")
    with ask.panel.database.read() as conn:
        lanes = dict(zip(LANES, _explained(conn, ask, *(queue.page(conn, ask.who, lane, now=ask.now) for lane in LANES)), strict=True))
        running = nearest(conn, [line for found in lanes.values() for line in found.lines])
        lowerings = queue.to_approve(conn, ask.who)
    return page(request, "queue/queue.html", lanes=lanes, left=bool(tersimpan), clocks=running, lowerings=lowerings)


@router.get("/daftar/{lane}")
@allow(QUEUE)
def one_list(
    request: Request,
    lane: Lane,
    sesudah: str = "",
    tingkat: Literal["", "1", "2", "3", "4", "5"] = "",
    jenis: Choice = "",
    kecamatan: Choice = "",
    pemegang: Holder = Holder.ANYBODY,
) -> Response:
    """One list, page by page; `sesudah` is the mark of the page before. Lists of all cases can be narrowed, the lanes never are."""
    ask = asked(request)
    only = Only(level=Level(int(tingkat)) if tingkat else None, kind=jenis, area=kecamatan, holder=pemegang) if lane in WHOLE else ALL
    with ask.panel.database.read() as conn:
        [found] = _explained(conn, ask, queue.page(conn, ask.who, lane, now=ask.now, after=sesudah, only=only))
        running = nearest(conn, found.lines)
    said = {"tingkat": tingkat, "jenis": jenis, "kecamatan": kecamatan, "pemegang": pemegang.value} if only != ALL else {}
    return page(
        request,
        "queue/list.html",
        lane=lane,
        found=found,
        first=not sesudah,
        clocks=running,
        only=only,
        narrows=lane in WHOLE,
        query=urlencode({name: value for name, value in said.items() if value}),
        areas=ask.panel.desk(ask.who).profile.districts,
    )


@router.get("/denyut")
@allow(SIGNED_IN)
def pulse(request: Request, di: str = "", kasus: str = "") -> Response:
    """The frame alone: how many emergencies wait, for pages that refresh themselves. A case's page tells of its own alarm itself."""
    return page(request, "queue/pulse.html", here=di, own=kasus)


@router.get("/cari")
@allow(QUEUE)
def search(request: Request, kode: str = "") -> Response:
    """To the case of a code. A case of another region is as unknown as one that does not exist."""
    ask = asked(request)
    try:
        with ask.panel.database.read() as conn:
            code = queue.by_code(conn, ask.who, kode).code
    except CaseNotFound:
        return page(request, "queue/not_found.html", 404, missed=kode[:40], address="")
    return RedirectResponse(f"{request.scope.get('root_path', '')}/kasus/{quote(code)}", status_code=303)


def _explained(conn: Connection, ask: Asked, *lists: Page) -> list[Page]:
    """The same lists with what their lines say of levels, read once for all of them."""
    ids = [line.id for found in lists for line in found.lines]
    why = reasons.of_cases(conn, ask.panel.seal, ids)
    return [Page(queue.with_reasons(found.lines, why), found.next) for found in lists]
