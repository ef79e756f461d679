"""What operators do, as form posts: each calls one verb of `hotline`, then shows the case again, with the text kept if it was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from sqlalchemy import Connection

from hotline import operate
from hotline.case import Level
from hotline.casework import disclose, levels, missteps
from hotline.i18n import N_
from hotline.store import drafts, queue
from hotline.store.cases import CaseChanged, CaseNotFound
from panel.cases.case import Aside, show
from panel.context import Asked, asked
from panel.frame.pages import language_of
from panel.guard import APPROVE_CASE, CLOSE_CASE, WORK_CASE, allow
from panel.numbers import Version as Version
from panel.words.refusals import NOTICES, OTHERS_SAVED, notice

router = APIRouter(prefix="/kasus/{code}")
Words = Annotated[str, Form(max_length=20_000)]
Choice = Annotated[str, Form(max_length=80)]
LevelCode = Annotated[Literal["1", "2", "3", "5"], Form()]
"""A level a person may choose: DARURAT_TELAAH is only ever set by the rules."""
_Verb = Callable[[Connection, Asked], object]


def do(request: Request, verb: _Verb, *, form: str = "", **kept: str) -> Response:
    """Run the verb in one transaction; afterwards the case, as it is then. `kept` is what to show again if it is refused.

    Whoever may not see the case any more by what they did comes to the queue, and reads there that it is done.
    """
    ask = asked(request)
    try:
        with ask.panel.database.write() as conn:
            verb(conn, ask)
            drafts.sent(conn, ask.who.id, ask.case.id, kept)
            seen = _still_sees(conn, ask)
    except CaseChanged as changed:
        return show(request, Aside(status=409, said=OTHERS_SAVED, changed_since=changed.expected, form=form, kept=kept))
    except tuple(NOTICES) as refused:
        said = notice(refused)
        return show(request, Aside(status=said.status, said=said, form=form, kept=kept))
    root = request.scope.get("root_path", "")
    if seen:
        return RedirectResponse(f"{root}/kasus/{quote(ask.case.code)}", status_code=303)
    return _to(request, f"{root}/?tersimpan=ya")


def _still_sees(conn: Connection, ask: Asked) -> bool:
    try:
        queue.by_id(conn, ask.who, ask.case.id)
    except CaseNotFound:
        return False
    return True


def _to(request: Request, address: str) -> Response:
    """To another page, also when a part of this one asked."""
    if "hx-request" in request.headers:
        return Response(headers={"HX-Redirect": address})
    return RedirectResponse(address, status_code=303)


@router.post("/ambil")
@allow(WORK_CASE)
def claim(request: Request, code: str) -> Response:
    """Take the case."""
    return do(request, lambda conn, a: operate.claim(conn, a.panel.seal, a.who, a.case.id, now=a.now))


@router.post("/lepas")
@allow(WORK_CASE)
def release(request: Request, code: str, versi: Version, alasan: Words = "") -> Response:
    """Give it back."""
    return do(
        request,
        lambda conn, a: operate.release(
            conn, a.panel.seal, a.who, a.case.id, version=versi, reason=alasan, now=a.now, desk=a.panel.desk(a.who)
        ),
        form="release",
        release=alasan,
    )


@router.post("/alihkan")
@allow(APPROVE_CASE)
def take_over(request: Request, code: str, versi: Version, alasan: Words = "") -> Response:
    """Take it from its owner."""
    return do(
        request,
        lambda conn, a: operate.take_over(conn, a.panel.seal, a.who, a.case.id, version=versi, reason=alasan, now=a.now),
        form="take",
        take=alasan,
    )


@router.post("/balas")
@allow(WORK_CASE)
def reply(request: Request, code: str, versi: Version, isi: Words = "") -> Response:
    """Words for the reporter."""
    return do(
        request,
        lambda conn, a: operate.reply(conn, a.panel.seal, a.panel.desk(a.who), a.who, a.case.id, version=versi, text=isi, now=a.now),
        form="reply",
        reply=isi,
    )


@router.post("/catat")
@allow(WORK_CASE)
def note(request: Request, code: str, versi: Version, isi: Words = "") -> Response:
    """An internal note."""
    return do(
        request,
        lambda conn, a: operate.note(conn, a.panel.seal, a.who, a.case.id, version=versi, text=isi, now=a.now),
        form="note",
        note=isi,
    )


@router.post("/pindah")
@allow(WORK_CASE)
def move(request: Request, code: str, versi: Version, tahap: Choice, keterangan: Words = "") -> Response:
    """To another stage."""
    return do(
        request,
        lambda conn, a: operate.move(
            conn, a.panel.seal, a.panel.desk(a.who), a.who, a.case.id, version=versi, stage=tahap, text=keterangan, now=a.now
        ),
        form="move",
        move=keterangan,
    )


@router.post("/kembalikan")
@allow(WORK_CASE)
def take_back(request: Request, code: str, versi: Version) -> Response:
    """Back to where it stood before their own last step."""
    return do(request, lambda conn, a: missteps.take_back(conn, a.panel.seal, a.who, a.case.id, version=versi, now=a.now))


@router.post("/akui")
@allow(WORK_CASE)
def acknowledge(request: Request, code: str) -> Response:
    """The emergency has been seen."""
    return do(request, lambda conn, a: operate.acknowledge(conn, a.panel.seal, a.who, a.case.id, now=a.now))


@router.post("/tindakan")
@allow(WORK_CASE)
def act(request: Request, code: str, isi: Words = "", selesai: Choice = "") -> Response:
    """An emergency action was taken."""
    return do(
        request,
        lambda conn, a: operate.act(conn, a.panel.seal, a.who, a.case.id, text=isi, ended=bool(selesai), now=a.now),
        form="act",
        act=isi,
    )


@router.post("/naikkan")
@allow(WORK_CASE)
def raise_level(request: Request, code: str, tingkat: LevelCode, keterangan: Words = "") -> Response:
    """A higher level, at once."""
    return do(
        request,
        lambda conn, a: levels.raise_level(
            conn, a.panel.seal, a.panel.desk(a.who), a.who, a.case.id, level=Level(int(tingkat)), text=keterangan, now=a.now
        ),
        form="raise",
        **{"raise": keterangan},
    )


@router.post("/turunkan")
@allow(WORK_CASE)
def lower(request: Request, code: str, versi: Version, tingkat: LevelCode, alasan: Words = "", palsu: Choice = "") -> Response:
    """A lower level, or the wish for one; `palsu` says that the words heard were no danger."""
    return do(
        request,
        lambda conn, a: levels.lower(
            conn,
            a.panel.seal,
            a.who,
            a.case.id,
            version=versi,
            level=Level(int(tingkat)),
            reason=alasan,
            now=a.now,
            false_alarm=bool(palsu),
        ),
        form="lower",
        lower=alasan,
    )


@router.post("/setujui")
@allow(APPROVE_CASE)
def approve(request: Request, code: str, versi: Version) -> Response:
    """The second person agrees."""
    return do(request, lambda conn, a: levels.approve(conn, a.panel.seal, a.who, a.case.id, version=versi, now=a.now), form="proposal")


@router.post("/tolak")
@allow(APPROVE_CASE)
def decline(request: Request, code: str, versi: Version, alasan: Words = "") -> Response:
    """The second person does not."""
    return do(
        request,
        lambda conn, a: levels.decline(conn, a.panel.seal, a.who, a.case.id, version=versi, reason=alasan, now=a.now),
        form="proposal",
        decline=alasan,
    )


@router.post("/tutup")
@allow(CLOSE_CASE)
def close(request: Request, code: str, versi: Version, alasan: Choice = "", keterangan: Words = "") -> Response:
    """Close with a reason of the profile."""
    return do(
        request,
        lambda conn, a: operate.close(
            conn, a.panel.seal, a.panel.desk(a.who), a.who, a.case.id, version=versi, reason=alasan, text=keterangan, now=a.now
        ),
        form="close",
        close=keterangan,
    )


@router.post("/buka-kembali")
@allow(CLOSE_CASE)
def reopen(request: Request, code: str, versi: Version, alasan: Words = "") -> Response:
    """Open it again."""
    return do(
        request,
        lambda conn, a: operate.reopen(conn, a.panel.seal, a.panel.desk(a.who), a.who, a.case.id, version=versi, reason=alasan, now=a.now),
        form="reopen",
        reopen=alasan,
    )


@router.post("/identitas")
@allow(WORK_CASE)
def reveal(request: Request, code: str, alasan: Words = "") -> Response:
    """The reporter's address, shown once, for a reason that is kept."""
    ask = asked(request)
    try:
        with ask.panel.database.write() as conn:
            address = disclose.reveal(conn, ask.panel.seal, ask.who, ask.case.id, reason=alasan, now=ask.now)
            drafts.sent(conn, ask.who.id, ask.case.id, ["reveal"])
    except tuple(NOTICES) as refused:
        said = notice(refused)
        return show(request, Aside(status=said.status, said=said, form="reveal", kept={"reveal": alasan}))
    return show(request, Aside(form="reveal", address=address))


@router.post("/draf")
@allow(WORK_CASE)
def draft(request: Request, code: str, naskah: Choice, isi: Words = "", keterangan: Words = "", alasan: Words = "") -> Response:
    """Keep what is being written, under whichever name its form has for it; answers with a word for below the field."""
    ask = asked(request)
    if naskah not in drafts.FORMS:
        return PlainTextResponse("", status_code=400)
    words = isi or keterangan or (alasan if naskah != "close" else "")  # Closing has a code for its reason, and words beside it.
    with ask.panel.database.write() as conn:
        drafts.save(conn, ask.panel.seal, ask.who.id, ask.case.id, naskah, words, ask.now)
    clock = f"{ask.now.astimezone(ask.panel.zone(ask.who)):%H.%M}"
    kept = ask.panel.pages.text(language_of(request), N_("Draf tersimpan {jam}")).format(jam=clock)
    return PlainTextResponse(kept if words.strip() else "")
