"""The Bot API as far as we use it: it checks what Telegram checks, keeps updates until they are confirmed, and goes wrong when told."""

from __future__ import annotations

import asyncio
import itertools
import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.channels.provider import Fault, Provider, post
from tests.channels.telegram_calls import BOT, SENT_AT

TOKEN = "123456:test"
_LONGEST = 4096


def busy(seconds: int) -> Fault:
    """Flood control."""
    words = f"Too Many Requests: retry after {seconds}"
    return Fault(status=429, body={"ok": False, "error_code": 429, "description": words, "parameters": {"retry_after": seconds}})


def refused(status: int, description: str) -> Fault:
    """An answer in the Bot API's own words."""
    return Fault(status=status, body={"ok": False, "error_code": status, "description": description})


@dataclass
class Shown:
    """A message as it stands in a chat now."""

    id: int
    chat: int
    text: str
    buttons: list[list[dict[str, str]]]
    fields: dict[str, Any]


class _Refusal(Exception):
    def __init__(self, status: int, description: str) -> None:
        self.status, self.description = status, description


class FakeTelegram(Provider):
    """`sent` are the bot's messages in order; `say` and `tap` are what people do; `blocked` and `unknown` are chats."""

    def __init__(self, token: str = TOKEN) -> None:
        super().__init__()
        self.token = token
        self.sent: list[Shown] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.blocked: set[int] = set()
        self.unknown: set[int] = set()
        self.answered: list[str] = []
        self.pending: list[dict[str, Any]] = []
        self.webhook: dict[str, Any] | None = None
        self.files: dict[str, bytes] = {}
        """What people sent, by file id."""
        self.announced: dict[str, int] = {}
        """Sizes that getFile tells, where they differ from the truth."""
        self.said: dict[int, list[int]] = {}
        """The numbers of each person's own messages that still stand in the chat."""
        self.undeletable: set[int] = set()
        self._ids, self._updates = itertools.count(1), itertools.count(1001)

    def shown_to(self, chat: int) -> list[str]:
        """The texts in one chat."""
        return [m.text for m in self.sent if m.chat == chat]

    def say(self, chat: int, text: str, **content: Any) -> dict[str, Any]:
        """A person writes; gives the update."""
        number = next(self._ids)
        self.said.setdefault(chat, []).append(number)
        words = {"text": text} if text else {}
        return self._happened("message", {"message_id": number, **words, **self._frame(chat)} | content)

    def send_photo(self, chat: int, data: bytes, file_id: str = "photo-1", caption: str = "") -> dict[str, Any]:
        """A person sends a picture; gives the update."""
        self.files[file_id] = data
        sizes = [
            {"file_id": f"{file_id}-s", "file_unique_id": "s", "width": 90, "height": 60},
            {"file_id": file_id, "file_unique_id": "l", "width": 900, "height": 600, "file_size": len(data)},
        ]
        return self.say(chat, "", photo=sizes, **({"caption": caption} if caption else {}))

    def tap(self, chat: int, label: str) -> dict[str, Any]:
        """A person taps a button of the newest message that has it; gives the update."""
        for message in reversed([m for m in self.sent if m.chat == chat]):
            for button in (b for row in message.buttons for b in row if b["text"] == label):
                question = {"message_id": message.id, "text": message.text, "reply_markup": {"inline_keyboard": message.buttons}}
                query = {
                    "id": str(next(self._ids)),
                    "message": self._frame(chat) | {"from": BOT} | question,
                    "chat_instance": "1",
                    "data": button["callback_data"],
                    "from": self._frame(chat)["from"],
                }
                return self._happened("callback_query", query)
        raise AssertionError(f"no button {label!r} in chat {chat}")

    def deliver(self, update: dict[str, Any]) -> int:
        """Call the webhook with an update; gives the status."""
        assert self.webhook is not None
        secret = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"]} if self.webhook.get("secret_token") else {}
        return post(self.webhook["url"], json.dumps(update).encode(), {"Content-Type": "application/json"} | secret)

    def _happened(self, kind: str, what: dict[str, Any]) -> dict[str, Any]:
        update = {"update_id": next(self._updates), kind: what}
        if self.webhook is None:
            self.pending.append(update)
        return update

    @staticmethod
    def _frame(chat: int) -> dict[str, Any]:
        person = {"id": chat, "is_bot": False, "first_name": "Warga"}
        return {"from": person, "chat": {"id": chat, "type": "private", "first_name": "Warga"}, "date": SENT_AT}

    def may_fail(self, request: web.Request) -> bool:
        return "getUpdates" not in request.path

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.path.startswith("/file/"):
            return self._file(request.path)
        bot, _, method = request.path.removeprefix("/bot").partition("/")
        fields = await request.json() if request.can_read_body else dict(request.query)
        self.calls.append((method, fields))
        try:
            if bot != self.token:
                raise _Refusal(401, "Unauthorized")
            handler = getattr(self, f"_on_{method}", None)
            if handler is None:
                raise _Refusal(404, "Not Found")
            return web.json_response({"ok": True, "result": await handler(fields)})
        except _Refusal as refusal:
            return web.json_response({"ok": False, "error_code": refusal.status, "description": refusal.description}, status=refusal.status)

    def _file(self, path: str) -> web.StreamResponse:
        bot, _, name = path.removeprefix("/file/bot").partition("/")
        data = self.files.get(name.removeprefix("photos/").removesuffix(".bin")) if bot == self.token else None
        return web.Response(status=404) if data is None else web.Response(body=data)

    async def _on_getFile(self, fields: dict[str, Any]) -> Any:
        file_id = fields["file_id"]
        if file_id not in self.files:
            raise _Refusal(400, "Bad Request: invalid file_id")
        size = self.announced.get(file_id, len(self.files[file_id]))
        if size > 20 * 1024 * 1024:
            raise _Refusal(400, "Bad Request: file is too big")
        return {"file_id": file_id, "file_unique_id": "u", "file_size": size, "file_path": f"photos/{file_id}.bin"}

    async def _on_deleteMessages(self, fields: dict[str, Any]) -> Any:
        chat, numbers = self._reach(fields), fields["message_ids"]
        if not 0 < len(numbers) <= 100:
            raise _Refusal(400, "Bad Request: too many message identifiers")
        if self.undeletable & set(numbers):
            raise _Refusal(400, "Bad Request: message can't be deleted")
        self.sent = [m for m in self.sent if m.chat != chat or m.id not in numbers]
        self.said[chat] = [n for n in self.said.get(chat, []) if n not in numbers]
        return True

    async def _on_getMe(self, fields: dict[str, Any]) -> Any:
        return BOT | {"can_join_groups": True}

    async def _on_setWebhook(self, fields: dict[str, Any]) -> Any:
        self.webhook = fields
        return True

    async def _on_deleteWebhook(self, fields: dict[str, Any]) -> Any:
        self.webhook = None
        return True

    async def _on_getUpdates(self, fields: dict[str, Any]) -> Any:
        if self.webhook is not None:
            raise _Refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(fields.get("offset") or 0)
        self.pending = [u for u in self.pending if u["update_id"] >= offset]
        for _ in range(int(fields.get("timeout", 0) * 100)):
            if self.pending or self._stop.is_set():
                break
            await asyncio.sleep(0.01)
        return self.pending[: int(fields.get("limit", 100))]

    async def _on_sendMessage(self, fields: dict[str, Any]) -> Any:
        chat = self._reach(fields)
        buttons = self._checked(fields)
        message = Shown(next(self._ids), chat, fields["text"], buttons, fields)
        self.sent.append(message)
        return self._frame(chat) | {"message_id": message.id, "from": BOT, "text": message.text}

    async def _on_editMessageText(self, fields: dict[str, Any]) -> Any:
        message, buttons = self._find(fields), self._checked(fields)
        if (message.text, message.buttons) == (fields["text"], buttons):
            raise _Refusal(400, "Bad Request: message is not modified")
        message.text, message.buttons = fields["text"], buttons
        return True

    async def _on_editMessageReplyMarkup(self, fields: dict[str, Any]) -> Any:
        self._find(fields).buttons = fields.get("reply_markup", {}).get("inline_keyboard", [])
        return True

    async def _on_answerCallbackQuery(self, fields: dict[str, Any]) -> Any:
        if fields["callback_query_id"] in self.answered:
            raise _Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.answered.append(fields["callback_query_id"])
        return True

    def _reach(self, fields: dict[str, Any]) -> int:
        chat = int(fields["chat_id"])
        if chat in self.blocked:
            raise _Refusal(403, "Forbidden: bot was blocked by the user")
        if chat in self.unknown:
            raise _Refusal(400, "Bad Request: chat not found")
        return chat

    def _find(self, fields: dict[str, Any]) -> Shown:
        chat = self._reach(fields)
        for message in self.sent:
            if (message.chat, message.id) == (chat, int(fields["message_id"])):
                return message
        raise _Refusal(400, "Bad Request: message to edit not found")

    @staticmethod
    def _checked(fields: dict[str, Any]) -> list[list[dict[str, str]]]:
        text, buttons = fields.get("text", ""), fields.get("reply_markup", {}).get("inline_keyboard", [])
        if not text.strip():
            raise _Refusal(400, "Bad Request: message text is empty")
        if len(text) > _LONGEST:
            raise _Refusal(400, "Bad Request: message is too long")
        if any(not 0 < len(b["callback_data"].encode()) <= 64 for row in buttons for b in row):
            raise _Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        return list(buttons)
