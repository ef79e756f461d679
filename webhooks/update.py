"""What Telegram calls an update, put into the hotline's words straight from its JSON; python-telegram-bot's parser is the tests' oracle."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hotline.messages import TELEGRAM, Incoming, Kind, Media, Place, storable

KINDS = ("message", "edited_message", "callback_query")
"""The updates we ask Telegram for; any other is ignored."""
_NOT_SAID = frozenset(
    {
        "pinned_message",
        "message_auto_delete_timer_changed",
        "successful_payment",
        "refunded_payment",
        "users_shared",
        "chat_shared",
        "write_access_allowed",
        "connected_website",
        "proximity_alert_triggered",
        "chat_background_set",
        "giveaway_created",
        "giveaway_winners",
    }
)
"""Notes of the messenger itself inside a private chat: nobody said them, nobody waits for an answer."""
_LARGEST = 1 << 63
_FILES = {
    "voice": "audio/ogg",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "video_note": "video/mp4",
    "animation": "video/mp4",
    "document": "application/octet-stream",
}


class UpdateMalformed(Exception):
    """The body is not an update: no JSON object with a number of its own."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A tapped button: Telegram waits for our nod (`callback_id`), and the question it stood under can now show what was chosen."""

    callback_id: str
    chat_id: int
    message_id: int | None
    text: str
    """The question's text; empty when Telegram no longer has it."""
    label: str


@dataclass(frozen=True, slots=True)
class Read:
    """One update, read: what was said (None: nothing we answer) and the tap it was said with."""

    update_id: int
    incoming: Incoming | None = None
    tap: Tap | None = None


def read(update: Any, region: str, now: datetime) -> Read:
    """Read one update. Groups, channels and unknown kinds say nothing; raises UpdateMalformed when it has no update_id.

    Source: Telegram Bot API, "Update". An edited text comes as an addition; its own update_id keeps it apart from the first. Of a message
    that a person deletes Telegram tells a bot nothing.
    """
    update_id = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(update_id, int) or isinstance(update_id, bool):
        raise UpdateMalformed(UpdateMalformed.__doc__)
    try:
        if message := update.get("message"):
            return Read(update_id, _said(message, update_id, region, now))
        if query := update.get("callback_query"):
            return _tapped(query, update_id, region, now)
        if edited := update.get("edited_message"):
            return Read(update_id, _edited(edited, update_id, region, now))
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        return Read(update_id)
    return Read(update_id)


def _edited(message: Mapping[str, Any], update_id: int, region: str, now: datetime) -> Incoming | None:
    """Words or a file that stand there now. A shared live location is edited every few seconds: that says nothing anew."""
    kind, words, _, _ = _content(message)
    if kind is not Kind.TEXT and kind is not Kind.MEDIA and not words:
        return None
    said = _said(message if kind is Kind.MEDIA else message | {"text": words}, update_id, region, now)
    return replace(said, edited=True) if said is not None else None


def _said(message: Mapping[str, Any], update_id: int, region: str, now: datetime) -> Incoming | None:
    chat = message["chat"]
    if chat["type"] != "private":
        return None
    kind, text, media, place = _content(message)
    if kind is None:
        return None
    return Incoming(
        region=region,
        channel=TELEGRAM,
        sender=f"{chat['id']:d}",
        message_id=f"{region}/{update_id}",
        received_at=now,
        kind=kind,
        text=storable(text),
        media=media,
        place=place,
        chat_message=_number(message.get("message_id")),
    )


def _number(value: Any) -> str:
    return str(value) if isinstance(value, int) and 0 <= value < _LARGEST else ""


def _content(message: Mapping[str, Any]) -> tuple[Kind | None, str, tuple[Media, ...], Place | None]:
    if text := message.get("text"):
        return Kind.TEXT, text, (), None
    caption = message.get("caption", "")
    if place := _place(message.get("location")):
        return Kind.PLACE, caption, (), place
    if media := _media(message):
        return Kind.MEDIA, caption, media, None
    return (None if _NOT_SAID & message.keys() else Kind.OTHER), caption, (), None


def _media(message: Mapping[str, Any]) -> tuple[Media, ...]:
    if photo := message.get("photo"):
        return (_file(photo[-1], "image/jpeg"),)
    # An animation comes with a `document` beside it for old clients: the first key found is the one that tells most.
    for name, usual_type in _FILES.items():
        if file := message.get(name):
            return (_file(file, usual_type),)
    return ()


def _file(file: Mapping[str, Any], usual_type: str) -> Media:
    """Raises TypeError where Telegram's text is none. A size that no row can hold is not known."""
    reference, content_type, size = file["file_id"], file.get("mime_type") or usual_type, file.get("file_size")
    if not isinstance(reference, str) or not isinstance(content_type, str):
        raise TypeError
    return Media(
        reference=storable(reference),
        content_type=storable(content_type),
        size=size if isinstance(size, int) and 0 <= size < _LARGEST else None,
    )


def _place(location: Mapping[str, Any] | None) -> Place | None:
    if not location:
        return None
    place = Place(latitude=float(location["latitude"]), longitude=float(location["longitude"]))
    return place if math.isfinite(place.latitude) and math.isfinite(place.longitude) else None


def _tapped(query: Mapping[str, Any], update_id: int, region: str, now: datetime) -> Read:
    message = query["message"]
    chat = message["chat"]
    if chat["type"] != "private":
        return Read(update_id)
    choice = query["data"]
    message_id = message.get("message_id")
    tap = Tap(query["id"], chat["id"], message_id, storable(message.get("text", "")), storable(_label(message, choice)))
    incoming = Incoming(
        region=region,
        channel=TELEGRAM,
        sender=f"{chat['id']:d}",
        message_id=f"{region}/{update_id}",
        received_at=now,
        kind=Kind.CHOICE,
        text=tap.label,
        choice=storable(choice),
        tapped_message=_number(message_id),
    )
    return Read(update_id, incoming, tap)


def _label(message: Mapping[str, Any], choice: str) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    return next((button["text"] for row in rows for button in row if button.get("callback_data") == choice), "")
