"""The accounts of the region: add, change, disable and enable, give a new one-time password. No case is named here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from hotline import passwords
from hotline.office import accounts
from hotline.store import accounts as rows
from hotline.store import audit, operators
from panel.context import Asked, asked
from panel.frame.pages import page
from panel.guard import KEEP_ACCOUNTS, allow
from panel.numbers import PathId
from panel.words.notices import ACCOUNT_NOTICES, notice_of
from panel.words.refusals import Said

router = APIRouter(prefix="/akun")
Text = Annotated[str, Form(max_length=200)]
_Verb = Callable[[Connection, Asked], object]
_HISTORY = 20


@router.get("")
@allow(KEEP_ACCOUNTS)
def accounts_page(request: Request) -> Response:
    """All accounts of the region, and what was last changed."""
    return _page(request)


@router.post("")
@allow(KEEP_ACCOUNTS)
async def add(request: Request, nama: Text = "", tampil: Text = "", peran: Text = "") -> Response:
    """A new account; its one-time password is on the answer and nowhere else."""

    def verb(conn: Connection, a: Asked, hashed: str) -> str:
        accounts.add(
            conn,
            a.panel.seal,
            a.who,
            a.panel.desk(a.who).profile,
            name=nama,
            display_name=tampil,
            role=peran,
            password_hash=hashed,
            now=a.now,
        )
        return nama.strip().lower()

    return await _with_password(request, verb, {"nama": nama, "tampil": tampil, "peran": peran})


@router.post("/{account}/sandi")
@allow(KEEP_ACCOUNTS)
async def reset(request: Request, account: PathId) -> Response:
    """A new one-time password for somebody who lost theirs."""

    def verb(conn: Connection, a: Asked, hashed: str) -> str:
        return accounts.reset(conn, a.panel.seal, a.who, account, password_hash=hashed, now=a.now)

    return await _with_password(request, verb, {})


@router.post("/{account}/ubah")
@allow(KEEP_ACCOUNTS)
def change(request: Request, account: PathId, tampil: Text = "", peran: Text = "") -> Response:
    """Another name for colleagues, another role."""
    return _do(
        request,
        lambda conn, a: accounts.change(
            conn, a.panel.seal, a.who, a.panel.desk(a.who).profile, account, display_name=tampil, role=peran, now=a.now
        ),
    )


@router.post("/{account}/nonaktif")
@allow(KEEP_ACCOUNTS)
def disable(request: Request, account: PathId) -> Response:
    """May no longer sign in."""
    return _do(request, lambda conn, a: accounts.disable(conn, a.panel.seal, a.who, a.panel.desk(a.who).profile, account, now=a.now))


@router.post("/{account}/aktif")
@allow(KEEP_ACCOUNTS)
def enable(request: Request, account: PathId) -> Response:
    """May sign in again."""
    return _do(request, lambda conn, a: accounts.enable(conn, a.panel.seal, a.who, account, now=a.now))


def _do(request: Request, verb: _Verb) -> Response:
    ask = asked(request)
    try:
        with ask.panel.database.write() as conn:
            verb(conn, ask)
    except tuple(ACCOUNT_NOTICES) as refused:
        return _page(request, said=notice_of(ACCOUNT_NOTICES, refused))
    return RedirectResponse(f"{request.scope.get('root_path', '')}/akun", status_code=303)


async def _with_password(request: Request, verb: Callable[[Connection, Asked, str], str], kept: Mapping[str, str]) -> Response:
    ask, password = asked(request), passwords.one_time()
    async with ask.panel.hashing:
        # Hashed before the transaction: it takes a tenth of a second, in which nobody else could write.
        hashed = await run_in_threadpool(passwords.hashed, password)

    def write() -> Response:
        try:
            with ask.panel.database.write() as conn:
                name = verb(conn, ask, hashed)
        except tuple(ACCOUNT_NOTICES) as refused:
            return _page(request, said=notice_of(ACCOUNT_NOTICES, refused), kept=kept)
        return _page(request, made=(name, password))

    return await run_in_threadpool(write)


def _page(
    request: Request, *, said: Said | None = None, made: tuple[str, str] | None = None, kept: Mapping[str, str] | None = None
) -> Response:
    ask = asked(request)
    profile = ask.panel.desk(ask.who).profile
    with ask.panel.database.read() as conn:
        found = rows.accounts(conn, ask.who.region)
        history = audit.latest(conn, ask.panel.seal, ask.who.region, accounts.ACTIONS, _HISTORY)
        names = operators.names(conn, {entry.operator_id for entry in history if entry.operator_id is not None})
    return page(
        request,
        "office/accounts.html",
        said.status if said else 200,
        found=found,
        history=history,
        names=names,
        roles=accounts.offered(profile),
        titles={part.code: part.name for part in profile.roles},
        said=said,
        made=made,
        kept=kept or {},
    )
