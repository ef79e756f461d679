"""Is the process alive, is it of use, and its numbers: for a supervisor and for Prometheus, without a word or a name."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from webhooks.counts import Counts

T = TypeVar("T")
Check = Callable[[], bool]
"""Asks one thing (blocking is allowed: it runs in a thread); an exception counts as no."""
Gauges = Callable[[], Mapping[str, float]]
"""Numbers by metric name (letters, digits, `_`), labels in braces behind it where there are any."""
CHECK_SECONDS = 3.0
_METRICS = "text/plain; version=0.0.4; charset=utf-8"


Detail = Callable[[], Mapping[str, object]]
"""What /health/ready tells beside its answers: numbers, never words of people."""


def _none() -> Mapping[str, float]:
    return {}


def routes(*, checks: Mapping[str, Check], counts: Counts, gauges: Gauges = _none, detail: Detail = _none) -> list[BaseRoute]:
    """GET /health/live, /health/ready and /metrics. `checks` are named questions such as "database" and "heartbeat"."""
    health = Health(checks, counts, gauges, detail)
    return [
        Route("/health/live", health.live, methods=["GET"]),
        Route("/health/ready", health.ready, methods=["GET"]),
        Route("/metrics", health.metrics, methods=["GET"]),
    ]


class Health:
    """The three answers."""

    def __init__(self, checks: Mapping[str, Check], counts: Counts, gauges: Gauges, detail: Detail) -> None:
        self._checks, self._counts, self._gauges, self._detail = checks, counts, gauges, detail

    async def live(self, _request: Request) -> Response:
        """200 as long as the event loop turns."""
        return PlainTextResponse("ok\n")

    async def ready(self, _request: Request) -> Response:
        """200 when every check says yes, else 503; the body names each with its answer."""
        answers = await asyncio.gather(*(_ask(check) for check in self._checks.values()))
        detail, _ = await _measure(self._detail)
        body = {**dict(zip(self._checks, answers, strict=True)), **detail}
        return JSONResponse(body, 200 if all(answers) else 503, {"cache-control": "no-store"})

    async def metrics(self, _request: Request) -> Response:
        """Counters of this process, and the gauges when the database answers."""
        gauges, reached = await _measure(self._gauges)
        lines = [*self._counts.lines(), *_gauge("teduh_gauges_read", 1 if reached else 0)]
        typed: set[str] = set()
        for name, value in sorted(gauges.items()):
            family = name.partition("{")[0]
            lines += _gauge(name, value) if family not in typed else [f"{name} {value}"]
            typed.add(family)
        return Response("\n".join(lines) + "\n", media_type=_METRICS)


def _gauge(name: str, value: float) -> list[str]:
    return [f"# TYPE {name.partition('{')[0]} gauge", f"{name} {value}"]


async def _ask(check: Check) -> bool:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return bool(await asyncio.to_thread(check))
    except Exception:
        # Whatever went wrong, the answer to "is it of use" is no; the reason is in the log of whoever failed.
        return False


async def _measure(gauges: Callable[[], Mapping[str, T]]) -> tuple[Mapping[str, T], bool]:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await asyncio.to_thread(gauges), True
    except Exception:
        # A scrape must not fail with the database: the counters are what tells that it is away.
        return {}, False
