"""The database goes away for some seconds under load: 503, nothing half-written, and everything goes on by itself."""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from hotline.store.database import Database
from hotline.store.migrate import migrate
from hotline.writer import PATIENCE
from tests.channels.fakes import FakeTwilio
from tests.loss.crowd import CUT, REFUSED, Crowd
from tests.loss.expected import Expected
from tests.loss.house import LossHouse
from tests.support.postgres import Server

Step = Callable[[], None]
SECONDS = float(os.environ.get("TEDUH_OUTAGE_SECONDS", "4"))


async def lose_the_database(house: LossHouse, crowd: Crowd, seconds: float, go: Step, come: Step) -> Counter[int]:
    """Talk, have PostgreSQL go, have it come again, talk to the end; gives the answers while it was away."""
    await asyncio.to_thread(house.program.start)
    talking = asyncio.create_task(crowd.talk())
    await asyncio.sleep(2)
    await asyncio.to_thread(go)
    await asyncio.sleep(0.2)
    before = crowd.answers.copy()
    await asyncio.sleep(seconds)
    away = crowd.answers - before
    await asyncio.to_thread(come)
    await asyncio.sleep(2)
    crowd.closing.set()
    await talking
    await house.drained()
    await asyncio.to_thread(house.program.stop)
    return away


class Held:
    """Another process's transaction on a SQLite file: a copy being made, a hand in the database."""

    def __init__(self, file: Path) -> None:
        self._other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)

    def go(self) -> None:
        self._other.execute("BEGIN IMMEDIATE")

    def come(self) -> None:
        self._other.execute("ROLLBACK")


@pytest.mark.parametrize("way", ["stopped", "frozen", "held"])
def test_without_a_database_the_door_says_so_and_everything_resumes(tmp_path: Path, server: Server, expected: Expected, way: str) -> None:
    url = server.create("teduh") if way != "held" else f"sqlite:///{tmp_path / 'teduh.db'}"
    database = Database(url)
    migrate(database)
    database.close()
    held = Held(tmp_path / "teduh.db" if way == "held" else tmp_path / "other.db")
    seconds, go, come = {
        "stopped": (SECONDS, server.stop, server.start),
        "frozen": (PATIENCE + 2, server.freeze, server.thaw),
        "held": (PATIENCE + 2, held.go, held.come),
    }[way]
    with FakeTwilio() as provider:
        house = LossHouse(tmp_path, url, provider)
        crowd = Crowd(expected.scripts, house.port, random.Random(4))
        try:
            away = asyncio.run(lose_the_database(house, crowd, seconds, go, come))
            assert away[503] > 10
            assert away[200] == 0
            assert crowd.answers[CUT] == crowd.answers[REFUSED] == 0, "the door itself stays open"
            assert len(crowd.told) >= len(expected.scripts) / 2
            house.check_people(crowd.told, expected)
            house.check_sent(crowd.told, expected)
        finally:
            house.program.kill()
            house.database.close()
