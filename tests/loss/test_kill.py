"""kill -9 at any moment, under load: what got a 200 is there, worked once, and its answers go out."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hotline.deliver import MOST_IN_FLIGHT
from tests.channels.fakes import FakeTwilio
from tests.loss.crowd import CUT, Crowd
from tests.loss.expected import Expected
from tests.loss.house import LossHouse

KILLS = int(os.environ.get("TEDUH_KILLS", "25"))
"""On each of the two databases."""
_LONGEST_LIFE, _STILLBORN = 0.9, 0.2
_STARTING_SECONDS = 0.5


@pytest.fixture
def provider() -> Iterator[FakeTwilio]:
    with FakeTwilio() as fake:
        yield fake


async def die_often(house: LossHouse, crowd: Crowd, chance: random.Random) -> None:
    """KILLS lives of random length, some of them over before the program listens; then one that is whole."""
    talking = asyncio.create_task(crowd.talk())
    try:
        for _ in range(KILLS):
            stillborn = chance.random() < _STILLBORN
            await house.mortal.start(ready=not stillborn)
            await asyncio.sleep(chance.random() * (_STARTING_SECONDS if stillborn else _LONGEST_LIFE))
            await house.mortal.kill()
    finally:
        await house.mortal.close()
    house.let_leases_end()
    await asyncio.to_thread(house.program.start)
    crowd.closing.set()
    await talking
    await house.drained()
    await asyncio.to_thread(house.program.stop)


@pytest.mark.requirement("LUT-20")
def test_nothing_is_lost_and_nothing_worked_twice(
    tmp_path: Path,
    database_url: str,
    provider: FakeTwilio,
    expected: Expected,
    record_testsuite_property: Callable[[str, object], None],
) -> None:
    seed = random.randrange(10**9)
    chance = random.Random(seed)
    house = LossHouse(tmp_path, database_url, provider)
    crowd = Crowd(expected.scripts, house.port, chance)
    try:
        asyncio.run(die_often(house, crowd, chance))
        assert crowd.answers[CUT] > KILLS, "hardly a request was under way when the program died: nothing was tried"
        assert len(crowd.told) > len(expected.scripts) / 2
        house.check_people(crowd.told, expected)
        twice = house.check_sent(crowd.told, expected)
    finally:
        house.program.kill()
        house.database.close()
    assert twice <= KILLS * MOST_IN_FLIGHT
    figures = {"seed": seed, "kills": KILLS, "people": len(crowd.told), "answers": dict(crowd.answers), "sent twice": twice}
    record_testsuite_property(f"loss on {house.database.dialect}", figures)
