"""A sheet of a case on a page of its own: shown with what the last one said, kept as a new one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from hotline.case import Event
from hotline.casework import disclose
from hotline.casework.fill import fill, waits
from hotline.sheets import SHEETS, Sheet, SheetFilledMeanwhile, SheetIncomplete, StageFirst, begun
from hotline.store import cases
from panel.cases.records import moment
from panel.context import Asked, asked
from panel.frame.pages import page
from panel.guard import WORK_CASE, allow
from panel.words.refusals import NOTICES, Said, notice

router = APIRouter(prefix="/kasus/{code}/lembar/{sheet}")
_VERSION = "versi"


async def _form(request: Request) -> dict[str, str]:
    """Every field that was sent as words."""
    return {key: value for key, value in (await request.form()).items() if isinstance(value, str)}


@router.get("")
@allow(WORK_CASE)
def show(request: Request, code: str, sheet: str) -> Response:
    """The sheet to fill in; it tells of the case, so the look is audited."""
    ask = asked(request)
    found = _sheet(ask, sheet)
    with ask.panel.database.write() as conn:
        disclose.viewed(conn, ask.panel.seal, ask.who, ask.case, refresh=False, now=ask.now)
        events = cases.load_events(conn, ask.panel.seal, ask.case.id)
    given = begun(found, events) | {_VERSION: str(events[-1].seq)}
    early = notice(StageFirst()) if waits(found, ask.case.stage, ask.case.emergency) else None
    return _page(request, found, given, early, status=200)


@router.post("")
@allow(WORK_CASE)
def keep(request: Request, code: str, sheet: str, given: Annotated[dict[str, str], Depends(_form)]) -> Response:
    """Keep it and show the case; if something is missing, the sheet again with all that was written."""
    ask = asked(request)
    found, on = _sheet(ask, sheet), moment(request, given.get("saat", ""))
    try:
        with ask.panel.database.write() as conn:
            fill(conn, ask.panel.seal, ask.who, ask.case.id, found, given=given, on=on, now=ask.now, version=_version(given))
    except SheetFilledMeanwhile as newer:
        with ask.panel.database.write() as conn:
            disclose.viewed(conn, ask.panel.seal, ask.who, ask.case, refresh=True, now=ask.now)
        # Whoever is told of the newer one has read it: sent again, theirs follows it.
        return _page(request, found, {**given, _VERSION: str(newer.event.seq)}, notice(newer), status=409, newer=newer.event)
    except tuple(NOTICES) as refused:
        said = notice(refused)
        missing = refused.fields if isinstance(refused, SheetIncomplete) else ()
        return _page(request, found, given, said, missing, status=said.status)
    return RedirectResponse(f"{request.scope.get('root_path', '')}/kasus/{quote(ask.case.code)}", status_code=303)


def _sheet(ask: Asked, code: str) -> Sheet:
    found = SHEETS.get(code)
    if found is None or found.track != ask.case.track:
        raise HTTPException(404)
    return found


def _version(given: Mapping[str, str]) -> int | None:
    written = given.get(_VERSION, "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None


def _page(
    request: Request,
    sheet: Sheet,
    given: Mapping[str, str],
    said: Said | None,
    missing: tuple[str, ...] = (),
    *,
    status: int,
    newer: Event | None = None,
) -> Response:
    more = {"given": given, "said": said, "missing": missing, "newer": newer}
    return page(request, "cases/sheet.html", status, line=asked(request).case, sheet=sheet, **more)
