"""Telegram's updates as the Bot API sends them."""

from __future__ import annotations

import json
from typing import Any

from tests.channels.serving import TELEGRAM_SECRET

PATH = "/webhooks/telegram/kendal"
CHAT = {"id": 6281234567, "first_name": "Siti", "username": "siti_k", "type": "private"}
PERSON = {"id": 6281234567, "is_bot": False, "first_name": "Siti", "username": "siti_k", "language_code": "id"}
BOT = {"id": 123456, "is_bot": True, "first_name": "Teduh", "username": "teduh_bot"}
SENT_AT = 1_795_305_600


def message(update_id: int = 100, kind: str = "message", **content: Any) -> dict[str, Any]:
    """An update with one message; without content it is a text."""
    said = {"message_id": 7, "from": PERSON, "chat": CHAT, "date": SENT_AT} | (content or {"text": "Saya mau lapor"})
    return {"update_id": update_id, kind: said | ({"edit_date": SENT_AT + 9} if kind.startswith("edited") else {})}


def tap(update_id: int = 101, token: str = "bahaya:ya", message_id: int = 42, **changed: Any) -> dict[str, Any]:
    """An update with a tapped button under a question of ours."""
    keyboard = [[{"text": "Ya", "callback_data": "bahaya:ya"}, {"text": "Tidak", "callback_data": "bahaya:tidak"}]]
    question = {
        "message_id": message_id,
        "from": BOT,
        "chat": CHAT,
        "date": SENT_AT,
        "text": "Apakah sedang dalam bahaya?",
        "reply_markup": {"inline_keyboard": keyboard},
    }
    query = {"id": "4382bfdwdsb323b2d9", "from": PERSON, "message": question, "chat_instance": "-3311", "data": token}
    return {"update_id": update_id, "callback_query": query | changed}


def headers(secret: str = TELEGRAM_SECRET) -> dict[str, str]:
    """The headers of a call with its secret."""
    return {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret}


def body(update: Any) -> bytes:
    """The update as it travels."""
    return json.dumps(update).encode()
