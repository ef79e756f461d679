"""Answering a drill in the panel: seen, and acted on. A drill has no case, so it has addresses of its own."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from hotline.store import audit
from hotline.store.alarm import alarms
from hotline.store.cases import CaseNotFound
from panel.context import asked
from panel.guard import WORK, allow
from panel.numbers import PathId

router = APIRouter(prefix="/latihan/{alarm}")
_Verb = Callable[[Connection, int], bool]


@router.post("/ambil")
@allow(WORK)
def take(request: Request, alarm: PathId) -> Response:
    """I have seen it; it rings anew unless somebody acts."""
    ask = asked(request)
    return _do(request, alarm, "drill.take", lambda conn, drill: alarms.acknowledge(conn, drill, ask.who.id, ask.now))


@router.post("/tindakan")
@allow(WORK)
def act(request: Request, alarm: PathId) -> Response:
    """I have done what I would do; the drill ends."""
    ask = asked(request)
    return _do(request, alarm, "drill.act", lambda conn, drill: alarms.act(conn, drill, ask.who.id, ask.now))


def _do(request: Request, alarm: int, action: str, verb: _Verb) -> Response:
    ask = asked(request)
    with ask.panel.database.write() as conn:
        found = alarms.by_id(conn, alarm)
        if found is None or not found.drill or found.region != ask.who.region:
            raise CaseNotFound(CaseNotFound.__doc__)
        if verb(conn, alarm):
            audit.record(conn, ask.panel.seal, region=ask.who.region, action=action, now=ask.now, operator_id=ask.who.id)
    return RedirectResponse(f"{request.scope.get('root_path', '')}/", status_code=303)
