"""A commit waits for more people only in a crowd, and only while another process writes too."""

from __future__ import annotations

import asyncio

import pytest

from bot.processes.parts import Parts
from hotline.company import Company
from hotline.seal import Seal
from hotline.settings import load_settings
from hotline.store.database import Database
from hotline.store.wake import Wake
from hotline.times import now
from hotline.writer import MOST_TURNS, Writer
from tests.support.house import desk
from tests.support.tasks import beside
from tests.test_writer import Inbox, message, stored


def company(*, crowd: int, crowd_at: float, others_at: float | None) -> Company:
    made = Company()
    made.leaves(crowd, crowd_at)
    if others_at is not None:
        made.others_write(others_at)
    return made


@pytest.mark.parametrize(
    ("crowd", "crowd_at", "others_at", "waiting", "worth"),
    [
        (20, 10.0, 10.0, 5, True),
        (20, 10.0, None, 5, False),
        (20, 10.0, 8.0, 5, False),
        (20, 8.0, 10.0, 5, False),
        (20, 10.0, 10.0, 20, False),
        (20, 10.0, 10.0, 0, False),
        (5, 10.0, 10.0, 1, False),
    ],
    ids=["half a crowd", "alone", "the other fell silent", "the crowd is gone", "everybody is here", "only a job", "a few people"],
)
def test_whom_it_is_worth_waiting_for(crowd: int, crowd_at: float, others_at: float | None, waiting: int, worth: bool) -> None:
    assert company(crowd=crowd, crowd_at=crowd_at, others_at=others_at).worth_waiting_for(waiting, 10.5) is worth


def test_a_crowd_that_stays_away_is_forgotten_within_some_commits() -> None:
    here = company(crowd=30, crowd_at=10.0, others_at=10.0)
    for _ in range(16):
        here.leaves(1, 10.0)
    assert not here.worth_waiting_for(1, 10.0)


@pytest.mark.parametrize(("others", "batches"), [(False, [20, 5, 5]), (True, [20, 10])], ids=["alone", "beside another process"])
def test_who_comes_a_moment_later_shares_the_commit(database: Database, others: bool, batches: list[int]) -> None:
    inbox = Inbox()

    async def crowds() -> None:
        writer = Writer(database, inbox, inline=True, company=Company(seconds=1.0))
        await asyncio.gather(*(writer.turn(message(i)) for i in range(20)))
        if others:
            writer.others_write()
        early = [asyncio.create_task(writer.turn(message(i))) for i in range(20, 25)]
        for _ in range(10):
            await asyncio.sleep(0)
        late = [asyncio.create_task(writer.turn(message(i))) for i in range(25, 30)]
        assert all(await asyncio.gather(*early, *late))

    asyncio.run(crowds())
    assert inbox.batches == batches


def crowded(writer: Writer) -> None:
    """A moment ago many wrote, here and at another process."""
    writer.company.leaves(30, asyncio.get_running_loop().time())
    writer.others_write()


def test_what_the_panel_writes_does_not_wait(database: Database) -> None:
    async def job() -> None:
        writer = Writer(database, Inbox(), inline=True, company=Company(seconds=60.0))
        crowded(writer)
        await writer.do(lambda conn: None)

    asyncio.run(asyncio.wait_for(job(), 30))


def test_a_full_batch_does_not_wait(database: Database) -> None:
    inbox = Inbox()

    async def flood() -> None:
        writer = Writer(database, inbox, inline=True, company=Company(seconds=60.0))
        crowded(writer)
        assert all(await asyncio.gather(*(writer.turn(message(i)) for i in range(2 * MOST_TURNS))))

    asyncio.run(asyncio.wait_for(flood(), 30))
    assert inbox.batches == [MOST_TURNS, MOST_TURNS]


def test_who_hangs_up_during_the_wait_holds_up_nobody(database: Database) -> None:
    inbox = Inbox()

    async def impatient() -> None:
        writer = Writer(database, inbox, inline=True, company=Company(seconds=0.2))
        crowded(writer)
        gone, stays = (asyncio.create_task(writer.turn(message(i))) for i in range(2))
        await asyncio.sleep(0.02)
        gone.cancel()
        assert await stays
        writer.company.leaves(1, 0.0)
        assert await writer.turn(message(2))

    asyncio.run(asyncio.wait_for(impatient(), 30))
    assert set(stored(database)) == {"0", "1", "2"}


def test_a_process_that_tells_others_learns_that_they_write(postgresql_database: Database, postgresql_url: str, seal: Seal) -> None:
    settings = load_settings({"TEDUH_REGION": "kendal", "TEDUH_DATABASE_URL": postgresql_url})
    parts = Parts(settings, postgresql_database, seal, {"kendal": desk("kendal")}, now)
    ours = parts.others
    assert ours is not None

    async def both() -> None:
        other, loop = Wake(postgresql_url), asyncio.get_running_loop()
        async with beside(parts.tell_others(ours), other.telling()):
            while not parts.writer.company.worth_waiting_for(1, loop.time()):
                parts.writer.company.leaves(20, loop.time())
                parts.wake()
                other.tell()
                await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(both(), 20))
