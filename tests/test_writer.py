"""The one writer: shared commits, each caller's own outcome, nothing half done."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, func, make_url, select

from hotline.ids import new_id
from hotline.messages import Incoming
from hotline.store.database import Database, DatabaseUnavailable
from hotline.store.leases import bookmark, set_bookmark
from hotline.store.tables.people import Message
from hotline.times import now
from hotline.writer import Writer


class Inbox:
    """Stores each message; one that says `racun` cannot be worked."""

    def __init__(self) -> None:
        self.batches: list[int] = []

    def work(self, conn: Connection, batch: Sequence[Incoming], *, guarded: bool = True) -> list[bool]:
        self.batches.append(len(batch))
        for incoming in batch:
            self._store(conn, incoming, worked=True)
            if incoming.text == "racun":
                raise ValueError
        return [True] * len(batch)

    def keep(self, conn: Connection, incoming: Incoming, error: Exception) -> bool:
        self._store(conn, incoming, worked=False)
        return True

    @staticmethod
    def _store(conn: Connection, incoming: Incoming, *, worked: bool) -> None:
        row = {
            "id": new_id(),
            "channel": "terminal",
            "message_id": incoming.message_id,
            "contact_id": 1,
            "body_sealed": b"x",
            "received_at": 1,
            "worked": worked,
        }
        conn.execute(Message.__table__.insert(), row)  # type: ignore[attr-defined]


def message(number: int, text: str = "halo") -> Incoming:
    return Incoming(region="kendal", channel="terminal", sender="a", message_id=str(number), received_at=now(), text=text)


def stored(database: Database) -> dict[str, bool]:
    with database.read() as conn:
        return {row.message_id: bool(row.worked) for row in conn.execute(select(Message.message_id, Message.worked))}  # type: ignore[call-overload]


@pytest.mark.parametrize("inline", [True, False])
def test_a_crowd_shares_commits_and_each_is_durable_when_answered(database: Database, inline: bool) -> None:
    inbox = Inbox()

    async def crowd() -> None:
        writer = Writer(database, inbox, inline=inline)
        assert all(await asyncio.gather(*(writer.turn(message(i)) for i in range(100))))

    asyncio.run(crowd())
    assert len(stored(database)) == 100
    assert len(inbox.batches) < 20


@pytest.mark.parametrize("inline", [True, False])
def test_one_that_cannot_be_worked_is_kept_and_spoils_nobody(database: Database, inline: bool) -> None:
    async def crowd() -> None:
        writer = Writer(database, Inbox(), inline=inline)
        await asyncio.gather(*(writer.turn(message(i, "racun" if i == 3 else "halo")) for i in range(6)))

    asyncio.run(crowd())
    assert stored(database) == {str(i): i != 3 for i in range(6)}


def test_a_failing_job_gets_its_own_error_and_undoes_only_itself(database: Database) -> None:
    def fails(conn: Connection) -> None:
        set_bookmark(conn, "half", 1)
        raise KeyError

    async def both() -> list[object]:
        writer = Writer(database, Inbox(), inline=True)
        return list(
            await asyncio.gather(
                writer.do(lambda conn: set_bookmark(conn, "whole", 2)), writer.do(fails), writer.turn(message(1)), return_exceptions=True
            )
        )

    outcomes = asyncio.run(both())
    assert isinstance(outcomes[1], KeyError)
    with database.read() as conn:
        assert (bookmark(conn, "whole"), bookmark(conn, "half")) == (2, None)
    assert stored(database) == {"1": True}


def test_without_a_database_everybody_hears_it_and_the_writer_goes_on_afterwards() -> None:
    away = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")

    async def ask() -> None:
        writer = Writer(away, Inbox(), inline=False)
        for _ in range(2):
            outcomes = await asyncio.gather(writer.turn(message(1)), writer.do(lambda conn: None), return_exceptions=True)
            assert [type(o) for o in outcomes] == [DatabaseUnavailable] * 2

    asyncio.run(ask())


def test_nobody_waits_for_a_database_that_neither_answers_nor_hangs_up(postgresql_database: Database) -> None:
    async def ask() -> None:
        writer = Writer(postgresql_database, Inbox(), inline=False, patience=0.3)
        await writer.turn(message(0))
        with postgresql_database.write() as holder:
            holder.exec_driver_sql("LOCK TABLE message")
            under_way = asyncio.create_task(writer.do(lambda conn: set_bookmark(conn, "under way", 1)))
            turn = asyncio.create_task(writer.turn(message(1)))
            await asyncio.sleep(0.1)
            patient = [asyncio.create_task(writer.do(lambda conn: None, patience=p)) for p in (0, 0.01)]
            outcomes = await asyncio.gather(turn, asyncio.create_task(writer.turn(message(2))), *patient, return_exceptions=True)
            assert [type(o) for o in outcomes] == [DatabaseUnavailable] * 4
            with pytest.raises(DatabaseUnavailable):
                await writer.turn(message(3))
            assert not under_way.done()
        await under_way
        async with asyncio.timeout(5):
            await writer.do(lambda conn: None, patience=0.01)
        assert await writer.turn(message(4))

    asyncio.run(ask())
    assert stored(postgresql_database) == {"0": True, "1": True, "4": True}


def test_reading_while_a_writer_holds_the_lock_does_not_wait(sqlite_database: Database) -> None:
    with sqlite_database.write() as conn:
        Inbox._store(conn, message(1), worked=True)
        with sqlite_database.read() as other:
            assert other.execute(select(func.count()).select_from(Message)).scalar_one() == 0


@contextmanager
def held(database: Database) -> Iterator[None]:
    """Another process's transaction on a SQLite file."""
    other = sqlite3.connect(str(make_url(database.url).database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def test_who_waits_for_another_process_on_sqlite_stops_nobody_else(sqlite_database: Database) -> None:
    async def wait() -> None:
        writer = Writer(sqlite_database, Inbox(), inline=True)
        job = asyncio.ensure_future(writer.do(lambda conn: set_bookmark(conn, "job", 7)))
        with held(sqlite_database):
            turn = asyncio.ensure_future(writer.turn(message(1)))
            slowest, loop = 0.0, asyncio.get_running_loop()
            for _ in range(30):
                before = loop.time()
                await asyncio.sleep(0.02)
                slowest = max(slowest, loop.time() - before)
            assert not turn.done() and not job.done()
            assert slowest < 0.4, "the loop was held"
        assert await turn is True
        await job
        assert await writer.turn(message(2)) is True

    asyncio.run(wait())
    assert stored(sqlite_database) == {"1": True, "2": True}
    with sqlite_database.read() as conn:
        assert bookmark(conn, "job") == 7


def test_what_is_worked_one_by_one_beside_another_process_stops_nobody(sqlite_database: Database) -> None:
    class Interrupted(Inbox):
        """Another process takes the file in the moment in which one message cannot be worked, and holds it for a while."""

        holding: threading.Thread | None = None

        def work(self, conn: Connection, batch: Sequence[Incoming], *, guarded: bool = True) -> list[bool]:
            if self.holding is None:
                self.holding = threading.Thread(target=self._hold)
                conn.rollback()
                self.holding.start()
                assert held_now.wait(5)
            return super().work(conn, batch, guarded=guarded)

        @staticmethod
        def _hold() -> None:
            with held(sqlite_database):
                held_now.set()
                time.sleep(0.8)

    held_now = threading.Event()

    async def wait() -> float:
        inbox = Interrupted()
        writer = Writer(sqlite_database, inbox, inline=True)
        turns = [asyncio.ensure_future(writer.turn(message(i, "racun" if i == 1 else "halo"))) for i in range(3)]
        slowest, loop = 0.0, asyncio.get_running_loop()
        while not all(turn.done() for turn in turns):
            before = loop.time()
            await asyncio.sleep(0.02)
            slowest = max(slowest, loop.time() - before)
        assert inbox.holding is not None
        inbox.holding.join()
        return slowest

    assert asyncio.run(wait()) < 0.4, "the loop was held"
    assert stored(sqlite_database) == {str(i): i != 1 for i in range(3)}


def test_who_waits_for_long_is_told_that_the_database_is_away_and_nothing_is_doubled(sqlite_database: Database) -> None:
    async def wait() -> None:
        writer = Writer(sqlite_database, Inbox(), inline=True, patience=0.2)
        with held(sqlite_database):
            with pytest.raises(DatabaseUnavailable):
                await writer.turn(message(1))
            with pytest.raises(DatabaseUnavailable):
                await writer.turn(message(1))
        for _ in range(100):
            if stored(sqlite_database):
                break
            await asyncio.sleep(0.05)
        assert await writer.turn(message(2)) is True

    asyncio.run(wait())
    assert stored(sqlite_database) == {"1": True, "2": True}
