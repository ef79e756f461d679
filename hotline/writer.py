"""One writer a process: everything that waits when a commit ends shares the next one, and nobody is answered before it is durable."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection

from hotline.company import Company
from hotline.messages import Incoming
from hotline.store.alarm.ringing import AlarmNotMoved
from hotline.store.database import BUSY_SECONDS, Database, DatabaseBusy, DatabaseUnavailable, TransactionConflict

T = TypeVar("T")
Turn = tuple[Incoming, "asyncio.Future[bool]"]
Job = tuple[Callable[[Connection], Any], "asyncio.Future[Any]"]
Settled = tuple["asyncio.Future[Any]", Any, BaseException | None]
"""A waiting future with its value or its error."""
MOST_TURNS = 256
"""Turns in one transaction at most, so that a flood does not make the first of them wait for all."""
PATIENCE = 7.0
"""Seconds that a transaction may take before the doors say that the database does not answer. Twilio hangs up after 15, and a message may
have waited for the transaction before."""

_SHORTLY = 0.05
"""Seconds that the event loop's own thread waits for another process that writes: nobody is served meanwhile."""


class OneByOne(Exception):
    """Each must be worked in a transaction of its own, and every one of them may have to wait for another process."""


class Turns(Protocol):
    """What works messages inside the writer's transaction (`hotline.receive`)."""

    def work(self, conn: Connection, batch: Sequence[Incoming], *, guarded: bool = True) -> list[bool]:
        """True for each message worked now, False for one that was worked before. The last thing done in a transaction.

        Without `guarded` it may raise AlarmNotMoved, and is asked again with it.
        """
        ...

    def keep(self, conn: Connection, incoming: Incoming, error: Exception) -> bool:
        """Store a message that could not be worked, and answer the person all the same."""
        ...


class Rider(Protocol):
    """Somebody with small things to write that need no commit of their own, and who must know how each transaction ended."""

    def board(self, conn: Connection) -> None:
        """Write what waits, at the beginning of a shared transaction."""
        ...

    def arrived(self, kept: bool) -> None:
        """A transaction ended, shared or not; with `kept` it is on the disk. Called in the writer's thread."""
        ...

    def landed(self) -> None:
        """Its callers have been answered. Called on the event loop's thread."""
        ...


