"""A source of files whose library is loaded with the first file."""

from __future__ import annotations

import asyncio

from bot.processes.later import Later


class Files:
    keeps_copies = True

    def __init__(self, told: list[str]) -> None:
        self.told = told
        told.append("made")

    async def fetch(self, reference: str, most: int) -> bytes:
        return f"{reference} {most}".encode()

    async def forget(self, reference: str) -> None:
        self.told.append(f"forgot {reference}")

    async def close(self) -> None:
        self.told.append("closed")


def test_it_is_made_with_the_first_file_once_and_closed_only_if_it_was_made() -> None:
    told: list[str] = []

    async def story() -> None:
        await Later(lambda: Files(told), keeps_copies=True).close()
        assert told == []
        later = Later(lambda: Files(told), keeps_copies=True)
        assert await later.fetch("a", 7) == b"a 7"
        await later.forget("a")
        await later.close()

    asyncio.run(story())
    assert told == ["made", "forgot a", "closed"]
