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
from hotline.writer import Writer
from tests.support.house import desk
from tests.test_writer import Inbox, message


def company(*, crowd: int, others_at: float | None) -> Company:
    made = Company()
    made.leaves(crowd)
    if others_at is not None:
        made.others_write(others_at)
    return made


@pytest.mark.parametrize(
    ("crowd", "others_at", "waiting", "worth"),
    [
        (20, 10.0, 5, True),
        (20, None, 5, False),
        (20, 8.0, 5, False),
        (20, 10.0, 20, False),
        (5, 10.0, 1, False),
    ],
    ids=["half a crowd", "one process alone", "the other fell silent", "everybody is here", "a few people"],
)
def test_whom_it_is_worth_waiting_for(crowd: int, others_at: float | None, waiting: int, worth: bool) -> None:
    assert company(crowd=crowd, others_at=others_at).worth_waiting_for(waiting, 10.5) is worth


def test_a_crowd_that_went_away_is_forgotten() -> None:
    here = company(crowd=30, others_at=10.0)
    for _ in range(10):
        here.leaves(1)
    assert not here.worth_waiting_for(0, 10.0)


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


def test_somebody_alone_is_never_kept_waiting(database: Database) -> None:
    async def one_after_another() -> None:
        writer = Writer(database, Inbox(), inline=True, company=Company(seconds=60.0))
        writer.others_write()
        for number in range(10):
            await writer.turn(message(number))

    asyncio.run(asyncio.wait_for(one_after_another(), 30))


def test_a_process_that_tells_others_learns_that_they_write(postgresql_database: Database, postgresql_url: str, seal: Seal) -> None:
    settings = load_settings({"TEDUH_REGION": "kendal", "TEDUH_DATABASE_URL": postgresql_url})
    parts = Parts(settings, postgresql_database, seal, {"kendal": desk("kendal")}, now)
    ours = parts.others
    assert ours is not None
    parts.writer.company.leaves(20)

    async def both() -> None:
        other, loop = Wake(postgresql_url), asyncio.get_running_loop()
        ends = [asyncio.create_task(parts.tell_others(ours)), asyncio.create_task(other.telling())]
        try:
            while not parts.writer.company.worth_waiting_for(1, loop.time()):
                parts.wake()
                other.tell()
                await asyncio.sleep(0.01)
        finally:
            for end in ends:
                end.cancel()
            await asyncio.gather(*ends, return_exceptions=True)

    asyncio.run(asyncio.wait_for(both(), 20))
