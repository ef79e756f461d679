"""Telegram's webhook: the door for updates, behind the secret that Telegram sends back in a header."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from hotline.messages import TELEGRAM, Incoming
from hotline.settings import Settings
from hotline.store.database import DatabaseUnavailable
from hotline.times import Clock
from hotline.times import now as real_time
from webhooks import wire
from webhooks.counts import Counts
from webhooks.update import Tap, UpdateMalformed, read

Accept = Callable[[Incoming], Awaitable[bool]]
"""`hotline.receive.Receiver.accept`: durable when it returns, False for a redelivery."""
Tapped = Callable[[Tap], None]
"""Told of a tap once it is durable; must return at once and never raise (`bot.telegram.TelegramSender.tapped`)."""


def _no_nod(_tap: Tap) -> None:
    """Nobody to tell."""


def routes(
    *,
    accept: Accept,
    settings: Settings,
    tapped: Tapped = _no_nod,
    counts: Counts | None = None,
    clock: Clock = real_time,
) -> list[BaseRoute]:
    """POST /webhooks/telegram/{region}. Without a secret no call can be verified, so there is no route."""
    if not settings.telegram_webhook_secret:
        return []
    door = SecretDoor(accept, tapped, settings.telegram_webhook_secret, settings.regions, counts if counts is not None else Counts(), clock)
    return [Route("/webhooks/telegram/{region}", door, methods=["POST"], name="telegram")]


class SecretDoor:
    """An ASGI endpoint that takes an update once its secret holds. Its answers: 200, 400, 403, 404, 413, 503."""

    def __init__(self, accept: Accept, tapped: Tapped, secret: str, regions: Collection[str], counts: Counts, clock: Clock) -> None:
        self._accept, self._tapped, self._secret = accept, tapped, secret.encode()
        self._regions, self._counts, self._clock = frozenset(regions), counts, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            outcome, answer = await self._answer(scope, receive)
        except wire.ClientGone:
            return
        self._counts.add(TELEGRAM, outcome)
        await answer(send)

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[str, wire.Answer]:
        region = scope["path_params"]["region"]
        if region not in self._regions:
            return "404", wire.NOT_FOUND
        headers = dict(scope["headers"])
        if not hmac.compare_digest(headers.get(b"x-telegram-bot-api-secret-token", b""), self._secret):
            return "403", wire.FORBIDDEN
        try:
            update = parse(await wire.read_body(headers, receive))
            return await self._take(update, region)
        except wire.BodyTooLarge:
            return "413", wire.TOO_LARGE
        except UpdateMalformed:
            return "400", wire.MALFORMED
        except DatabaseUnavailable:
            return "503", wire.UNAVAILABLE

    async def _take(self, update: Any, region: str) -> tuple[str, wire.Answer]:
        said = read(update, region, self._clock())
        if said.incoming is None:
            return "ignored", wire.EMPTY
        taken = await self._accept(said.incoming)
        if said.tap is not None:
            self._tapped(said.tap)
        return "taken" if taken else "again", wire.EMPTY


def parse(body: bytes) -> Any:
    """The JSON of one body; raises UpdateMalformed for anything that is none (also one nested too deep, or a number too long)."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise UpdateMalformed(UpdateMalformed.__doc__) from None
