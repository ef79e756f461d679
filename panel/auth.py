"""Signing in and out, the forced first password, one's own sessions and language."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from hotline import passwords
from hotline.store import audit, operators, sign_ins, throttle
from panel import guard, known
from panel.context import Panel, asked, panel_of
from panel.frame.pages import LANGUAGE_COOKIE, page
from panel.guard import OPEN, OWN_ACCOUNT, SIGNED_IN, allow
from panel.words import LANGUAGES
from panel.words.refusals import PASSWORDS

router = APIRouter()
Text = Annotated[str, Form(max_length=500)]
_YEAR = 365 * 86400


@router.get("/masuk")
@allow(OPEN)
def sign_in_page(request: Request, lanjut: str = "", bahasa: str = "") -> Response:
    """The form; `lanjut` is the page to go on to, `bahasa` a language to remember."""
    answer = page(request, "sign_in.html", back=_inside(request, lanjut), name="", problem="", seconds=0)
    if bahasa in LANGUAGES:
        answer.set_cookie(
            LANGUAGE_COOKIE,
            bahasa,
            max_age=_YEAR,
            path=_root(request) or "/",
            httponly=True,
            samesite="strict",
            secure=panel_of(request).secure,
        )
    return answer


@router.post("/masuk")
@allow(OPEN)
async def sign_in(request: Request, nama: Text, sandi: Text, lanjut: Text = "") -> Response:
    """The same answer, after the same time, for a wrong name and a wrong password; slowed after some tries."""
    panel, back = panel_of(request), _inside(request, lanjut)
    request.state.back, request.state.name = back, nama  # For the page of whoever is slowed down.
    place = _from(request, nama)
    async with panel.hashing:
        token = await panel.in_time(_try, panel, nama, sandi, place, guard.token(request, panel.secure))
    if token is None:
        return await run_in_threadpool(page, request, "sign_in.html", 401, back=back, name=nama, problem="wrong", seconds=0)
    answer = _signed_in(request, RedirectResponse(back or f"{_root(request)}/", status_code=303), token)
    known.remember(request, answer, nama, place.browser)
    return answer


class _From(NamedTuple):
    """Where a try comes from: the address, and the mark of a browser that is known to this operator."""

    address: str
    browser: str


def _from(request: Request, name: str) -> _From:
    return _From(request.client.host if request.client else "", known.of(request, name))


def _try(panel: Panel, name: str, password: str, place: _From, old: str) -> str | None:
    now = panel.clock()
    with panel.database.read() as conn:
        throttle.check(conn, panel.seal, name, place.address, now, place.browser)
        row = operators.find(conn, name)
    right = passwords.matches(row.password_hash if row else None, password) and row is not None and row.region in panel.desks
    with panel.database.write() as conn:
        if row is None or not right:
            throttle.failed(conn, panel.seal, name, place.address, now, place.browser)
            if row is not None:
                audit.record(conn, panel.seal, region=row.region, action="sign_in.refused", now=now, operator_id=row.id)
            return None
        throttle.succeeded(conn, panel.seal, name, place.browser)
        if old:
            sign_ins.leave(conn, sign_ins.digest(old))
        token = sign_ins.begin(conn, row.id, now)
        audit.record(conn, panel.seal, region=row.region, action="sign_in", now=now, operator_id=row.id)
        return token


@router.post("/keluar")
@allow(OWN_ACCOUNT)
def sign_out(request: Request) -> Response:
    """End this session; the cookie is worth nothing from now on."""
    ask = asked(request)
    with ask.panel.database.write() as conn:
        sign_ins.end(conn, ask.who.id, ask.session.digest)
        audit.record(conn, ask.panel.seal, region=ask.who.region, action="sign_out", now=ask.now, operator_id=ask.who.id)
    answer = RedirectResponse(f"{_root(request)}/masuk", status_code=303)
    answer.delete_cookie(_cookie(ask.panel), path=_root(request) or "/")
    return answer


@router.get("/sandi")
@allow(OWN_ACCOUNT)
def password_page(request: Request) -> Response:
    """Choose a password: forced at the first sign-in, free afterwards."""
    return page(request, "password.html", problem="", first=asked(request).session.must_change)


@router.post("/sandi")
@allow(OWN_ACCOUNT)
async def change_password(request: Request, lama: Text, baru: Text, ulang: Text) -> Response:
    """Every session of the operator ends, and this browser gets a new one."""
    ask = asked(request)
    async with ask.panel.hashing:
        problem, token = await run_in_threadpool(_change, request, lama, baru, ulang)
    if problem:
        return await run_in_threadpool(page, request, "password.html", 400, problem=problem, first=ask.session.must_change)
    return _signed_in(request, RedirectResponse(f"{_root(request)}/", status_code=303), token)


def _change(request: Request, old: str, new: str, again: str) -> tuple[str, str]:
    ask = asked(request)
    panel, who, now = ask.panel, ask.who, ask.now
    place = _from(request, who.name)
    with panel.database.read() as conn:
        throttle.check(conn, panel.seal, who.name, place.address, now, place.browser)
        row = operators.find(conn, who.name)
    if row is None or not passwords.matches(row.password_hash, old):
        with panel.database.write() as conn:
            throttle.failed(conn, panel.seal, who.name, place.address, now, place.browser)
        return "wrong", ""
    if new != again:
        return "differ", ""
    try:
        passwords.check(new, who.name)
        if new == old:
            raise passwords.PasswordUnchanged(passwords.PasswordUnchanged.__doc__)
    except tuple(PASSWORDS) as error:
        return PASSWORDS[type(error)], ""
    chosen = passwords.hashed(new)
    with panel.database.write() as conn:
        operators.set_password(conn, who.id, chosen)
        token = sign_ins.begin(conn, who.id, now)
        audit.record(conn, panel.seal, region=who.region, action="password.change", now=now, operator_id=who.id)
    return "", token


@router.get("/sesi")
@allow(SIGNED_IN)
def sessions_page(request: Request) -> Response:
    """My running sessions."""
    ask = asked(request)
    with ask.panel.database.read() as conn:
        running = sign_ins.sessions(conn, ask.who.id, ask.now)
    return page(request, "sessions.html", running=running, mine=ask.session.digest)


@router.post("/sesi/akhiri")
@allow(SIGNED_IN)
def end_session(request: Request, sesi: Text = "") -> Response:
    """End one of my sessions by its digest, or all others when none is named."""
    ask = asked(request)
    with ask.panel.database.write() as conn:
        if sesi:
            sign_ins.end(conn, ask.who.id, _digest(sesi))
        else:
            sign_ins.end_all(conn, ask.who.id, keep=ask.session.digest)
        audit.record(conn, ask.panel.seal, region=ask.who.region, action="session.end", now=ask.now, operator_id=ask.who.id)
    return RedirectResponse(f"{_root(request)}/sesi", status_code=303)


def _digest(written: str) -> bytes:
    try:
        return bytes.fromhex(written)
    except ValueError:
        return b""


@router.post("/bahasa")
@allow(OWN_ACCOUNT)
def change_language(request: Request, bahasa: Text, kembali: Text = "") -> Response:
    """The language of my pages, kept with my account."""
    ask = asked(request)
    if bahasa in LANGUAGES:
        with ask.panel.database.write() as conn:
            operators.set_language(conn, ask.who.id, bahasa)
    return RedirectResponse(_inside(request, kembali) or f"{_root(request)}/", status_code=303)


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", ""))


def _inside(request: Request, address: str) -> str:
    """The address if it is a page of this panel, else nothing: a link may not send an operator elsewhere."""
    inside = address.startswith(f"{_root(request)}/") and not address.startswith("//") and "\\" not in address and address.isprintable()
    return address if inside else ""


def _cookie(panel: Panel) -> str:
    return guard.SECURE_COOKIE if panel.secure else guard.COOKIE


def _signed_in(request: Request, answer: Response, token: str) -> Response:
    panel = panel_of(request)
    answer.set_cookie(
        _cookie(panel),
        token,
        path=_root(request) or "/",
        httponly=True,
        samesite="strict",
        secure=panel.secure,
        max_age=int(sign_ins.LASTS.total_seconds()),
    )
    return answer
