"""Statements on the way of every message: compiled once for each database, then handed to its driver as they are.

SQLAlchemy's own execution looks at every value of every row, writes a list in an IN anew at each call and makes a dozen objects for it:
together as much work as the driver's and the database's. PostgreSQL takes a list as one array, and the rows of a write as arrays too.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import Any

from sqlalchemy import BinaryExpression, BindParameter, Connection, Select, Text, any_, bindparam, column, func, insert, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.dml import Delete, Insert, Update

Rows = list[Any]
"""What a select found: tuples with a name for each column, of values as the driver gives them."""
_POSTGRESQL = "postgresql"
_LAST = "teduh last journey"
"""In a connection's `info` while its last journey is being packed."""
_FEW = 4
"""So many rows PostgreSQL takes faster one by one than as arrays."""


class Bulk:
    """An insert, update or delete for many rows, each of another key. Values are what the driver takes: int, str, bytes, bool, None."""

    def __init__(self, statement: Insert | Update | Delete) -> None:
        self._statement = statement
        self._one: dict[str, Any] = {}
        self._many: Any = None

    def __call__(self, conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run it once for each row; each has a value for every parameter. No rows: nothing is done."""
        if not rows:
            return
        if conn.dialect.name == _POSTGRESQL and len(rows) >= _FEW:
            sql, fixed, names = self._many or self._compile_many(conn)
            _run(conn, "execute", sql, {**fixed, **{name: [row[name] for row in rows] for name in names}})
        else:
            sql, fixed, order = self._one.get(conn.dialect.name) or self._compile_one(conn)
            given = [{**fixed, **row} for row in rows] if fixed else rows
            _run(conn, "executemany", sql, given if order is None else [[row[name] for name in order] for row in given])

    def _compile_one(self, conn: Connection) -> Any:
        compiled = self._statement.compile(dialect=conn.dialect)
        found = self._one[conn.dialect.name] = str(compiled), _fixed(compiled), compiled.positiontup
        return found

    def _compile_many(self, conn: Connection) -> Any:
        compiled = self._statement.compile(dialect=conn.dialect)
        fixed = _fixed(compiled)
        binds = {name: compiled.binds[name] for name in compiled.params if name not in fixed}
        # Text and not VARCHAR(8): the column refuses what is too long, a cast would cut it.
        types = {name: Text() if bind.type.python_type is str else bind.type for name, bind in binds.items()}
        arrays = func.unnest(*[bindparam(name, type_=ARRAY(kind)) for name, kind in types.items()])
        given = arrays.table_valued(*[column(name, kind) for name, kind in types.items()]).render_derived(name="given")
        statement: Any = self._statement
        if isinstance(statement, Insert):
            statement = insert(statement.table).from_select(list(binds), select(*given.c))
        else:
            statement = visitors.replacement_traverse(statement, {}, partial(_column_of, given))
        compiled = statement.compile(dialect=conn.dialect)
        sql = str(compiled)
        for name in binds:
            sql = sql.replace(f"%({name})s", f"%({name})b")  # as binary values, which need no quoting
        self._many = sql, {name: value for name, value in compiled.params.items() if name not in binds}, list(binds)
        return self._many


def _fixed(compiled: Any) -> dict[str, Any]:
    """Values that stand in the statement itself."""
    return {name: value for name, value in compiled.params.items() if not compiled.binds[name].required}


def _column_of(given: Any, element: Any, **_: Any) -> Any:
    return given.c[element.key] if isinstance(element, BindParameter) and element.key in given.c else None


class Lookup:
    """A select. Values are what the driver takes, or lists of them for parameters declared `expanding`; so are those in its rows."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._row = _named([str(c.key) for c in statement.selected_columns])
        self._compiled: dict[tuple[Any, ...], Any] = {}

    def __call__(self, conn: Connection, **values: Any) -> Rows:
        """Its rows. An empty list finds nothing."""
        return self.ask(conn, **values).rows()

    def ask(self, conn: Connection, **values: Any) -> Asked:
        """Its rows later: what is asked in one `together` is answered together."""
        if [] in values.values():
            return Asked(conn, None, self._row)
        return Asked(conn, _run(conn, "execute", *self.written(conn, **values)), self._row)

    def written(self, conn: Connection, **values: Any) -> tuple[str, Any]:
        """The statement and its values as the driver takes them."""
        if conn.dialect.name == _POSTGRESQL:
            sql, fixed = self._compiled.get(()) or self._compile_with_arrays(conn)
            return sql, {**fixed, **values}
        # A list is filled up with its last value, so that few lengths are ever written.
        filled = {name: _filled(value) if isinstance(value, list) else value for name, value in values.items()}
        key = tuple([len(value) for value in filled.values() if isinstance(value, list)])
        sql, fixed, places, order = self._compiled.get((conn.dialect.name, *key)) or self._compile_with_places(conn, key, filled)
        given = {**fixed, **filled}
        for name, found in places.items():
            given.update(zip(found, filled[name], strict=True))
        return sql, [given[name] for name in order]

    def _compile_with_arrays(self, conn: Connection) -> Any:
        statement: Any = visitors.replacement_traverse(self._statement, {}, _is_one_of)
        compiled = statement.compile(dialect=conn.dialect)
        found = self._compiled[()] = str(compiled), compiled.params
        return found

    def _compile_with_places(self, conn: Connection, key: tuple[int, ...], values: dict[str, Any]) -> Any:
        written = self._statement.compile(dialect=conn.dialect).construct_expanded_state(values, escape_names=False)
        found = written.statement, written.parameters, written.parameter_expansion, written.positiontup
        self._compiled[conn.dialect.name, *key] = found
        return found


class Asked:
    """A select on its way."""

    __slots__ = ("_conn", "_cursor", "_row")

    def __init__(self, conn: Connection, cursor: Any, row: Any) -> None:
        self._conn, self._cursor, self._row = conn, cursor, row

    def rows(self) -> Rows:
        """Its rows; waits for them."""
        if self._cursor is None:
            return []
        with _telling(self._conn):
            return list(map(self._row._make, self._cursor.fetchall()))


@contextmanager
def together(conn: Connection) -> Iterator[None]:
    """What is asked and written in the block goes to PostgreSQL in one journey. SQLite is in this process: there is none to spare."""
    if conn.dialect.name != _POSTGRESQL or _LAST in conn.info:
        yield
        return
    with _telling(conn), _driver(conn).pipeline():
        yield


def last_words(conn: Connection) -> None:
    """What is written from now on goes to PostgreSQL in one journey with the COMMIT. Nothing else may be asked in this transaction."""
    if conn.dialect.name == _POSTGRESQL and _LAST not in conn.info:
        journey = conn.info[_LAST] = ExitStack()
        journey.enter_context(_driver(conn).pipeline())


@contextmanager
def last_journey(conn: Connection) -> Iterator[None]:
    """Around a whole transaction: what was begun by `last_words` leaves with the COMMIT, or is given up with the transaction."""
    info = conn.info  # A connection lost in between has none any more.
    try:
        yield
    except BaseException:
        if (journey := info.pop(_LAST, None)) is not None:
            with suppress(Exception):  # Told already by what ends the transaction.
                journey.close()
        raise
    if (journey := info.pop(_LAST, None)) is not None:
        with _telling(conn), journey:
            _driver(conn).execute("COMMIT", prepare=False)


def _is_one_of(element: Any, **_: Any) -> Any:
    """`column IN (values)` as `column = ANY(array)`."""
    if not isinstance(element, BinaryExpression) or element.operator is not operators.in_op or not isinstance(element.right, BindParameter):
        return None
    return element.left == any_(bindparam(element.right.key, type_=ARRAY(element.left.type)))


def _named(columns: list[str]) -> Any:
    return namedtuple("Found", columns, rename=True)


def _filled(values: list[Any]) -> list[Any]:
    wanted = 1 << (len(values) - 1).bit_length()
    return values + [values[-1]] * (wanted - len(values))


def _driver(conn: Connection) -> Any:
    return conn.connection.driver_connection


def _run(conn: Connection, how: str, sql: str, values: Any) -> Any:
    """`how`: execute or executemany. Gives the driver's cursor."""
    with _telling(conn):
        cursor = _driver(conn).cursor()
        getattr(cursor, how)(sql, values)
        return cursor


class _telling:
    """Raises the driver's errors as SQLAlchemy raises them, but never with the values."""

    __slots__ = ("_conn",)

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        dialect = self._conn.dialect
        errors: Any = dialect.loaded_dbapi.Error
        if not isinstance(error, errors):
            return
        lost = dialect.is_disconnect(error, _driver(self._conn), None)
        if lost:
            self._conn.invalidate(error)
        told = DBAPIError.instance("", None, error, errors, hide_parameters=True, connection_invalidated=lost, dialect=dialect)
        raise told from error
