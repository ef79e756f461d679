"""A source of files that is made when the first file is asked for: until then a process need not hold its library in memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from hotline.media.source import Source


class Later:
    """`hotline.media.source.Source` by the one that `make` gives."""

    def __init__(self, make: Callable[[], Source], *, keeps_copies: bool) -> None:
        self._make, self.keeps_copies = make, keeps_copies

    @cached_property
    def _source(self) -> Source:
        return self._make()

    async def fetch(self, reference: str, most: int) -> bytes:
        """The whole file; raises NotFetched."""
        return await self._source.fetch(reference, most)

    async def forget(self, reference: str) -> None:
        """Delete the provider's copy. Raises NotFetched."""
        await self._source.forget(reference)

    async def close(self) -> None:
        """Let connections go, if there were any."""
        if "_source" in self.__dict__:
            await self._source.close()
