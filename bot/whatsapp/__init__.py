"""WhatsApp through Twilio: what goes out to it. The library is loaded by whoever uses the sender."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.whatsapp.sender import TwilioSender

__all__ = ["TwilioSender"]


def __getattr__(name: str) -> Any:
    if name != "TwilioSender":
        raise AttributeError(name)
    from bot.lean import load_twilio

    load_twilio()
    from bot.whatsapp.sender import TwilioSender

    return TwilioSender
