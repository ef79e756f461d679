"""Writing many rows with one statement: compiled once for each database, then handed to the driver as it is.

SQLAlchemy's own executemany looks at every value of every row; on the way of a message that is a tenth of the work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
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
