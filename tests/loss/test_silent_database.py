"""A database that is silent for a while: nobody is missed who only could not write, and what a provider took is not sent again."""

from __future__ import annotations

import asyncio
import random
from zoneinfo import ZoneInfo

from bot.processes.watch import watching
from hotline.deliver import Deliverer
from hotline.messages import Outgoing
from hotline.seal import Seal
from hotline.store import outages
from hotline.store.database import Database
from hotline.store.migrate import migrate
from hotline.writer import Writer
from tests.support.clock import Clock
from tests.support.postgres import Server
from tests.test_deliver import House, NoTurns, Provider
from tests.test_watch import made

ZONES = {"kendal": ZoneInfo("Asia/Jakarta")}


def test_whoever_could_not_read_the_heartbeats_misses_none_at_once(server: Server, seal: Seal, clock: Clock) -> None:
    database = Database(server.create("teduh"))
    migrate(database)

    async def pass_by(steps: int) -> None:
        for _ in range(steps):
            clock.shift(seconds=25)
            await asyncio.sleep(0.1)

    def missed() -> int:
        with database.read() as conn:
            return len(outages.running(conn))

    async def live() -> list[int]:
        task = asyncio.create_task(watching(made(database, seal, clock), every=0.01))
        await pass_by(2)
        await asyncio.to_thread(server.stop)
        await pass_by(4)
        await asyncio.to_thread(server.start)
        await asyncio.sleep(0.3)
        found = [missed()]
        await pass_by(3)
        found.append(missed())
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return found

    assert asyncio.run(live()) == [0, 2]
    database.close()


class SlowProvider(Provider):
    """Takes what it is given after a while."""

    async def send(self, address: str, message: Outgoing, *, window_open: bool) -> str:
        await asyncio.sleep(0.5)
        return await super().send(address, message, window_open=window_open)


def test_a_stop_while_the_database_is_silent_forgets_nothing_that_was_sent(postgresql_database: Database, seal: Seal, clock: Clock) -> None:
    house, provider = House(postgresql_database, seal, clock), SlowProvider()
    house.queue("a", "satu")

    async def live() -> None:
        writer = Writer(postgresql_database, NoTurns(), inline=False, patience=0.2)
        deliverer = Deliverer("whatsapp", provider, writer, seal, ZONES, per_second=1000, clock=clock, chance=random.Random(1))
        task = asyncio.create_task(deliverer.run())
        await asyncio.sleep(0.3)  # It is claimed and on its way.
        with postgresql_database.write() as holder:
            holder.exec_driver_sql("LOCK TABLE lease")
            stuck = asyncio.create_task(writer.do(lambda conn: conn.exec_driver_sql("SELECT count(*) FROM lease").scalar_one()))
            await asyncio.sleep(0.5)
            task.cancel()
            await asyncio.sleep(0.2)
        await asyncio.gather(task, stuck, return_exceptions=True)

    asyncio.run(live())
    assert [text for _, text in provider.taken] == ["satu"]
    assert [state for state, _, _ in house.states()] == ["sent"]
