"""Refusals and failures as pages in the reader's language."""

from __future__ import annotations

import math
import re
from collections.abc import Awaitable, Callable
from urllib.parse import quote, urlsplit

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from hotline.store.throttle import TooManyTries
from panel import guard
from panel.frame.pages import page
from panel.words.refusals import BROKEN, FORBIDDEN, MISSING, PAGES, SLOWED, UNREADABLE, Said

_log = structlog.get_logger(__name__)


def told(request: Request, said: Said, **headers: str) -> Response:
    """The page of a failure. It needs no database, so that it can tell of its absence."""
    answer = page(request, "frame/error.html", said.status, said=said, bare=True)
    answer.headers.update(headers)
    return answer


def to_sign_in(request: Request) -> Response:
    """To the sign-in page and back here afterwards; a fragment's request sends the whole page there."""
    root = request.scope.get("root_path", "")
    path = _open_page(request) if "hx-request" in request.headers else request.scope["path"]
    if request.method != "GET" and "hx-request" not in request.headers:
        # Where an act was sent nothing can be looked at; the case that it was about can.
        case = re.match(rf"{re.escape(root)}/kasus/\d+(?=/)", path, re.ASCII)
        path = case[0] if case else ""
    back = path if path.startswith(f"{root}/") else ""
    return _sent(request, f"{root}/masuk" + (f"?lanjut={quote(back)}" if back not in ("", f"{root}/") else ""))


def _open_page(request: Request) -> str:
    """Where the browser stands while a part of its page asks; empty when it does not say so readably."""
    try:
        return urlsplit(request.headers.get("hx-current-url", "")).path
    except ValueError:
        return ""


def _sent(request: Request, address: str) -> Response:
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": address})
    return RedirectResponse(address, status_code=303)


def _handler(said: Said) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, _error: Exception) -> Response:
        return told(request, said)

    return answer


async def _not_signed_in(request: Request, _error: Exception) -> Response:
    return to_sign_in(request)


async def _must_change(request: Request, _error: Exception) -> Response:
    return _sent(request, f"{request.scope.get('root_path', '')}/sandi")


async def _slowed(request: Request, error: Exception) -> Response:
    assert isinstance(error, TooManyTries)
    seconds = max(1, math.ceil(error.wait.total_seconds()))
    if hasattr(request.state, "asked"):
        return told(request, SLOWED, **{"Retry-After": str(seconds)})
    tried = {"back": getattr(request.state, "back", ""), "name": getattr(request.state, "name", "")}
    answer = page(request, "sign_in.html", 429, problem="slowed", seconds=seconds, **tried)
    answer.headers["Retry-After"] = str(seconds)
    return answer


async def _by_status(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405 and request.method == "GET":
        # The address of an act, loaded anew or kept as a bookmark: the page it was done on is meant.
        return RedirectResponse("/" + request.scope["path"].rpartition("/")[0].lstrip("/"), status_code=303)
    known = {403: FORBIDDEN, 404: MISSING, 405: MISSING}.get(error.status_code, UNREADABLE)
    return told(request, Said(error.status_code, known.title, known.cure))


async def _unforeseen(request: Request, error: Exception) -> Response:
    # Type only: the message may quote what a person wrote.
    _log.error("panel failed", error=type(error).__name__, path_of=getattr(request.scope.get("route"), "path", ""))
    return told(request, BROKEN)


def install(app: FastAPI) -> None:
    """Every failure the panel can meet has its page."""
    for kind, said in PAGES.items():
        app.add_exception_handler(kind, _handler(said))
    app.add_exception_handler(guard.NotSignedIn, _not_signed_in)
    app.add_exception_handler(guard.MustChangePassword, _must_change)
    app.add_exception_handler(TooManyTries, _slowed)
    app.add_exception_handler(HTTPException, _by_status)
    app.add_exception_handler(Exception, _unforeseen)
