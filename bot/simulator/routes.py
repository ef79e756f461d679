"""The simulator's page and its few endpoints, under /simulator; they exist only when the settings ask for them."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.simulator.entries import EntryInvalid, incoming
from bot.simulator.page import HERE, SecureHeaders, render
from bot.simulator.phone import CHANNELS, NoSuchPhone, Phone, phone
from bot.simulator.stream import Look, events
from hotline.messages import Incoming
from hotline.seal import Seal
from hotline.store import transcript
from hotline.store.database import Database, DatabaseUnavailable
from hotline.times import Clock, now

Accept = Callable[[Incoming], Awaitable[bool]]
MOST_BYTES = 1_000_000
MOST_PHONES = 12
_OFFERED_PHONES = 4


def routes(
    *,
    accept: Accept,
    database: Database,
    seal: Seal,
    titles: Mapping[str, str],
    clock: Clock = now,
    closing: Callable[[], bool] = lambda: False,
) -> list[BaseRoute]:
    """GET /simulator and its parts. `titles` names the service of each region served; `closing` tells open streams to end."""
    simulator = Simulator(accept, database, seal, titles, clock, closing)
    inner = [
        Route("/", simulator.page),
        Route("/events", simulator.events),
        Route("/phones", simulator.phones),
        Route("/phones/{id}/messages", simulator.history, methods=["GET"]),
        Route("/phones/{id}/messages", simulator.post, methods=["POST"]),
        Route("/phones/{id}/silence", simulator.silence, methods=["POST"]),
        Mount("/static", SecureHeaders(StaticFiles(directory=HERE / "static"))),
    ]
    return [Route("/simulator", simulator.page), Mount("/simulator", routes=inner)]


class Simulator:
    """The endpoints."""

    def __init__(
        self,
        accept: Accept,
        database: Database,
        seal: Seal,
        titles: Mapping[str, str],
        clock: Clock,
        closing: Callable[[], bool],
    ) -> None:
        self._accept, self._database, self._seal, self._titles, self._clock, self._closing = accept, database, seal, titles, clock, closing

    async def page(self, request: Request) -> Response:
        """The page; `?lang=en` for its own words in English."""
        return render(request, self._titles)

    async def phones(self, request: Request) -> Response:
        """The phones that wrote last, for a browser that has none: `[{id, app, region}]`."""

        def look() -> list[dict[str, str]]:
            with self._database.read() as conn:
                known = transcript.contacts(conn, self._seal, list(self._titles), list(CHANNELS.values()), _OFFERED_PHONES)
            found = [Phone(k.channel, k.region, k.sender) for k in known]
            return [{"id": p.id, "app": p.app, "region": p.region} for p in found]

        return JSONResponse(await self._in_thread(look))

    async def history(self, request: Request) -> Response:
        """Everything said on one phone, oldest first."""
        return JSONResponse(await self._in_thread(Look(self._database, self._seal, [self._phone(request.path_params["id"])])))

    async def events(self, request: Request) -> Response:
        """The past and then the news of `?phone=...` (several), as server-sent events."""
        asked = self._known(request.query_params.getlist("phone")[:MOST_PHONES])
        look = Look(self._database, self._seal, asked)

        async def gone() -> bool:
            return self._closing() or await request.is_disconnected()

        return StreamingResponse(events(look, gone), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def post(self, request: Request) -> Response:
        """A message of the phone's owner, durable when answered: `{worked}`, false for a redelivery."""
        owner = self._phone(request.path_params["id"])
        try:
            message = incoming(owner, await _json(request), self._clock())
        except EntryInvalid as error:
            raise HTTPException(400, EntryInvalid.__doc__) from error
        try:
            return JSONResponse({"worked": await self._accept(message)})
        except DatabaseUnavailable as error:
            raise HTTPException(503) from error

    async def silence(self, request: Request) -> Response:
        """As if the owner had said nothing for the profile's time: `{story}`, false when none is being told."""
        owner = self._phone(request.path_params["id"])
        await _json(request)

        def hasten() -> bool:
            with self._database.write() as conn:
                contact = transcript.contact_id(conn, self._seal, owner.region, owner.channel, owner.sender)
                return contact is not None and transcript.fall_quiet(conn, contact)

        return JSONResponse({"story": await self._in_thread(hasten)})

    def _known(self, identifiers: Sequence[str]) -> list[Phone]:
        """Those among them that exist: a browser may remember one of a region that is no longer served."""
        found = []
        for identifier in identifiers:
            with contextlib.suppress(NoSuchPhone):
                found.append(phone(identifier, self._titles))
        return found

    def _phone(self, identifier: str) -> Phone:
        try:
            return phone(identifier, self._titles)
        except NoSuchPhone as error:
            raise HTTPException(404) from error

    @staticmethod
    async def _in_thread(work: Callable[[], Any]) -> Any:
        try:
            return await asyncio.to_thread(work)
        except DatabaseUnavailable as error:
            raise HTTPException(503) from error


async def _json(request: Request) -> object:
    # JSON alone: another site's page cannot send that type here without asking first, and is never allowed.
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise HTTPException(415)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(413)
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400) from error
