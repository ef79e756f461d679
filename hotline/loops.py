"""A loop that looks for due work again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from hotline.store.database import DatabaseUnavailable


async def forever(once: Callable[[], Awaitable[int]], idle_seconds: float) -> None:
    """Until cancelled: at once again while there was something to do, else after a pause; a longer one while the database is away."""
    while True:
        try:
            if not await once():
                await asyncio.sleep(idle_seconds)
        except DatabaseUnavailable:
            await asyncio.sleep(idle_seconds * 4)
