"""The way out to Telegram: messages, and the small courtesies after a tap."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import TelegramError

from bot.split import length
from bot.telegram.client import Client
from bot.telegram.failures import not_sent, not_wiped
from bot.telegram.keyboard import Rows, rendered
from hotline.deliver import Failure, NotSent
from hotline.messages import CHANNELS, TELEGRAM, Outgoing
from webhooks.update import Tap

_log = logging.getLogger(__name__)
_NO_PREVIEW = {"is_disabled": True}
"""Telegram's own servers must not open an address that stands in a message."""
_TEXT_LIMIT = CHANNELS[TELEGRAM].text_limit
_MOST_NODS = 200
"""Taps being answered at once; in a flood beyond it a button keeps its hourglass a little, and nothing else happens."""
_CLOSING_SECONDS = 2.0
_MOST_NUMBERS = 6
"""As many as the outbox's column holds; a text in more pieces than that is longer than any we send."""


class TelegramSender:
    """`hotline.deliver.Sender` over the Bot API: plain text without parse mode or link preview."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._nods: set[asyncio.Task[None]] = set()

    async def send(self, address: str, message: Outgoing, *, window_open: bool) -> str:
        """Send to a private chat; gives the ids of its messages, usually one. Telegram has no window. Raises NotSent.

        A text in several pieces that fails after the first is sent again from its beginning: said twice is better than half.
        """
        if not address.lstrip("-").isdecimal():
            raise NotSent(Failure.NO_SUCH_CONTACT)
        texts, rows = rendered(message)
        sent: list[str] = []
        try:
            for i, text in enumerate(texts, 1):
                buttons = _keyboard(rows) if i == len(texts) else None
                taken = await self._client.call(
                    "sendMessage", chat_id=int(address), text=text, link_preview_options=_NO_PREVIEW, reply_markup=buttons
                )
                sent.append(str(taken["message_id"]))
        except TelegramError as error:
            raise not_sent(error) from None
        return " ".join(sent[-_MOST_NUMBERS:])

    async def erase(self, address: str, numbers: Sequence[int]) -> None:
        """`hotline.wipe.Eraser` by deleteMessages, which passes over what is gone. Raises NotWiped."""
        try:
            await self._client.call("deleteMessages", chat_id=int(address), message_ids=list(numbers))
        except TelegramError as error:
            raise not_wiped(error) from None

    def tapped(self, tap: Tap) -> None:
        """Stop the button's hourglass and show the choice in place of the buttons: in the background, at best effort, never raising."""
        if len(self._nods) < _MOST_NODS:
            task = asyncio.get_running_loop().create_task(self._nod(tap))
            self._nods.add(task)
            task.add_done_callback(self._nods.discard)

    async def _nod(self, tap: Tap) -> None:
        for step in (self._answer, self._show_choice):
            try:
                await step(tap)
            except TelegramError as error:
                # Too late, answered before, nothing to change: what was said is safe already, so only the kind is noted.
                _log.debug("tap not shown: %s", type(error).__name__)

    async def _answer(self, tap: Tap) -> None:
        await self._client.call("answerCallbackQuery", callback_query_id=tap.callback_id)

    async def _show_choice(self, tap: Tap) -> None:
        if tap.message_id is None:
            return
        question = {"chat_id": tap.chat_id, "message_id": tap.message_id}
        text = f"{tap.text}\n\n☑ {tap.label}"
        if tap.text and tap.label and length(text) <= _TEXT_LIMIT:
            await self._client.call("editMessageText", **question, text=text, link_preview_options=_NO_PREVIEW)
        else:
            await self._client.call("editMessageReplyMarkup", **question)

    async def close(self) -> None:
        """Let the last nods finish, then the connections go."""
        if self._nods:
            await asyncio.wait(self._nods, timeout=_CLOSING_SECONDS)
        for task in self._nods:
            task.cancel()
        await self._client.close_connections()


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup([[InlineKeyboardButton(o.label, callback_data=o.token) for o in row] for row in rows]) if rows else None