class Writer:
    """Group commit without a window: a lone request is committed at once, a crowd together (`hotline.company` tells the one exception).

    `inline` runs the transaction on the event loop's own thread: on a fast disk that beats handing it to another thread and back. Where
    another process holds SQLite for longer than a moment, it waits in the other thread all the same. There nobody waits longer than
    `patience` (seconds) for a database that neither answers nor hangs up.
    """

    def __init__(
        self, database: Database, turns: Turns, *, inline: bool, patience: float = PATIENCE, company: Company | None = None
    ) -> None:
        self._database, self._turns, self._inline, self._patience = database, turns, inline, patience
        self._watch: asyncio.TimerHandle | None = None
        self._stuck = False
        """The transaction that is under way has taken longer than patience lasts."""
        self._riders: list[Rider] = []
        self._later: asyncio.TimerHandle | None = None
        self._waiting: list[Turn] = []
        self._jobs: list[Job] = []
        self._busy = False
        self.company = company or Company()
        self._thread = ThreadPoolExecutor(1, "writer")

    async def turn(self, incoming: Incoming) -> bool:
        """Work one message; returns when it is on the disk.

        Raises DatabaseUnavailable, with nothing kept; or, when patience ended, nothing yet: brought again it tells what became of it.
        """
        self._refuse_if_stuck()
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((incoming, future))
        self._arm()
        return await future

    async def do(self, job: Callable[[Connection], T], *, patience: float = 0.0) -> T:
        """Run other work in the next shared transaction; its exceptions come back here and undo only it.

        With `patience` (seconds) it waits that long for a transaction that begins for somebody else.
        """
        self._refuse_if_stuck()
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.append((job, future))
        if not patience:
            self._arm()
        elif self._later is None:
            self._later = loop.call_later(patience, self._arm_at_last)
        return await future

    def ride(self, rider: Rider) -> None:
        """Take a rider along in every transaction from now on."""
        self._riders.append(rider)

    def leave(self, rider: Rider) -> None:
        """Take it along no more."""
        self._riders.remove(rider)

    def others_write(self) -> None:
        """Another process has committed something: while that goes on, a crowd waits for its other half."""
        self.company.others_write(asyncio.get_running_loop().time())

    def _arm(self) -> None:
        if not self._busy:
            self._busy = True
            asyncio.get_running_loop().call_soon(self._gather, 0)

    def _arm_at_last(self) -> None:
        self._later = None
        self._arm()

    def _gather(self, seen: int, paused: bool = False) -> None:
        """Look at the sockets once more as long as that brings somebody: a crowd is read in a few looks, a lone request costs one."""
        waiting, loop = len(self._waiting), asyncio.get_running_loop()
        if seen < waiting < MOST_TURNS:
            loop.call_soon(self._gather, waiting, paused)
        elif not paused and waiting < MOST_TURNS and self.company.worth_waiting_for(waiting, loop.time()):
            loop.call_later(self.company.seconds, self._gather, 0, True)
        else:
            if waiting:
                self.company.leaves(min(waiting, MOST_TURNS), loop.time())
            self._begin()

    def _begin(self) -> None:
        turns, self._waiting = self._waiting[:MOST_TURNS], self._waiting[MOST_TURNS:]
        jobs, self._jobs = self._jobs, []
        if self._later is not None:
            self._later.cancel()
            self._later = None
        if self._inline:
            try:
                self._end(self._commit(turns, jobs, shortly=True))
                return
            except (DatabaseBusy, OneByOne):
                pass
        loop = asyncio.get_running_loop()
        self._watch = loop.call_later(self._patience, self._give_up, turns)
        self._thread.submit(self._in_thread, loop, turns, jobs)

    def _in_thread(self, loop: asyncio.AbstractEventLoop, turns: list[Turn], jobs: list[Job]) -> None:
        # Half the time of `asyncio.to_thread`, which makes a task, two futures and a context for each call.
        loop.call_soon_threadsafe(self._end, self._commit(turns, jobs))

    def _give_up(self, under_way: list[Turn]) -> None:
        """Answer all who wait or come until the transaction ends, but for the jobs in it: only its end tells whether they are done."""
        self._stuck = True
        waiting, self._waiting = self._waiting, []
        jobs, self._jobs = self._jobs, []
        for _, future in [*under_way, *waiting, *jobs]:
            if not future.done():
                future.set_exception(DatabaseUnavailable(DatabaseUnavailable.__doc__))

    def _refuse_if_stuck(self) -> None:
        if self._stuck:
            raise DatabaseUnavailable(DatabaseUnavailable.__doc__)

    def _end(self, outcomes: list[Settled]) -> None:
        if self._watch is not None:
            self._watch.cancel()
            self._watch, self._stuck = None, False
        for future, value, error in outcomes:
            if not future.done():
                if error is None:
                    future.set_result(value)
                else:
                    future.set_exception(error)
        self._busy = False
        if self._waiting or self._jobs:
            self._arm()
        for rider in self._riders:
            rider.landed()

    @contextmanager
    def _transaction(self, *, shared: bool = False, patience: float = BUSY_SECONDS) -> Iterator[Connection]:
        kept, riders = False, tuple(self._riders)
        try:
            with self._database.write(patience=patience) as conn:
                if shared:
                    for rider in riders:
                        rider.board(conn)
                yield conn
            kept = True
        finally:
            for rider in riders:
                rider.arrived(kept)

    def _commit(self, turns: list[Turn], jobs: list[Job], *, guarded: bool = False, shortly: bool = False) -> list[Settled]:
        """Work them all. With `shortly`, and nothing kept, it raises DatabaseBusy where another process does not let it write at once, and
        OneByOne where one of them spoils the transaction for all."""
        try:
            with self._transaction(shared=True, patience=_SHORTLY if shortly else BUSY_SECONDS) as conn:
                done: list[Settled] = [(future, job(conn), None) for job, future in jobs]
                worked = self._turns.work(conn, [incoming for incoming, _ in turns], guarded=guarded) if turns else []
            return [*((future, value, None) for (_, future), value in zip(turns, worked, strict=True)), *done]
        except AlarmNotMoved:
            return self._commit(turns, jobs, guarded=True, shortly=shortly)
        except TransactionConflict:
            if len(turns) + len(jobs) == 1 and jobs:
                return [self._job_alone(*jobs[0])]
        except DatabaseUnavailable as error:
            if shortly and isinstance(error, DatabaseBusy):
                raise
            return [(future, None, error) for _, future in [*turns, *jobs]]
        except Exception as error:
            if len(turns) + len(jobs) == 1 and jobs:
                return [(jobs[0][1], None, error)]
        if shortly:
            raise OneByOne(OneByOne.__doc__)
        return [self._alone(incoming, future) for incoming, future in turns] + [self._commit([], [one])[0] for one in jobs]

    def _job_alone(self, job: Callable[[Connection], Any], future: asyncio.Future[Any]) -> Settled:
        try:
            with self._transaction() as conn:
                return future, job(conn), None
        except Exception as error:
            return future, None, error

    def _alone(self, incoming: Incoming, future: asyncio.Future[bool], tries: int = 3) -> Settled:
        try:
            try:
                with self._transaction() as conn:
                    return future, self._turns.work(conn, [incoming])[0], None
            except TransactionConflict:
                if tries > 1:
                    return self._alone(incoming, future, tries - 1)
                raise
            except DatabaseUnavailable:
                raise
            except Exception as error:
                with self._transaction() as conn:
                    return future, self._turns.keep(conn, incoming, error), None
        except Exception as error:
            return future, None, error
