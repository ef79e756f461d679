"""The simulator's one page: its words by gettext, its headers strict."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.speech import catalogue_or_source
from hotline.i18n import SOURCE, available

HERE = Path(__file__).parent
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
NAMES = {"id": "Bahasa Indonesia", "en": "English"}
"""The languages that the page itself speaks, as they call themselves; the chat has its own."""


@cache
def _pages(language: str) -> Environment:
    pages = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    pages.install_gettext_translations(catalogue_or_source(language), newstyle=True)  # type: ignore[attr-defined]
    return pages


def render(request: Request, titles: Mapping[str, str]) -> Response:
    """The page for the phones of these regions (slug to the service's name)."""
    names = {language: name for language, name in NAMES.items() if language in available()}
    asked = request.query_params.get("lang", SOURCE)
    language = asked if asked in names else SOURCE
    html = _pages(language).get_template("simulator.html").render(language=language, names=names, titles=dict(titles))
    return HTMLResponse(html, headers=HEADERS)


class SecureHeaders:
    """Puts the page's headers on what another application answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, headed)
