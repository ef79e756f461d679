"""What the Bot API says against a message or its deletion, in the closed sets that `hotline.deliver` and `hotline.wipe` decide by."""

from __future__ import annotations

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.telegram.request import Busy, ProviderDown
from hotline.deliver import Failure, NotSent
from hotline.wipe import NotWiped

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


def not_wiped(error: TelegramError) -> NotWiped:
    """Why messages were not deleted. A BadRequest is about one of the numbers (too old, not deletable) unless the chat itself is gone."""
    refusal = not_sent(error)
    match refusal.failure:
        case Failure.BLOCKED | Failure.NO_SUCH_CONTACT:
            return NotWiped(refusal.failure.value, retry=False)
        case Failure.REFUSED:
            return NotWiped(refusal.failure.value, retry=False, alone=True)
        case _:
            return NotWiped(refusal.failure.value, retry_after=refusal.retry_after)
