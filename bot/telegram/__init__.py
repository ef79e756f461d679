"""Telegram: what goes out to it, and what is fetched from it when it cannot call us. The library is loaded by whoever uses one of these."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.telegram.client import Client, use_webhook
    from bot.telegram.poller import TelegramPoller
    from bot.telegram.sender import TelegramSender

__all__ = ["Client", "TelegramPoller", "TelegramSender", "use_webhook"]
_HOMES = {"Client": "client", "TelegramPoller": "poller", "TelegramSender": "sender", "use_webhook": "client"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
