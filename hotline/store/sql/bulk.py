"""Statements on the way of every message: compiled once for each database, then handed to its driver as they are.

SQLAlchemy's own execution looks at every value of every row, writes a list in an IN anew at each call and makes a dozen objects for it:
together as much work as the driver's and the database's. PostgreSQL takes a long list as one array, a short one value by value, and the
rows of a write as arrays.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import Delete, Insert, ReturningUpdate, Update

from hotline.store.sql.arrays import lists, of_few

if TYPE_CHECKING:
    from hotline.store.sql.journey import Answer, Journey, Road, Written

Rows = list[Any]
"""What a select found: tuples with a name for each column, of values as the driver gives them."""
_POSTGRESQL = "postgresql"
_ROAD = "teduh road"
"""In the `info` of a connection to PostgreSQL: the road of its journeys."""
_FORGOTTEN = ("0A000", "26000", "42P05")
"""A session whose prepared statements are not what we take them for (a column changed under them, say) is of no more use: a new one is."""
_FEW = 4
"""So many rows PostgreSQL takes faster one by one than as arrays."""
_SHORT = 8
"""Lists up to this length PostgreSQL takes faster value by value (`arrays.with_few`)."""


class OutOfTurn(RuntimeError):
    """A statement of SQLAlchemy's own would overtake those that wait for their journey: end the block of `together` first."""


