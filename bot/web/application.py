"""The one web application: doors for the providers, health, the panel, and the simulator where it is switched on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from fastapi import FastAPI
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

import panel
from bot.processes.parts import Parts
from bot.web.front import Front
from hotline.settings import Settings
from hotline.store import figures, leases, outages, paces, readiness, receipts
from webhooks import health, telegram, whatsapp
from webhooks.counts import Counts
from webhooks.update import Tap

STALE_BEAT = timedelta(seconds=45)
"""When nobody sends or keeps the clock for this long, the service is not ready."""


def application(parts: Parts, tapped: Callable[[Tap], None] | None = None) -> Front:
    """A FastAPI application whose hot doors are plain routes: no decorator and no dependency solving on the way of a message."""
    doors = _doors(parts, tapped)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, telemetry={"tracing": False, "metrics": False})
    routes = app.router.routes
    routes[:0] = [*doors, *_health(parts), *_simulator(parts), Route("/", _to_panel, methods=["GET"])]
    routes.append(
        Mount(
            "/panel",
            panel.app(
                database=parts.database,
                seal=parts.seal,
                profiles={slug: desk.profile for slug, desk in parts.desks.items()},
                books={slug: desk.book for slug, desk in parts.desks.items()},
                settings=parts.settings,
                clock=parts.clock,
                closing=lambda: parts.closing,
            ),
        )
    )
    return Front(doors, parts.settings.regions, behind_proxies(app, parts.settings))


def behind_proxies(app: ASGIApp, settings: Settings) -> ASGIApp:
    """The application with the people's own addresses, as far as a trusted proxy names them."""
    return ProxyHeadersMiddleware(app, settings.trusted_proxies)


async def _to_panel(_request: Request) -> RedirectResponse:
    return RedirectResponse("/panel/")


_counts = Counts()


def _doors(parts: Parts, tapped: Callable[[Tap], None] | None) -> list[BaseRoute]:
    async def receipt(channel: str, provider_id: str, status: str, error: str, at: datetime) -> None:
        await parts.writer.do(lambda conn: receipts.take(conn, channel, provider_id, status, error, at))

    accept, settings, clock = parts.receiver.accept, parts.settings, parts.clock
    nod = {"tapped": tapped} if tapped is not None else {}
    return [
        *whatsapp.routes(accept=accept, receipt=receipt, settings=settings, counts=_counts, clock=clock),
        *telegram.routes(accept=accept, settings=settings, counts=_counts, clock=clock, **nod),
    ]


def _health(parts: Parts) -> list[BaseRoute]:
    def answers() -> bool:
        with parts.database.read() as conn:
            return conn.execute(text("SELECT count(*) FROM lease")).scalar() is not None and readiness.has_room(parts.database.url)

    def alive(kind: str) -> Callable[[], bool]:
        def beating() -> bool:
            with parts.database.read() as conn:
                heard = [at for process, at in leases.beats(conn).items() if process.startswith(kind + "/")]
            return any(parts.clock() - at < STALE_BEAT for at in heard)

        return beating

    def gauges() -> dict[str, float]:
        with parts.database.read() as conn:
            return {
                **figures.gauges(conn, parts.clock()),
                **outages.gauges(conn, parts.clock()),
                **paces.measure(conn, parts.desks, parts.clock()),
            }

    def heard() -> dict[str, object]:
        now = parts.clock()
        with parts.database.read() as conn:
            heard = outages.last_heard(conn)
            return {
                f"{part}_silent_seconds": round((now - heard[part]).total_seconds()) if part in heard else None for part in outages.PARTS
            }

    checks = {"database": answers, "worker": alive("worker"), "scheduler": alive("scheduler")}
    return health.routes(checks=checks, counts=_counts, gauges=gauges, detail=heard)


def _simulator(parts: Parts) -> list[BaseRoute]:
    if not parts.settings.simulator:
        return []
    from bot import simulator  # It shows messages as the providers' own code renders them, and so brings their libraries along.

    titles = {slug: desk.profile.facts["nama_netral"] for slug, desk in parts.desks.items()}
    return simulator.routes(
        accept=parts.receiver.accept,
        database=parts.database,
        seal=parts.seal,
        titles=titles,
        clock=parts.clock,
        closing=lambda: parts.closing,
    )
