"""Statements on the way of every message: compiled once for each database, then handed to the driver as they are.

SQLAlchemy's own executemany looks at every value of every row, and a list in an IN is written anew at each execution: together a
fifth of the work of a turn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select
from sqlalchemy.sql.compiler import ExpandedState
from sqlalchemy.sql.dml import Insert, Update


class Bulk:
    """An insert or update for many rows. Values are what the driver takes: int, str, bytes, bool, None."""

    def __init__(self, statement: Insert | Update) -> None:
        self._statement = statement
        self._compiled: dict[str, tuple[str, list[str] | None]] = {}

    def __call__(self, conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run it once for each row; each has a value for every parameter. No rows: nothing is done."""
        if not rows:
            return
        sql, names = self._compiled.get(conn.dialect.name) or self._compile(conn)
        conn.exec_driver_sql(sql, [row if names is None else tuple([row[name] for name in names]) for row in rows])

    def _compile(self, conn: Connection) -> tuple[str, list[str] | None]:
        compiled = self._statement.compile(dialect=conn.dialect)
        found = self._compiled[conn.dialect.name] = (str(compiled), compiled.positiontup)
        return found


class Lookup:
    """A select. Values are what the driver takes, or lists of them for parameters declared `expanding`; so are those in its rows."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._written: dict[tuple[Any, ...], ExpandedState] = {}

    def __call__(self, conn: Connection, **values: Any) -> Sequence[Row[Any]]:
        """Its rows. A list must not be empty; it is filled up with its last value, so that few lengths are ever written."""
        filled = {name: _filled(value) if isinstance(value, list) else value for name, value in values.items()}
        key = (conn.dialect.name, *[len(value) for value in filled.values() if isinstance(value, list)])
        written = self._written.get(key) or self._write(conn, key, filled)
        given: dict[str, Any] = {**written.parameters, **filled}
        for name, places in written.parameter_expansion.items():
            given.update(zip(places, filled[name], strict=True))
        order = written.positiontup
        return conn.exec_driver_sql(written.statement, given if order is None else tuple([given[name] for name in order])).all()

    def _write(self, conn: Connection, key: tuple[Any, ...], values: dict[str, Any]) -> ExpandedState:
        compiled = self._statement.compile(dialect=conn.dialect)
        written = self._written[key] = compiled.construct_expanded_state(values, escape_names=False)
        return written


def _filled(values: list[Any]) -> list[Any]:
    wanted = 1 << (len(values) - 1).bit_length()
    return values + [values[-1]] * (wanted - len(values))
