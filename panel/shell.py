"""The panel put together: one FastAPI application, guarded as a whole, to be mounted at /panel."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import Depends, FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from hotline.desk import Desk
from hotline.engine.book import Book
from hotline.messages import TELEGRAM, WHATSAPP
from hotline.push import PushKey
from hotline.regions import Profile
from hotline.seal import Seal
from hotline.settings import Settings
from hotline.store.database import Database
from hotline.times import Clock, now
from panel import auth
from panel.cases import acts, case, conflicts, files, records, sheets, talk
from panel.context import Panel
from panel.duty import drill_report, drills, phones, push, roster
from panel.frame import errors, live
from panel.frame.headers import SecurityHeaders
from panel.frame.live import Hub
from panel.frame.pages import STATIC, Pages
from panel.guard import guard
from panel.office import accounts, intake, paces, poster, review, tally
from panel.queue import clocks, lanes, letters

_PARTS = (
    auth,
    lanes,
    case,
    acts,
    talk,
    records,
    clocks,
    paces,
    files,
    letters,
    live,
    accounts,
    roster,
    phones,
    poster,
    push,
    drill_report,
    drills,
    review,
    intake,
    conflicts,
    tally,
    sheets,
)
BODY_BYTES = 256 * 1024


def app(
    *,
    database: Database,
    seal: Seal,
    profiles: Mapping[str, Profile],
    books: Mapping[str, Book],
    settings: Settings,
    clock: Clock = now,
    closing: Callable[[], bool] = lambda: False,
) -> FastAPI:
    """The panel over this database, for the operators of these regions. `closing` tells that the process is about to stop."""
    made = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(guard)],
        max_body_size=BODY_BYTES,
        telemetry={"tracing": False, "metrics": False},
    )
    secure = settings.public_url.startswith("https://")
    desks = {region: Desk(profiles[region], books[region]) for region in profiles}
    made.state.panel = Panel(
        database=database,
        seal=seal,
        desks=desks,
        clock=clock,
        secure=secure,
        pages=Pages(),
        hub=Hub(database, clock, closing),
        ways={region: _ways(settings, region) for region in profiles},
        push_key=PushKey(settings.push_key).public if settings.push_key else "",
    )
    for part in _PARTS:
        made.include_router(part.router)
    # Compressed apart from the pages: a page holds the form token, whose length must not leak with what else is in it.
    made.mount("/static", GZipMiddleware(StaticFiles(directory=STATIC), minimum_size=500), name="static")
    made.add_middleware(SecurityHeaders, secure=secure)
    errors.install(made)
    return made


def _ways(settings: Settings, region: str) -> dict[str, str]:
    ways = {}
    if settings.telegram_username:
        ways[TELEGRAM] = f"https://t.me/{settings.telegram_username}?text={{text}}"
    if number := settings.senders.get(region, ""):
        ways[WHATSAPP] = f"https://wa.me/{number.partition('+')[2]}?text={{text}}"
    return ways
