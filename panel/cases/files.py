"""Files of a case: shown to those who may read an aid case, closed off in a child's case until one person opens one for a reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import StreamingResponse

from hotline.casework import evidence
from hotline.store import attachments, pieces
from hotline.store.attachments import ORIGINAL, WORKING, Copy, Shown
from panel.cases.case import Aside, show
from panel.cases.file_list import OF_TYPE
from panel.context import Asked, Panel, asked
from panel.guard import OPEN_EVIDENCE, SEE_CASE, allow
from panel.numbers import PathId
from panel.words.refusals import NOTICES, notice

router = APIRouter(prefix="/kasus/{code}/lampiran")
Version = Literal["original", "working"]
_SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; img-src 'self'; frame-ancestors 'none'"
"""Whatever the file is: it runs nothing, loads nothing, and stands in no other page."""


@router.get("/{file_id}/{version}")
@allow(SEE_CASE)
def look(request: Request, code: str, file_id: PathId, version: Version) -> Response:
    """A file of an aid case."""
    ask = asked(request)
    with ask.panel.database.write() as conn:
        shown = evidence.look(conn, ask.panel.seal, ask.who, ask.case.id, file_id, version, ask.now)
    return _served(ask, shown, version)


@router.post("/{file_id}")
@allow(OPEN_EVIDENCE)
def unseal(
    request: Request, code: str, file_id: PathId, versi: Annotated[Version, Form()], alasan: Annotated[str, Form(max_length=20_000)] = ""
) -> Response:
    """A closed-off file, once, for a reason."""
    ask = asked(request)
    try:
        with ask.panel.database.write() as conn:
            shown = evidence.unseal(conn, ask.panel.seal, ask.who, ask.case.id, file_id, versi, reason=alasan, now=ask.now)
    except tuple(NOTICES) as refused:
        told = notice(refused)
        return show(request, Aside(status=told.status, said=told, form=f"file-{file_id}", kept={"file": alasan}))
    return _served(ask, shown, versi)


def _served(ask: Asked, shown: Shown, version: str) -> Response:
    """A picture's working copy and sounds may stand in the browser; everything else is only handed over as a file."""
    copy = shown.copies.get(version)
    if copy is None:
        raise attachments.FileNotFound(attachments.FileNotFound.__doc__)
    kind = OF_TYPE[copy.content_type]
    inline = kind.playable or (version == WORKING and kind.picture)
    name = f"{ask.case.code}-{shown.id % 10_000:04}{'' if version == ORIGINAL else '-bersih'}.{kind.suffix}"
    headers = {
        "Content-Disposition": f'{"inline" if inline else "attachment"}; filename="{name}"',
        "Content-Length": str(copy.size),
        "Content-Security-Policy": _SANDBOX,
    }
    return StreamingResponse(_pieces(ask.panel, shown.id, version, copy), media_type=copy.content_type, headers=headers)


def _pieces(panel: Panel, file_id: int, version: str, copy: Copy) -> Iterator[bytes]:
    for number in range(copy.pieces):
        # A transaction a piece: a slow reader must not hold one open.
        with panel.database.read() as conn:
            body = pieces.one(conn, panel.seal, file_id, version, number)
        yield body
