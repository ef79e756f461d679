"""What a way out is, and the closed set of ways in which a send can fail."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from hotline.messages import Outgoing


class Failure(StrEnum):
    """Every way a send can fail."""

    UNREACHABLE = "unreachable"
    BUSY = "busy"
    PROVIDER_DOWN = "provider_down"
    WINDOW_CLOSED = "window_closed"
    BLOCKED = "blocked"
    NO_SUCH_CONTACT = "no_such_contact"
    REFUSED = "refused"
    NOT_ALLOWED = "not_allowed"
    UNKNOWN = "unknown"

    @property
    def retry(self) -> bool:
        """Whether the same message may succeed later. NOT_ALLOWED is ours to mend (a token), so the message waits for it."""
        return self in (Failure.UNREACHABLE, Failure.BUSY, Failure.PROVIDER_DOWN, Failure.NOT_ALLOWED, Failure.UNKNOWN)


class NotSent(Exception):
    """The provider did not take the message. `detail` is its error number, never its words; `retry_after` is in seconds."""

    def __init__(self, failure: Failure, *, retry_after: float | None = None, detail: str = "") -> None:
        super().__init__(NotSent.__doc__)
        self.failure, self.retry_after, self.detail = failure, retry_after, detail


class Sender(Protocol):
    """One channel's way out."""

    async def send(self, address: str, message: Outgoing, *, window_open: bool) -> str:
        """Hand the message to the provider and give its id; raises NotSent."""
        ...

    async def close(self) -> None:
        """Let connections go."""
        ...
