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
from sqlalchemy import BindParameter, Connection, Dialect, Select
from sqlalchemy.dialects.postgresql.psycopg import dialect as _dialect
from sqlalchemy.types import ARRAY, TypeEngine

from hotline.store.arrays import plain, with_lists, with_rows

Encode = Callable[[Any], bytes]
_KNOWN = "teduh prepared statements"
"""In a connection's `info`: the names of those that this session of the server knows."""
_BINARY = 1
_INT8, _LENGTH, _ARRAY = struct.Struct("!iq"), struct.Struct("!i"), struct.Struct("!iiIii")
_NULL = _LENGTH.pack(-1)
_FAILED = (pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.PIPELINE_ABORTED)
_numbers = count(1)
_DIALECT: Dialect = _dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
"""Writes statements as the server itself reads them."""


@dataclass(frozen=True, slots=True, eq=False)
class _Kind:
    """How values of one type travel, each after its length."""

    oid: int
    array_oid: int
    encode: Encode

    def value(self, value: Any) -> bytes | None:
        """One value alone."""
        return None if value is None else self.encode(value)[4:]

    def array(self, values: Sequence[Any]) -> bytes:
        """A list as an array of one dimension."""
        encode = self.encode
        found = [_NULL if value is None else encode(value) for value in values]
        return _ARRAY.pack(1, _NULL in found, self.oid, len(found), 1) + b"".join(found)


def _sized(data: bytes) -> bytes:
    return _LENGTH.pack(len(data)) + data


# The numbers are those of PostgreSQL's pg_type, which never change. Whole numbers travel in eight bytes, whatever their column.
_KINDS: Mapping[type, _Kind] = {
    bool: _Kind(16, 1000, lambda value: b"\0\0\0\1\1" if value else b"\0\0\0\1\0"),
    int: _Kind(20, 1016, lambda value: _INT8.pack(8, value)),
    str: _Kind(25, 1009, lambda value: _sized(value.encode())),
    bytes: _Kind(17, 1001, _sized),
}


class Written:
    """A statement as the server takes it: prepared in a session at its first use there."""

    def __init__(self, statement: Any, *, rows: bool = False) -> None:
        """`rows`: it is a write of many rows at once, and every parameter takes a list."""
        compiled = statement.compile(dialect=_DIALECT)
        if rows:
            compiled = with_rows(statement, _open(compiled)).compile(dialect=_DIALECT)
        elif isinstance(statement, Select):
            compiled = with_lists(statement).compile(dialect=_DIALECT)
        self.name = b"teduh_%d" % next(_numbers)
        self.sql = str(compiled).encode()
        self.needs = list(_open(compiled))
        """The parameters that have no value of their own."""
        self._fixed = {name: value for name, value in compiled.params.items() if name not in self.needs}
        self._order = [(name, *_travels(compiled.binds[name].type)) for name in compiled.positiontup or ()]
        self.oids = [oid for _, oid, _ in self._order]
        self.formats = [_BINARY] * len(self._order)

    def values(self, given: Mapping[str, Any]) -> list[bytes | None]:
        """What travels for these parameters."""
        every = {**given, **self._fixed}
        return [encode(every[name]) for name, _, encode in self._order]


def _open(compiled: Any) -> dict[str, BindParameter[Any]]:
    return {name: bind for name in compiled.params if (bind := compiled.binds[name]).required}


def _travels(kind: TypeEngine[Any]) -> tuple[int, Callable[[Any], bytes | None]]:
    if isinstance(kind, ARRAY):
        found = _KINDS[plain(kind.item_type)]
        return found.array_oid, found.array
    found = _KINDS[plain(kind)]
    return found.oid, found.value


class Answer:
    """What a statement will have found, once its journey has ended."""

    __slots__ = ("_driver", "result")

    def __init__(self, driver: psycopg.Connection[Any]) -> None:
        self._driver = driver
        self.result: pq.abc.PGresult | None = None

    def rows(self, make: Callable[[Sequence[Any]], Any]) -> list[Any]:
        """Its rows, each made of a tuple. Before the journey's end there are none to be had: RuntimeError."""
        if self.result is None:
            raise RuntimeError("asked for the rows of a statement that has not travelled")
        reader = Transformer(self._driver)
        reader.set_pgresult(self.result, format=pq.Format.BINARY)
        return reader.load_rows(0, self.result.ntuples, make)


class Journey:
    """One journey. What is to travel is only packed until `end`; a transaction begins with the first journey in it."""

    def __init__(self, conn: Connection) -> None:
        driver: Any = conn.connection.driver_connection
        self._driver: psycopg.Connection[Any] = driver
        self._pgconn, self._known = driver.pgconn, conn.info.setdefault(_KNOWN, set())
        self._packed: list[tuple[Answer, Written, list[bytes | None]]] = []

    def __len__(self) -> int:
        return len(self._packed)

    def send(self, statement: Written, given: Mapping[str, Any]) -> Answer:
        """Take along a statement with its values."""
        answer = Answer(self._driver)
        self._packed.append((answer, statement, statement.values(given)))
        return answer

    def end(self, *, commit: bool = False) -> None:
        """Go, with a COMMIT at last if told to, and come back with every answer; raises the driver's error of the first that failed."""
        packed, self._packed = self._packed, []
        self._pgconn.enter_pipeline_mode()
        try:
            awaited = [*self._begin(), *self._put(packed), *(self._command(b"COMMIT") if commit else ())]
            self._pgconn.pipeline_sync()
            results = self._driver.wait(_exchange(self._pgconn, len(awaited)))
        except BaseException:
            self._pgconn.finish()  # Nobody knows how much of it the server has done, or still answers.
            raise
        self._pgconn.exit_pipeline_mode()
        for waiting, result in zip(awaited, results, strict=True):
            if result.status in _FAILED:
                raise errors.error_from_result(result)
            if isinstance(waiting, Answer):
                waiting.result = result
            elif waiting is not None:
                self._known.add(waiting.name)
        if commit and results[-1].command_status != b"COMMIT":
            raise _nothing_kept()

    def _begin(self) -> list[None]:
        idle = self._pgconn.transaction_status == pq.TransactionStatus.IDLE
        return self._command(b"BEGIN") if idle and not self._driver.autocommit else []

    def _command(self, sql: bytes) -> list[None]:
        self._pgconn.send_query_params(sql, None)
        return [None]

    def _put(self, packed: Sequence[tuple[Answer, Written, list[bytes | None]]]) -> list[Answer | Written]:
        """Hand everything to the driver's buffer; gives what will be answered: a statement that is made known, or one that was run."""
        awaited: list[Answer | Written] = []
        known, put = set(self._known), self._pgconn.send_query_prepared
        for answer, statement, values in packed:
            if statement.name not in known:
                known.add(statement.name)
                self._pgconn.send_prepare(statement.name, statement.sql, statement.oids)
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
