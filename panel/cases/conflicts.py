"""Keeping a case from a colleague whom it concerns, and letting them see it again: form posts of those who lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from hotline import talk
from hotline.casework import exclude
from hotline.i18n import N_
from panel.cases.case import Aside, show
from panel.context import Asked, asked
from panel.guard import APPROVE_CASE, allow
from panel.numbers import FormId
from panel.words.refusals import NOTICES, Said, notice

router = APIRouter(prefix="/kasus/{code}")
Words = Annotated[str, Form(max_length=20_000)]
_OWN = Said(409, N_("Ini akun Anda sendiri"), N_("Minta rekan mengecualikan Anda dari kasus ini."))


@router.post("/kecualikan")
@allow(APPROVE_CASE)
def keep_from(request: Request, code: str, petugas: FormId, alasan: Words = "") -> Response:
    """Keep the case from this colleague."""

    def verb(conn: Connection, a: Asked) -> None:
        # First the chat, then the case: a turn of the reporter locks the two in this order.
        talk.end_of(conn, a.panel.seal, a.panel.desk(a.who), a.who, a.case.id, petugas, now=a.now)
        exclude.exclude(conn, a.panel.seal, a.who, a.case.id, petugas, reason=alasan, now=a.now)

    return _do(request, verb, exclude=alasan)


@router.post("/sertakan")
@allow(APPROVE_CASE)
def let_see(request: Request, code: str, petugas: FormId, alasan: Words = "") -> Response:
    """Let the colleague see it again."""
    return _do(
        request, lambda conn, a: exclude.include(conn, a.panel.seal, a.who, a.case.id, petugas, reason=alasan, now=a.now), include=alasan
    )


def _do(request: Request, verb: Callable[[Connection, Asked], None], **kept: str) -> Response:
    ask = asked(request)
    try:
        with ask.panel.database.write() as conn:
            verb(conn, ask)
    except exclude.NotYourself:
        return show(request, Aside(status=_OWN.status, said=_OWN, form="exclude", kept=kept))
    except tuple(NOTICES) as refused:
        said = notice(refused)
        return show(request, Aside(status=said.status, said=said, form="exclude", kept=kept))
    return RedirectResponse(f"{request.scope.get('root_path', '')}/kasus/{quote(ask.case.code)}", status_code=303)
