"""Where files come from: what a channel must be able to do, and every way in which it can fail."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Trouble(StrEnum):
    """Every way a fetch or a deletion at a provider can fail."""

    UNREACHABLE = "unreachable"
    BUSY = "busy"
    NOT_ALLOWED = "not_allowed"
    """Our token or account is refused: ours to mend, so the file waits for it."""
    CUT_SHORT = "cut_short"
    """Fewer bytes came than were announced."""
    TOO_LARGE = "too_large"
    GONE = "gone"
    """The provider no longer has it."""
    FOREIGN = "foreign"
    """The address is not the provider's: nothing is asked of it."""

    @property
    def retry(self) -> bool:
        """Whether the same call may succeed later."""
        return self in (Trouble.UNREACHABLE, Trouble.BUSY, Trouble.NOT_ALLOWED, Trouble.CUT_SHORT)


class NotFetched(Exception):
    """The provider did not do what was asked. Nothing of its words, nor the address, is in here; `retry_after` is in seconds."""

    def __init__(self, trouble: Trouble, *, retry_after: float | None = None) -> None:
        super().__init__(NotFetched.__doc__)
        self.trouble, self.retry_after = trouble, retry_after


class Source(Protocol):
    """One channel's files."""

    keeps_copies: bool
    """Whether the provider keeps the file until it is told to delete it."""

    async def fetch(self, reference: str, most: int) -> bytes:
        """The whole file; raises NotFetched, with TOO_LARGE before reading where the size is announced, else while reading."""
        ...

    async def forget(self, reference: str) -> None:
        """Delete the provider's copy; one that is gone already is deleted. Raises NotFetched."""
        ...

    async def close(self) -> None:
        """Let connections go."""
        ...
