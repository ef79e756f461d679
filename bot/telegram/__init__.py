"""Telegram: what goes out to it, and what is fetched from it when it cannot call us."""

from bot.telegram.client import Client, use_webhook
from bot.telegram.poller import TelegramPoller
from bot.telegram.sender import TelegramSender

__all__ = ["Client", "TelegramPoller", "TelegramSender", "use_webhook"]
