"""Files at Telegram: named by getFile, read from the Bot API's own host. Telegram keeps them with the chat; a bot cannot delete a file."""

from __future__ import annotations

import re
from typing import Any

from aiohttp import ClientError, ClientSession
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot import files
from bot.telegram.client import Client
from bot.telegram.request import Busy
from hotline.media.source import NotFetched, Trouble

_PATH = re.compile(r"(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*")


class TelegramFiles:
    """`hotline.media.source.Source` over getFile; a reference is a file id."""

    keeps_copies = False

    def __init__(self, client: Client, token: str, base_url: str, **seconds: float) -> None:
        self._client, self._seconds = client, seconds
        # The token stands in the address, so the address never leaves this object.
        self._base = f"{base_url.rstrip('/')}/file/bot{token}/"
        self._session: ClientSession | None = None

    async def fetch(self, reference: str, most: int) -> bytes:
        """The whole file; raises NotFetched."""
        named = await self._named(reference)
        size, path = named.get("file_size"), named.get("file_path")
        if isinstance(size, int) and size > most:
            raise NotFetched(Trouble.TOO_LARGE)
        if not isinstance(path, str) or not _PATH.fullmatch(path) or ".." in path:
            raise NotFetched(Trouble.FOREIGN)
        if self._session is None:
            self._session = files.session(**self._seconds)
        try:
            async with self._session.get(self._base + path, allow_redirects=False) as response:
                if response.status != 200:
                    raise files.trouble(response.status, response.headers.get("Retry-After", ""))
                data = await files.whole(response, most)
        except TimeoutError:
            raise NotFetched(Trouble.UNREACHABLE) from None
        except (ClientError, OSError) as error:
            raise files.unreachable(error) from None
        if isinstance(size, int) and size != len(data):
            raise NotFetched(Trouble.CUT_SHORT)
        return data

    async def _named(self, reference: str) -> dict[str, Any]:
        try:
            named = await self._client.call("getFile", file_id=reference)
        except Busy as busy:
            raise NotFetched(Trouble.BUSY, retry_after=busy.seconds) from None
        except (InvalidToken, Forbidden):
            raise NotFetched(Trouble.NOT_ALLOWED) from None
        except BadRequest as refusal:
            raise NotFetched(Trouble.TOO_LARGE if "too big" in refusal.message.lower() else Trouble.GONE) from None
        except TelegramError:
            raise NotFetched(Trouble.UNREACHABLE) from None
        return named if isinstance(named, dict) else {}

    async def forget(self, reference: str) -> None:
        """Nothing to do: the file goes with its message, which TUTUP and HAPUS delete."""

    async def close(self) -> None:
        """Let connections go."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()
