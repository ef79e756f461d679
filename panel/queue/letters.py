"""Dead letters: messages to reporters that were given up, without their words, and a button to try again."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from hotline.store import audit, letters
from panel.context import asked
from panel.frame.pages import page
from panel.guard import DEAD_LETTERS, allow
from panel.numbers import PathId, QueryId

router = APIRouter(prefix="/pesan-gagal")
_MOST = 50


@router.get("")
@allow(DEAD_LETTERS)
def dead_letters(request: Request, sebelum: QueryId = None) -> Response:
    """Newest first; `sebelum` is the last id of the page before."""
    ask = asked(request)
    with ask.panel.database.read() as conn:
        found = letters.dead(conn, ask.who, before=sebelum, most=_MOST + 1)
    return page(request, "queue/letters.html", found=found[:_MOST], more=found[_MOST - 1].id if len(found) > _MOST else None)


@router.post("/{letter}/kirim-ulang")
@allow(DEAD_LETTERS)
def resend(request: Request, letter: PathId) -> Response:
    """Back in line; the safe-contact gate judges it again."""
    ask = asked(request)
    with ask.panel.database.write() as conn:
        revived = letters.revive(conn, ask.who, letter, ask.now)
        audit.record(
            conn,
            ask.panel.seal,
            region=ask.who.region,
            action="letter.resend",
            now=ask.now,
            operator_id=ask.who.id,
            case_id=revived.case_id,
        )
    return RedirectResponse(f"{request.scope.get('root_path', '')}/pesan-gagal", status_code=303)