class Bulk:
    """An insert, update or delete for many rows, each of another key. Values are what the driver takes: int, str, bytes, bool, None."""

    def __init__(self, statement: Insert | Update | Delete) -> None:
        self._statement = statement
        self._local: Any = None
        self._one: Written | None = None
        self._many: Written | None = None

    def __call__(self, conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run it once for each row; each has a value for every parameter. No rows: nothing is done."""
        if not rows:
            return
        if travels(conn):
            self._send(conn, rows)
            return
        sql, fixed, values = self._local or self._compile(conn)
        given = [{**fixed, **row} for row in rows] if fixed else rows
        with _telling(conn):
            _driver(conn).executemany(sql, map(values, given))

    def _send(self, conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        journey, alone = _journey(conn)
        if len(rows) < _FEW:
            self._one = self._one or _journeys().Written(self._statement)
            for row in rows:
                journey.send(self._one, row)
        else:
            self._many = self._many or _journeys().Written(self._statement, rows=True)
            journey.send(self._many, {name: [row[name] for row in rows] for name in self._many.needs})
        if alone:
            _go(conn, journey)

    def _compile(self, conn: Connection) -> Any:
        compiled = self._statement.compile(dialect=conn.dialect)
        fixed = {name: value for name, value in compiled.params.items() if not compiled.binds[name].required}
        self._local = str(compiled), fixed, _in_order(compiled.positiontup or [])
        return self._local


def _in_order(names: Sequence[str]) -> Callable[[Mapping[str, Any]], Sequence[Any]]:
    """A row's values in the order of the statement's places."""
    return itemgetter(*names) if len(names) > 1 else lambda row: [row[name] for name in names]


class Lookup:
    """A select, or an update that gives back the rows it changed.

    Values are what the driver takes, or in a select lists of them for parameters declared `expanding`; so are those in its rows.
    """

    def __init__(self, statement: Select[Any] | ReturningUpdate[Any]) -> None:
        self._statement = statement
        self._make = _named([str(c.key) for c in statement.exported_columns])._make
        self._lists = lists(statement)
        self._remote: dict[tuple[int, ...], Written] = {}
        self._local: dict[tuple[int, ...], Any] = {}

    def __call__(self, conn: Connection, **values: Any) -> Rows:
        """Its rows. An empty list finds nothing."""
        return self.ask(conn, **values).rows()

    def ask(self, conn: Connection, **values: Any) -> Asked:
        """Its rows later: what is asked in one `together` is answered together."""
        if [] in values.values():
            return Asked([], self._make)
        if travels(conn):
            journey, alone = _journey(conn)
            asked = Asked(self._send(journey, values), self._make)
            if alone:
                _go(conn, journey)
            return asked
        with _telling(conn):
            return Asked(_driver(conn).execute(*self.written(conn, **values)).fetchall(), self._make)

    def _send(self, journey: Journey, values: dict[str, Any]) -> Answer:
        # Short lists go value by value, filled up so that few lengths are ever prepared; if one is long, all go as arrays.
        lengths: dict[str, int] = {}
        if self._lists and max([len(values[name]) for name in self._lists]) <= _SHORT:
            values = {**values}
            for name in self._lists:
                several = _filled(values[name])
                lengths[name] = len(several)
                values.update(zip(of_few(name, len(several)), several, strict=True))
        key = tuple(lengths.values())
        written = self._remote.get(key)
        if written is None:
            written = self._remote[key] = _journeys().Written(self._statement, few=lengths)
        return journey.send(written, values)

    def written(self, conn: Connection, **values: Any) -> tuple[str, Any]:
        """The statement and its values as SQLite's driver takes them."""
        # A list is filled up with its last value, so that few lengths are ever written.
        lists = {name: _filled(value) for name, value in values.items() if isinstance(value, list)}
        key = tuple([len(several) for several in lists.values()])
        sql, fixed, places, order = self._local.get(key) or self._compile(conn, key, {**values, **lists})
        given = {**fixed, **values}
        for name, found in places.items():
            given.update(zip(found, lists[name], strict=True))
        return sql, [given[name] for name in order]

    def _compile(self, conn: Connection, key: tuple[int, ...], values: dict[str, Any]) -> Any:
        written = self._statement.compile(dialect=conn.dialect).construct_expanded_state(values, escape_names=False)
        found = written.statement, written.parameters, written.parameter_expansion, written.positiontup
        self._local[key] = found
        return found


class Asked:
    """A select on its way."""

    __slots__ = ("_found", "_make")

    def __init__(self, found: Answer | Rows, make: Any) -> None:
        self._found, self._make = found, make

    def rows(self) -> Rows:
        """Its rows, once its journey has ended."""
        if isinstance(self._found, list):
            return list(map(self._make, self._found))
        return self._found.rows(self._make)


class together:
    """What is asked and written in the block goes to PostgreSQL in one journey. SQLite is in this process: there is none to spare."""

    __slots__ = ("_conn", "_road")

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._road: Road | None = None

    def __enter__(self) -> None:
        if travels(self._conn) and (road := _road(self._conn)).packing is None:
            self._road, road.packing = road, _journeys().Journey(road)

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if self._road is not None:
            journey, self._road.packing = self._road.packing, None
            if error is None and journey:
                _go(self._conn, journey)


def travels(conn: Connection) -> bool:
    """Whether asking this database costs a journey."""
    return conn.dialect.name == _POSTGRESQL


@cache
def _journeys() -> Any:
    """PostgreSQL's side of it: six MiB that a process on SQLite does not take."""
    from hotline.store.sql import journey

    return journey


def _road(conn: Connection) -> Road:
    info = conn.info  # A connection made anew has a new one.
    road: Road = info.get(_ROAD) or info.setdefault(_ROAD, _journeys().Road(_driver(conn)))
    return road


def _journey(conn: Connection) -> tuple[Journey, bool]:
    """The journey that is being packed, or one for a statement alone."""
    road = _road(conn)
    return (road.packing, False) if road.packing is not None else (_journeys().Journey(road), True)


def _go(conn: Connection, journey: Journey, *, commit: bool = False) -> None:
    with _telling(conn):
        journey.end(commit=commit)


def last_words(conn: Connection) -> None:
    """What is written from now on goes to PostgreSQL in one journey with the COMMIT. Nothing else may be asked in this transaction."""
    if travels(conn) and not (road := _road(conn)).last:
        if road.packing is not None:
            raise OutOfTurn(OutOfTurn.__doc__)
        road.last, road.packing = True, _journeys().Journey(road)


@contextmanager
def last_journey(conn: Connection) -> Iterator[None]:
    """Around a whole transaction: what was begun by `last_words` leaves with the COMMIT, or is given up with the transaction."""
    road = _road(conn) if travels(conn) else None
    try:
        yield
    except BaseException:
        _last(road)
        raise
    if (journey := _last(road)) is not None:
        _go(conn, journey, commit=True)
    elif road is not None and not conn.invalidated:
        with _telling(conn):
            _journeys().may_commit(road.driver)


def _last(road: Road | None) -> Journey | None:
    if road is None or not road.last:
        return None
    journey, road.last, road.packing = road.packing, False, None
    return journey


def in_turn(conn: Connection) -> None:
    """Raises OutOfTurn where a statement would overtake what waits for its journey."""
    if (road := conn.info.get(_ROAD)) and road.packing:
        raise OutOfTurn(OutOfTurn.__doc__)


def _named(columns: list[str]) -> Any:
    return namedtuple("Found", columns, rename=True)


def _filled(values: list[Any]) -> list[Any]:
    wanted = 1 << (len(values) - 1).bit_length()
    return values + [values[-1]] * (wanted - len(values))


def _driver(conn: Connection) -> Any:
    return conn.connection.dbapi_connection  # Both drivers are what they look like: nothing is wrapped.


def at_once(conn: Connection, sql: str) -> None:
    """A word to SQLite's driver that SQLAlchemy need not look at."""
    with _telling(conn):
        _driver(conn).execute(sql)


class _telling:
    """Raises the driver's errors as SQLAlchemy does, without the statement's values; the database's own words stay (no log holds them)."""

    __slots__ = ("_conn",)

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if error is None:
            return
        dialect = self._conn.dialect
        errors: Any = dialect.loaded_dbapi.Error
        if not isinstance(error, errors):
            return
        lost = dialect.is_disconnect(error, _driver(self._conn), None) or getattr(error, "sqlstate", None) in _FORGOTTEN
        if lost:
            self._conn.invalidate(error)
        told = DBAPIError.instance("", None, error, errors, hide_parameters=True, connection_invalidated=lost, dialect=dialect)
        raise told from error
