"""WhatsApp through Twilio: what goes out to it."""

from bot.whatsapp.sender import TwilioSender

__all__ = ["TwilioSender"]
