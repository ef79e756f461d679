"""python-telegram-bot's client over our transport, with what Telegram answers left as it was written."""

from __future__ import annotations

import logging
from typing import Any

from telegram import Bot

from bot.telegram.request import AiohttpRequest
from hotline.settings import Settings
from webhooks.update import KINDS

POLL_SECONDS = 50
"""How long Telegram holds a poll open when nothing happens."""
_MOST_UPDATES = 100
# At DEBUG the library writes every text and address it sends to the log.
logging.getLogger("telegram").setLevel(logging.INFO)


class Client(Bot):
    """A Bot that needs no initialising: its session opens with the first call."""

    def __init__(self, token: str, base_url: str = "https://api.telegram.org") -> None:
        super().__init__(
            token,
            base_url=f"{base_url.rstrip('/')}/bot",
            request=AiohttpRequest(),
            get_updates_request=AiohttpRequest(connections=1, read_seconds=POLL_SECONDS + 10),
        )

    async def call(self, method: str, **fields: object) -> Any:
        """Call a method of the Bot API; gives its result as JSON. Raises telegram.error.TelegramError.

        The library's own methods also parse the result: where that fails after Telegram took a message, it would be sent once more.
        """
        return await self._post(method, fields)

    async def raw_updates(self, offset: int | None, wait: int = POLL_SECONDS) -> list[Any]:
        """The oldest unconfirmed updates as JSON; an `offset` confirms all before it. Waits up to `wait` seconds for the first.

        Not `get_updates`: when one update does not parse, that writes all of them to the log.
        """
        data = {"timeout": wait, "limit": _MOST_UPDATES, "offset": offset, "allowed_updates": list(KINDS)}
        updates = await self._post("getUpdates", data, read_timeout=wait + 10)
        return updates if isinstance(updates, list) else []

    async def close_connections(self) -> None:
        """Let both sessions go."""
        for request in self._request:
            await request.shutdown()


async def use_webhook(client: Client, settings: Settings, region: str) -> None:
    """Tell Telegram to call our webhook with our secret; raises telegram.error.TelegramError."""
    await client.call(
        "setWebhook",
        url=f"{settings.public_url}/webhooks/telegram/{region}",
        secret_token=settings.telegram_webhook_secret,
        allowed_updates=list(KINDS),
        max_connections=100,
        drop_pending_updates=False,
    )
