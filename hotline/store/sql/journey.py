"""A journey to PostgreSQL: statements that leave together in one packet and come back answered together.

psycopg's own pipeline sends each statement by itself and looks for answers in between, so the server is woken once for each of them.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import psycopg
from psycopg import errors, generators, pq
from psycopg.abc import PQGen
from psycopg.adapt import Transformer
from sqlalchemy import BindParameter, Dialect, Select, text
from sqlalchemy.dialects.postgresql.psycopg import dialect as _dialect
from sqlalchemy.types import ARRAY, TypeEngine

from hotline.store.sql.arrays import plain, with_few, with_lists, with_rows

Encode = Callable[[Any], bytes]
_BINARY = 1
_INT8, _SIZED_INT8, _LENGTH, _ARRAY = struct.Struct("!q"), struct.Struct("!iq"), struct.Struct("!i"), struct.Struct("!iiIii")
_NULL = _LENGTH.pack(-1)
_FAILED = (pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.PIPELINE_ABORTED)
_numbers = count(1)
Parcel = tuple["Answer", "Written", list[bytes | None]]
"""A statement with what travels for its parameters, and where its answer goes."""
_DIALECT: Dialect = _dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
"""Writes statements as the server itself reads them."""


@dataclass(frozen=True, slots=True, eq=False)
class _Kind:
    """How values of one type travel: one alone, and each of a list after its length."""

    oid: int
    array_oid: int
    alone: Encode
    sized: Encode

    def array(self, values: Sequence[Any]) -> bytes:
        """A list as an array of one dimension."""
        sized = self.sized
        found = [_NULL if value is None else sized(value) for value in values]
        return _ARRAY.pack(1, _NULL in found, self.oid, len(found), 1) + b"".join(found)


def _sized(data: bytes) -> bytes:
    return _LENGTH.pack(len(data)) + data


# The numbers are those of PostgreSQL's pg_type, which never change. Whole numbers travel in eight bytes, whatever their column.
_KINDS: Mapping[type, _Kind] = {
    bool: _Kind(16, 1000, lambda value: b"\1" if value else b"\0", lambda value: b"\0\0\0\1\1" if value else b"\0\0\0\1\0"),
    int: _Kind(20, 1016, _INT8.pack, lambda value: _SIZED_INT8.pack(8, value)),
    str: _Kind(25, 1009, str.encode, lambda value: _sized(value.encode())),
    bytes: _Kind(17, 1001, bytes.__bytes__, _sized),
}


class Written:
    """A statement as the server takes it: prepared in a session at its first use there."""

    def __init__(self, statement: Any, *, rows: bool = False, few: Mapping[str, int] | None = None) -> None:
        """`rows`: a write of many rows at once, whose every parameter takes a list. `few`: a select with lists of these lengths."""
        compiled = statement.compile(dialect=_DIALECT)
        if rows:
            compiled = with_rows(statement, _open(compiled)).compile(dialect=_DIALECT)
        elif isinstance(statement, Select):
            compiled = (with_few(statement, few) if few else with_lists(statement)).compile(dialect=_DIALECT)
        self.name = b"teduh_%d" % next(_numbers)
        self.sql = str(compiled).encode()
        self.needs = list(_open(compiled))
        """The parameters that have no value of their own."""
        self._fixed = {name: value for name, value in compiled.params.items() if name not in self.needs}
        travels = [(name, *_travels(compiled.binds[name].type)) for name in compiled.positiontup or ()]
        self._order = [(name, encode) for name, _, encode in travels]
        self.oids = [oid for _, oid, _ in travels]
        self.formats = [_BINARY] * len(travels)

    def values(self, given: Mapping[str, Any]) -> list[bytes | None]:
        """What travels for these parameters."""
        every = {**given, **self._fixed} if self._fixed else given
        return [None if (value := every[name]) is None else encode(value) for name, encode in self._order]


def _open(compiled: Any) -> dict[str, BindParameter[Any]]:
    return {name: bind for name in compiled.params if (bind := compiled.binds[name]).required}


def _travels(kind: TypeEngine[Any]) -> tuple[int, Encode]:
    if isinstance(kind, ARRAY):
        found = _KINDS[plain(kind.item_type)]
        return found.array_oid, found.array
    found = _KINDS[plain(kind)]
    return found.oid, found.alone


_BEGIN, _COMMIT = Written(text("BEGIN")), Written(text("COMMIT"))


class Road:
    """One session of the server, as journeys need it: what it knows already, and how its answers are read."""

    __slots__ = ("_reader", "driver", "known", "last", "packing", "pgconn")

    def __init__(self, driver: psycopg.Connection[Any]) -> None:
        self.driver, self.pgconn = driver, driver.pgconn
        self.known: set[bytes] = set()
        """The names of the statements that are prepared there."""
        self.packing: Journey | None = None
        """The journey that is being packed, of several statements."""
        self.last = False
        """Whether that journey leaves with the COMMIT."""
        self._reader = Transformer(driver)

    def read(self, result: pq.abc.PGresult, make: Callable[[Sequence[Any]], Any]) -> list[Any]:
        """The rows of an answer, each made of a tuple."""
        reader = self._reader
        reader.set_pgresult(result, format=pq.Format.BINARY)
        try:
            return reader.load_rows(0, result.ntuples, make)
        finally:
            reader.set_pgresult(None)  # Nothing that a person wrote is kept longer than it is read.


class Answer:
    """What a statement will have found, once its journey has ended."""

    __slots__ = ("_road", "result")

    def __init__(self, road: Road) -> None:
        self._road = road
        self.result: pq.abc.PGresult | None = None

    def rows(self, make: Callable[[Sequence[Any]], Any]) -> list[Any]:
        """Its rows, each made of a tuple. Before the journey's end there are none to be had: RuntimeError."""
        if self.result is None:
            raise RuntimeError("asked for the rows of a statement that has not travelled")
        return self._road.read(self.result, make)


