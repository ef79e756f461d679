"""The queue: three lanes on one page, each list on its own pages, and the search by code."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from hotline.staff import Right
from hotline.store import queue, reasons
from hotline.store.cases import CaseNotFound
from hotline.store.queue import LANES, Lane, Page
from panel.clocks import nearest
from panel.context import asked
from panel.guard import QUEUE, SIGNED_IN, allow
from panel.pages import page

router = APIRouter()


@router.get("/")
@allow(SIGNED_IN)
def home(request: Request) -> Response:
    """The three lanes; roles without cases see what their account is for."""
    ask = asked(request)
    if not ask.who.may(Right.READ):
        return page(request, "no_cases.html")
    with ask.panel.database.read() as conn:
        lanes = {lane: queue.page(conn, ask.who, lane, now=ask.now) for lane in LANES}
        why = reasons.of_cases(conn, ask.panel.seal, [line.id for found in lanes.values() for line in found.lines])
        running = nearest(conn, [line for found in lanes.values() for line in found.lines])
    return page(request, "queue.html", lanes={lane: _with(found, why) for lane, found in lanes.items()}, missed="", clocks=running)


@router.get("/daftar/{lane}")
@allow(QUEUE)
def one_list(request: Request, lane: Lane, sesudah: str = "") -> Response:
    """One list, page by page; `sesudah` is the mark of the page before."""
    ask = asked(request)
    with ask.panel.database.read() as conn:
        found = queue.page(conn, ask.who, lane, now=ask.now, after=sesudah)
        why = reasons.of_cases(conn, ask.panel.seal, [line.id for line in found.lines])
        running = nearest(conn, found.lines)
    return page(request, "list.html", lane=lane, found=_with(found, why), first=not sesudah, clocks=running)


@router.get("/denyut")
@allow(SIGNED_IN)
def pulse(request: Request, di: str = "", kasus: str = "") -> Response:
    """The frame alone: how many emergencies wait, for pages that refresh themselves. A case's page tells of its own alarm itself."""
    return page(request, "pulse.html", here=di, own=kasus)


@router.get("/cari")
@allow(QUEUE)
def search(request: Request, kode: str = "") -> Response:
    """To the case of a code. A case of another region is as unknown as one that does not exist."""
    ask = asked(request)
    try:
        with ask.panel.database.read() as conn:
            code = queue.by_code(conn, ask.who, kode).code
    except CaseNotFound:
        return page(request, "not_found.html", 404, missed=kode[:40])
    return RedirectResponse(f"{request.scope.get('root_path', '')}/kasus/{quote(code)}", status_code=303)


def _with(found: Page, why: dict[int, tuple[str, ...]]) -> Page:
    return Page(queue.with_reasons(found.lines, why), found.next)
