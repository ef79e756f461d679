"""What Twilio posts for WhatsApp, put into the hotline's words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hotline.messages import WHATSAPP, Incoming, Kind, Media, Place

_MOST_MEDIA = 10
"""Twilio's own limit of files in one message."""
_NUL = "\0"
"""PostgreSQL keeps none in a text."""


class FormMalformed(Exception):
    """A field that every call of this kind carries is missing, or holds what no identifier does."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one of our messages; a status we do not know is kept as it is."""

    provider_id: str
    status: str
    error: str


def incoming(form: Mapping[str, str], region: str, now: datetime) -> Incoming:
    """The message a person sent. Source: Twilio "webhook request" parameters; `From` may be `whatsapp:ID...` without a number.

    ListId and ListTitle are not in Twilio's table; third parties read them, so they are read too. Raises FormMalformed.
    """
    sender, message_id = form.get("From"), form.get("MessageSid")
    if not sender or not message_id or _NUL in sender + message_id:
        raise FormMalformed(FormMalformed.__doc__)
    kind, text, choice, media, place = _content(form)
    return Incoming(
        region=region,
        channel=WHATSAPP,
        sender=sender,
        message_id=message_id,
        received_at=now,
        kind=kind,
        text=text,
        choice=choice,
        media=media,
        place=place,
    )


def _content(form: Mapping[str, str]) -> tuple[Kind, str, str, tuple[Media, ...], Place | None]:
    body = form.get("Body", "")
    choice = form.get("ButtonPayload") or form.get("ListId")
    if choice:
        return Kind.CHOICE, form.get("ButtonText") or form.get("ListTitle") or body, choice, (), None
    if form.get("NumMedia", "0") != "0" and (media := _media(form)):
        return Kind.MEDIA, body, "", media, None
    if "Latitude" in form and (place := _place(form)):
        return Kind.PLACE, body, "", (), place
    return (Kind.TEXT if body else Kind.OTHER), body, "", (), None


def _media(form: Mapping[str, str]) -> tuple[Media, ...]:
    count = form["NumMedia"]
    if not (count.isascii() and count.isdigit() and len(count) < 6):
        return ()
    return tuple(
        Media(reference=url, content_type=form.get(f"MediaContentType{i}", ""))
        for i in range(min(int(count), _MOST_MEDIA))
        if (url := form.get(f"MediaUrl{i}"))
    )


def _place(form: Mapping[str, str]) -> Place | None:
    try:
        place = Place(latitude=float(form["Latitude"]), longitude=float(form["Longitude"]))
    except (KeyError, ValueError):
        return None
    on_earth = math.isfinite(place.latitude) and abs(place.latitude) <= 90 and abs(place.longitude) <= 180
    return place if on_earth else None


def receipt(form: Mapping[str, str]) -> Receipt:
    """A status callback; status and error number are cut to what the table holds. Raises FormMalformed."""
    provider_id, status = form.get("MessageSid"), form.get("MessageStatus")
    error = form.get("ErrorCode", "")
    if not provider_id or not status or _NUL in provider_id + status + error:
        raise FormMalformed(FormMalformed.__doc__)
    return Receipt(provider_id[:80], status[:24], error[:16])