class Journey:
    """One journey. What is to travel is only packed until `end`; a transaction begins with the first journey in it."""

    __slots__ = ("_packed", "_road")

    def __init__(self, road: Road) -> None:
        self._road = road
        self._packed: list[Parcel] = []

    def __len__(self) -> int:
        return len(self._packed)

    def send(self, statement: Written, given: Mapping[str, Any]) -> Answer:
        """Take along a statement with its values."""
        answer = Answer(self._road)
        self._packed.append((answer, statement, statement.values(given)))
        return answer

    def end(self, *, commit: bool = False) -> None:
        """Go, with a COMMIT at last if told to, and come back with every answer; raises the driver's error of the first that failed."""
        road, pgconn, packed = self._road, self._road.pgconn, self._packed
        self._packed = []
        if pgconn.transaction_status == pq.TransactionStatus.IDLE and not road.driver.autocommit:
            packed.insert(0, (Answer(road), _BEGIN, []))
        if commit:
            packed.append((Answer(road), _COMMIT, []))
        pgconn.enter_pipeline_mode()
        try:
            awaited = self._put(packed)
            pgconn.pipeline_sync()
            results = road.driver.wait(_exchange(pgconn, len(awaited)))
        except BaseException:
            pgconn.finish()  # Nobody knows how much of it the server has done, or still answers.
            raise
        pgconn.exit_pipeline_mode()
        for waiting, result in zip(awaited, results, strict=True):
            if result.status in _FAILED:
                raise errors.error_from_result(result)
            if isinstance(waiting, Answer):
                waiting.result = result
            else:
                road.known.add(waiting.name)
        if commit and results[-1].command_status != b"COMMIT":
            raise _nothing_kept()

    def _put(self, packed: Sequence[Parcel]) -> list[Answer | Written]:
        """Hand everything to the driver's buffer; gives what will be answered: a statement that is made known, or one that was run."""
        awaited: list[Answer | Written] = []
        pgconn, known = self._road.pgconn, self._road.known
        new, put = set[bytes](), pgconn.send_query_prepared
        for answer, statement, values in packed:
            if statement.name not in known and statement.name not in new:
                new.add(statement.name)
                pgconn.send_prepare(statement.name, statement.sql, statement.oids)
                awaited.append(statement)
            put(statement.name, values, statement.formats, _BINARY)
            awaited.append(answer)
        return awaited


def _nothing_kept() -> errors.InFailedSqlTransaction:
    return errors.InFailedSqlTransaction("the transaction had failed before: nothing of it was kept")


def may_commit(driver: psycopg.Connection[Any]) -> None:
    """Raises InFailedSqlTransaction: the server would answer COMMIT with a ROLLBACK, and call that no error."""
    if driver.info.transaction_status == pq.TransactionStatus.INERROR:
        raise _nothing_kept()


def _exchange(pgconn: pq.abc.PGconn, number: int) -> PQGen[list[pq.abc.PGresult]]:
    """Send all that waits; the last result of each statement, the journey's own end left out."""
    yield from generators.send(pgconn)
    results = []
    for _ in range(number):
        found = yield from generators.fetch_many(pgconn)
        results.append(found[-1])
    yield from generators.fetch_many(pgconn)
    return results
