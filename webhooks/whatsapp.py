"""WhatsApp through Twilio: the door for messages and the door for delivery receipts, both behind Twilio's signature."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime

from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from hotline.messages import WHATSAPP, Incoming
from hotline.settings import Settings
from hotline.store.database import DatabaseUnavailable
from hotline.times import Clock
from hotline.times import now as real_time
from webhooks import form, signature, twilio, wire
from webhooks.counts import Counts

MOST_FIELDS = 1000
"""Form fields in one body; Twilio sends about forty."""
_TAKEN = wire.Answer(200, "<Response/>", "text/xml")

Accept = Callable[[Incoming], Awaitable[bool]]
"""`hotline.receive.Receiver.accept`: durable when it returns, False for a redelivery."""
TakeReceipt = Callable[[str, str, str, str, datetime], Awaitable[None]]
"""(channel, provider id, status, error number, when): durable when it returns; the message's id may not be known yet."""
_Handle = Callable[[dict[str, str], str], Awaitable[None]]


def routes(
    *,
    accept: Accept,
    receipt: TakeReceipt,
    settings: Settings,
    counts: Counts | None = None,
    clock: Clock = real_time,
) -> list[BaseRoute]:
    """POST /webhooks/whatsapp/{region} and .../status. Without an auth token no call can be verified, so there is no route."""
    if not settings.twilio_auth_token:
        return []
    counts = counts if counts is not None else Counts()
    ours = frozenset(settings.senders.values())

    async def message(said: dict[str, str], region: str) -> None:
        if said.get("From") in ours and "MessageStatus" in said:
            # What became of our own message, told at the wrong address: whoever answered would talk with themselves.
            await status(said, region)
            return
        taken = await accept(twilio.incoming(said, region, clock()))
        counts.add(WHATSAPP, "taken" if taken else "again")

    async def status(said: dict[str, str], region: str) -> None:
        told = twilio.receipt(said)
        await receipt(WHATSAPP, told.provider_id, told.status, told.error, clock())
        counts.add(WHATSAPP, "receipt")

    def door(handle: _Handle) -> SignedForm:
        return SignedForm(handle, settings.twilio_auth_token, settings.public_url, settings.regions, counts)

    return [
        Route("/webhooks/whatsapp/{region}", door(message), methods=["POST"], name="whatsapp"),
        Route("/webhooks/whatsapp/{region}/status", door(status), methods=["POST"], name="whatsapp-status"),
    ]


class SignedForm:
    """An ASGI endpoint that hands on a form once its signature holds. Its answers: 200, 400, 403, 404, 413, 503."""

    def __init__(self, handle: _Handle, token: str, public_url: str, regions: Collection[str], counts: Counts) -> None:
        self._handle = handle
        self._token = token.encode()
        # The Host header is the caller's word; and Twilio leaves a #fragment (its retry settings) out of what it signs.
        self._base = public_url.partition("#")[0].rstrip("/")
        self._regions = frozenset(regions)
        self._counts = counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            answer = await self._answer(scope, receive)
        except wire.ClientGone:
            return
        if answer is not _TAKEN:
            self._counts.add(WHATSAPP, str(answer.status))
        await answer(send)

    async def _answer(self, scope: Scope, receive: Receive) -> wire.Answer:
        region = scope["path_params"]["region"]
        if region not in self._regions:
            return wire.NOT_FOUND
        headers = dict(scope["headers"])
        try:
            body = await wire.read_body(headers, receive)
            fields = form.fields(body, MOST_FIELDS)
        except wire.BodyTooLarge:
            return wire.TOO_LARGE
        except ValueError:
            return wire.MALFORMED
        if not self._signed(scope, headers, fields):
            return wire.FORBIDDEN
        try:
            await self._handle(dict(fields), region)
        except twilio.FormMalformed:
            return wire.MALFORMED
        except DatabaseUnavailable:
            return wire.UNAVAILABLE
        return _TAKEN

    def _signed(self, scope: Scope, headers: dict[bytes, bytes], fields: list[tuple[str, str]]) -> bool:
        url = self._base + scope["path"]
        if query := scope["query_string"]:
            url += "?" + query.decode("latin-1")
        settings = headers.get(b"x-twilio-webhooks-signature-settings", b"").decode("latin-1")
        return signature.valid(self._token, url, fields, headers.get(b"x-twilio-signature", b""), settings)
