"""Twilio's error numbers in the closed set that `hotline.deliver` decides by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from twilio.base.exceptions import TwilioRestException, TwilioServiceException

from bot.whatsapp.http import Busy
from hotline.deliver import Failure, NotSent

# Source: https://www.twilio.com/docs/errors/<number>
FAILURES: Mapping[int, Failure] = MappingProxyType(
    {
        63016: Failure.WINDOW_CLOSED,  # free-form message outside the 24-hour window
        21610: Failure.BLOCKED,  # the person sent STOP
        63014: Failure.BLOCKED,  # blocked by the user
        63024: Failure.NO_SUCH_CONTACT,  # invalid message recipient
        63003: Failure.NO_SUCH_CONTACT,  # the channel does not know the To address
        21211: Failure.NO_SUCH_CONTACT,  # invalid To
        21614: Failure.NO_SUCH_CONTACT,  # To is not a mobile number
        20429: Failure.BUSY,  # too many requests
        63018: Failure.BUSY,  # the channel's rate limit
        63017: Failure.BUSY,  # the channel's rate limit, to this recipient
        14107: Failure.BUSY,  # message rate limit
        20003: Failure.NOT_ALLOWED,  # account and token do not match
        20005: Failure.NOT_ALLOWED,  # account not active
        63007: Failure.NOT_ALLOWED,  # From is no channel of this account
        21606: Failure.NOT_ALLOWED,  # From does not belong to this account
        21212: Failure.NOT_ALLOWED,  # invalid From
        21609: Failure.NOT_ALLOWED,  # invalid StatusCallback: TEDUH_PUBLIC_URL
        21617: Failure.REFUSED,  # body over 1,600 characters
        63013: Failure.REFUSED,  # channel policy, such as an empty template variable
        21655: Failure.REFUSED,  # ContentSid invalid
        21656: Failure.REFUSED,  # ContentVariables invalid
    }
)


def failure_of(code: int, status: int = 400) -> Failure:
    """The failure behind an error number (also one that a status callback brings), else behind the HTTP status."""
    if (known := FAILURES.get(code)) is not None:
        return known
    if status >= 500:
        return Failure.PROVIDER_DOWN
    if status == 429:
        return Failure.BUSY
    # A wrong account in the path is a 404.
    return Failure.NOT_ALLOWED if status in (401, 403, 404) else Failure.REFUSED


def not_sent(error: Exception) -> NotSent:
    """The reason and the error number; nothing of the error's words, which may hold the address or the text."""
    match error:
        case Busy():
            return NotSent(Failure.BUSY, retry_after=error.seconds, detail="429")
        case TwilioRestException() | TwilioServiceException():
            code = error.code or error.status
            return NotSent(failure_of(code, error.status), detail=str(code))
        case OSError():
            return NotSent(Failure.UNREACHABLE)
        case _:
            return NotSent(Failure.UNKNOWN)
