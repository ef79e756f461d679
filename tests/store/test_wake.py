"""Processes wake each other over PostgreSQL: a word arrives at once, many are one, and a cut connection is made anew."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy import text

from hotline.store.database import Database
from hotline.store.wake import Wake
from tests.support.tasks import beside

SOON = 5.0


def together(url: str, story: Callable[[Wake, asyncio.Queue[None]], Awaitable[None]]) -> None:
    """Run the story between one process that tells and one that hears; it begins when the second listens."""

    async def run() -> None:
        teller, hearer, heard = Wake(url, again_seconds=0.05), Wake(url, again_seconds=0.05), asyncio.Queue[None]()
        async with beside(teller.telling(), hearer.hearing(lambda: heard.put_nowait(None))):
            await asyncio.wait_for(heard.get(), SOON)
            await story(teller, heard)

    asyncio.run(run())


def test_a_word_arrives_and_many_at_once_are_one(postgresql_url: str) -> None:
    async def story(teller: Wake, heard: asyncio.Queue[None]) -> None:
        for _ in range(3):
            for _ in range(10):
                teller.tell()
            await asyncio.wait_for(heard.get(), SOON)
        assert heard.empty()

    together(postgresql_url, story)


def test_after_a_cut_both_ends_come_back_and_look_at_once(postgresql_url: str) -> None:
    async def story(teller: Wake, heard: asyncio.Queue[None]) -> None:
        with_cut = Database(postgresql_url)
        with with_cut.read() as conn:
            cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'teduh wake'"
            assert conn.execute(text(cut + " AND datname = current_database()")).scalar() == 2
        with_cut.close()
        await asyncio.wait_for(heard.get(), SOON)
        teller.tell()
        await asyncio.wait_for(heard.get(), SOON)

    together(postgresql_url, story)


def test_who_tells_hears_of_the_others_and_not_of_itself(postgresql_url: str) -> None:
    async def run() -> None:
        ours, theirs = Wake(postgresql_url), Wake(postgresql_url)
        heard, heard_by_them = asyncio.Event(), asyncio.Event()

        async def until(event: asyncio.Event, *tellers: Wake) -> None:
            while not event.is_set():
                for teller in tellers:
                    teller.tell()
                await asyncio.sleep(0.01)

        listener = Wake(postgresql_url)
        words = asyncio.Queue[None]()
        hearing = listener.hearing(lambda: words.put_nowait(None))
        async with beside(ours.telling(heard.set), theirs.telling(heard_by_them.set), hearing):
            for _ in range(6):  # the first is the listener's own
                ours.tell()
                await asyncio.wait_for(words.get(), SOON)
            assert not heard.is_set()
            await asyncio.wait_for(until(heard, ours, theirs), SOON)
            await asyncio.wait_for(until(heard_by_them, ours, theirs), SOON)

    asyncio.run(run())


def test_who_tells_nothing_reads_the_others_words_all_the_same(postgresql_url: str) -> None:
    async def run() -> None:
        silent, other, heard = Wake(postgresql_url, read_seconds=0.05), Wake(postgresql_url), asyncio.Event()
        async with beside(silent.telling(heard.set), other.telling()), asyncio.timeout(SOON):
            while not heard.is_set():
                other.tell()
                await asyncio.sleep(0.01)

    asyncio.run(run())
