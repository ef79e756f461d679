"""Updates with their labels, and what each one says: (label, update, Incoming's fields or None where nobody said anything)."""

from __future__ import annotations

from typing import Any

from hotline.messages import Kind, Media, Place
from tests.channels.telegram_calls import BOT, CHAT, PERSON, SENT_AT, message, tap

GROUP = {"id": -100123, "title": "Warga", "type": "supergroup"}
_FILE = {"file_id": "AgACx", "file_unique_id": "u1"}
_PHOTO = [
    {"file_id": "kecil", "file_unique_id": "k", "width": 90, "height": 90, "file_size": 900},
    {"file_id": "besar", "file_unique_id": "b", "width": 800, "height": 800, "file_size": 90_000},
]
_SIZED = {"width": 320, "height": 240, "duration": 3}
_MANY_SCRIPTS = "Tolong 😭\u200b مرحبا ꦲ 👨‍👩‍👧"


def _file(content_type: str, size: int | None = None, reference: str = "AgACx") -> tuple[Media, ...]:
    return (Media(reference=reference, content_type=content_type, size=size),)


def _media(media: tuple[Media, ...], text: str = "") -> dict[str, Any]:
    return {"kind": Kind.MEDIA, "text": text, "media": media}


_OTHER = {"kind": Kind.OTHER, "text": ""}

SAID: list[tuple[str, dict[str, Any], dict[str, Any] | None]] = [
    ("a text", message(), {}),
    ("a command", message(text="/start", entities=[{"type": "bot_command", "offset": 0, "length": 6}]), {"text": "/start"}),
    ("a text in many scripts", message(text=_MANY_SCRIPTS), {"text": _MANY_SCRIPTS}),
    ("ten thousand characters", message(text="aduh " * 2000), {"text": "aduh " * 2000}),
    ("an edited text", message(kind="edited_message", text="Saya mau lapor sekarang"), {"text": "Saya mau lapor sekarang", "edited": True}),
    (
        "an edited caption",
        message(kind="edited_message", photo=_PHOTO, caption="ini dia"),
        _media(_file("image/jpeg", 90_000, "besar"), "ini dia") | {"edited": True},
    ),
    (
        "a photo put in another's place",
        message(kind="edited_message", photo=_PHOTO),
        _media(_file("image/jpeg", 90_000, "besar")) | {"edited": True},
    ),
    ("a photo with a caption", message(photo=_PHOTO, caption="ini"), _media(_file("image/jpeg", 90_000, "besar"), "ini")),
    ("a document", message(document=_FILE | {"mime_type": "application/pdf", "file_size": 5}), _media(_file("application/pdf", 5))),
    ("a document without its kind", message(document=_FILE), _media(_file("application/octet-stream"))),
    ("a voice message", message(voice=_FILE | {"duration": 3, "mime_type": "audio/ogg"}), _media(_file("audio/ogg"))),
    ("a piece of music", message(audio=_FILE | {"duration": 3}), _media(_file("audio/mpeg"))),
    ("a video", message(video=_FILE | _SIZED), _media(_file("video/mp4"))),
    ("a video note", message(video_note=_FILE | {"length": 240, "duration": 3}), _media(_file("video/mp4"))),
    ("an animation", message(animation=_FILE | _SIZED, document=_FILE | {"mime_type": "video/mp4"}), _media(_file("video/mp4"))),
    (
        "a location",
        message(location={"latitude": -6.9219, "longitude": 110.2034}),
        {"kind": Kind.PLACE, "text": "", "place": Place(latitude=-6.9219, longitude=110.2034)},
    ),
    (
        "a venue",
        message(
            location={"latitude": -6.5, "longitude": 110},
            venue={"location": {"latitude": -6.5, "longitude": 110}, "title": "Balai desa", "address": "Jl. Raya"},
        ),
        {"kind": Kind.PLACE, "text": "", "place": Place(latitude=-6.5, longitude=110.0)},
    ),
    ("a sticker", message(sticker=_FILE | {"type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False}), _OTHER),
    ("a contact card", message(contact={"phone_number": "62812", "first_name": "Budi"}), _OTHER),
    ("a dice", message(dice={"emoji": "🎲", "value": 3}), _OTHER),
    (
        "a tapped button",
        tap(),
        {"kind": Kind.CHOICE, "text": "Ya", "choice": "bahaya:ya", "tapped_message": "42", "message_id": "kendal/101"},
    ),
    (
        "a button whose label is gone",
        tap(token="lama:1"),
        {"kind": Kind.CHOICE, "text": "", "choice": "lama:1", "tapped_message": "42", "message_id": "kendal/101"},
    ),
    (
        "a button under a message Telegram has forgotten",
        tap(message={"message_id": 3, "chat": CHAT, "date": 0}),
        {"kind": Kind.CHOICE, "text": "", "choice": "bahaya:ya", "tapped_message": "3", "message_id": "kendal/101"},
    ),
]

UNSAID: list[tuple[str, dict[str, Any], None]] = [
    ("a moving live location", message(kind="edited_message", location={"latitude": 1.0, "longitude": 2.0}), None),
    ("a pinned message", message(pinned_message={"message_id": 3, "chat": CHAT, "date": SENT_AT, "text": "x"}), None),
    ("a timer for deleting", message(message_auto_delete_timer_changed={"message_auto_delete_time": 86400}), None),
    ("a group", {"update_id": 5, "message": {"message_id": 1, "from": PERSON, "chat": GROUP, "date": SENT_AT, "text": "halo"}}, None),
    ("a button in a group", tap(message={"message_id": 3, "from": BOT, "chat": GROUP, "date": SENT_AT, "text": "x"}), None),
    (
        "a channel post",
        {
            "update_id": 5,
            "channel_post": {"message_id": 1, "chat": {"id": -1, "title": "Kanal", "type": "channel"}, "date": SENT_AT, "text": "halo"},
        },
        None,
    ),
    (
        "a button of an inline message",
        {"update_id": 5, "callback_query": {"id": "9", "from": PERSON, "inline_message_id": "z", "chat_instance": "1", "data": "x"}},
        None,
    ),
    (
        "a button for a game",
        {
            "update_id": 5,
            "callback_query": {
                "id": "9",
                "from": PERSON,
                "chat_instance": "1",
                "game_short_name": "catur",
                "message": {"message_id": 3, "from": BOT, "chat": CHAT, "date": SENT_AT, "text": "x"},
            },
        },
        None,
    ),
    ("an inline query", {"update_id": 5, "inline_query": {"id": "1", "from": PERSON, "query": "x", "offset": ""}}, None),
    ("a kind nobody knows yet", {"update_id": 5, "telepathy": {"thought": "x"}}, None),
    ("nothing but a number", {"update_id": 5}, None),
]
