"""What the Bot API says against a message, in the closed set that `hotline.deliver` decides by."""

from __future__ import annotations

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.telegram.request import Busy, ProviderDown
from hotline.deliver import Failure, NotSent

_NOBODY = ("chat not found", "user not found", "peer_id_invalid", "user_id_invalid", "chat_id_invalid")


def not_sent(error: TelegramError) -> NotSent:
    """The reason, with the API's error number where there is one; the order matters, a BadRequest is a NetworkError to the library."""
    match error:
        case Busy():
            return NotSent(Failure.BUSY, retry_after=error.seconds, detail="429")
        case ProviderDown():
            return NotSent(Failure.PROVIDER_DOWN, detail=error.message)
        case Forbidden():
            return NotSent(Failure.BLOCKED, detail="403")
        case InvalidToken():
            return NotSent(Failure.NOT_ALLOWED, detail="401")
        case ChatMigrated():
            return NotSent(Failure.NO_SUCH_CONTACT, detail="400")
        case BadRequest():
            nobody = any(words in error.message.lower() for words in _NOBODY)
            return NotSent(Failure.NO_SUCH_CONTACT if nobody else Failure.REFUSED, detail="400")
        case NetworkError():
            return NotSent(Failure.UNREACHABLE)
        case _:
            return NotSent(Failure.UNKNOWN)
