"""The way in: a provider's call goes straight to its door, past the middlewares that pages need; all else to the application."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send


class Front:
    """Knows each door by its whole path, for every region served. What it does not know is the application's, to refuse as well."""

    def __init__(self, doors: Iterable[BaseRoute], regions: Iterable[str], rest: ASGIApp) -> None:
        self._rest = rest
        self._doors = {
            door.path.format(region=region): (door.endpoint, {"region": region})
            for door in doors
            if isinstance(door, Route)
            for region in regions
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        door = self._doors.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "POST" else None
        if door is None:
            await self._rest(scope, receive, send)
        else:
            scope["path_params"] = door[1]
            await door[0](scope, receive, send)
