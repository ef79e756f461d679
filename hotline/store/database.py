"""One door to the database, the same on SQLite and PostgreSQL: read transactions, write transactions, and an error when it is away."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, OperationalError, TimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from hotline.store.sql.bulk import at_once, in_turn, last_journey

_READ_ONLY, _USED, _WRITES = "teduh_read_only", "teduh used", "teduh writes"
_PAGE = 2048
"""Bytes of a page in a new file. A turn changes a few hundred bytes each in eight places far from one another: of pages twice as large
far more would be read and written. A file keeps the size it was made with."""
_LONG_LOG = 32 * 1024 * 1024
"""Bytes of the log at which a commit carries it into the file, where nobody did before (`hotline.store.carry`)."""
_CACHE, _WRITERS_CACHE = "PRAGMA cache_size=-512", "PRAGMA cache_size=-2560"
"""KiB of pages that a connection keeps: a crowd that writes finds too few of its own in 2 MiB."""
_TRUSTED_SECONDS = 1.0
"""A connection to PostgreSQL that rested for longer is asked whether it is still there before it is used."""
BUSY_SECONDS = 10
"""How long a writer waits for another process's transaction before it gives up."""

# Python's SQLite driver takes neither bytes nor None for granted: it looks for a way to adapt each, and fails within at half a microsecond.
sqlite3.register_adapter(bytes, bytes.__bytes__)
sqlite3.register_adapter(type(None), {}.get)  # type: ignore[arg-type]  # A get from nothing gives None.


class DatabaseUnavailable(Exception):
    """The database does not answer; nothing of this transaction was kept."""


class DatabaseBusy(DatabaseUnavailable):
    """Another process writes to SQLite and did not end in the time that was given; nothing of this transaction was begun."""


class TransactionConflict(DatabaseUnavailable):
    """Two transactions stood in each other's way and this one gave way; nothing of it was kept, and it may be tried again at once."""


class DatabaseUnwritable(DatabaseUnavailable):
    """SQLite cannot write its file or the folder it lies in: there is no room, or no right to; nothing of this transaction was kept."""


_UNWRITABLE = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})

# Serialization failure, deadlock, lock not available (PostgreSQL's appendix A).
_CONFLICTS = frozenset({"40001", "40P01", "55P03"})

# Program limit exceeded, object not in the state that was asked of it (the same appendix).
_OUR_MISTAKES = ("54", "55000")


class DatabaseFileUnusable(Exception):
    """The file of TEDUH_DATABASE_URL cannot be made, or is there and no database of SQLite."""


class DatabaseUrlInvalid(Exception):
    """TEDUH_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://."""


class Database:
    """Opened lazily and shared by threads. SQLite runs in WAL mode with synchronous=FULL: a commit that returned is on the disk."""

    def __init__(self, url: str, *, trusted_seconds: float = _TRUSTED_SECONDS) -> None:
        self.url = url
        self.dialect = make_url(url).get_backend_name()
        if self.dialect == "sqlite":
            self.engine = _sqlite(url)
        elif self.dialect == "postgresql":
            self.engine = _postgresql(url, trusted_seconds)
        else:
            raise DatabaseUrlInvalid(DatabaseUrlInvalid.__doc__)
        self._reader = self.engine.execution_options(**{_READ_ONLY: True})
        self._trusted_seconds = trusted_seconds
        self._resting: list[tuple[Connection, float]] = []
        """The last writing transaction's connection, and when it ended: to give it back and borrow anew costs a lone turn a tenth."""
        self.commits = 0
        """Transactions that ended well here so far, more or less: threads may count two as one."""

    @contextmanager
    def write(self, *, patience: float = BUSY_SECONDS) -> Iterator[Connection]:
        """A transaction that commits at the end of the block and leaves nothing behind on an error.

        `patience`: for how many seconds it waits on SQLite for another process's.
        """
        with _telling_what_happened():
            connection = self._rested() or self.engine.connect()
            try:
                self._prepare(connection, patience)
                with connection.begin(), last_journey(connection):
                    yield connection
            except BaseException:
                connection.close()
                raise
            self.commits += 1
            self._rest(connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction for looking only; on SQLite it never waits for a writer."""
        with _telling_what_happened(), self._reader.begin() as connection:
            yield connection

    def _rest(self, connection: Connection) -> None:
        if self._resting:
            connection.close()
        else:
            self._resting.append((connection, time.monotonic()))

    def _prepare(self, connection: Connection, patience: float) -> None:
        if self.dialect == "sqlite" and connection.info.get(_WRITES) != patience:
            at_once(connection, _WRITERS_CACHE)
            at_once(connection, f"PRAGMA busy_timeout={round(patience * 1000)}")
            connection.info[_WRITES] = patience

    def _rested(self) -> Connection | None:
        try:
            connection, since = self._resting.pop()
        except IndexError:
            return None
        if time.monotonic() - since < self._trusted_seconds:
            return connection
        info = connection.info
        connection.close()
        info[_USED] = since  # The pool shall ask it before it lends it.
        return None

    def carry(self) -> int:
        """SQLite: carry what is committed from the log into the file, without waiting for anybody; gives how many bytes the log holds.

        Elsewhere nothing is to be done. If nobody commits meanwhile the file is synced too, and the log may begin anew.
        """
        if self.dialect != "sqlite":
            return 0
        with contextlib.closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            _busy, pages, _carried = cursor.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            (page,) = cursor.execute("PRAGMA page_size").fetchone()
        return int(pages) * int(page)  # Below zero where another process carries just now.

    def close(self) -> None:
        """Give every connection back."""
        while self._resting:
            self._resting.pop()[0].close()
        self.engine.dispose()


class _telling_what_happened:
    """Raises what the reader of an error can act upon: the database is away, or two transactions stood in each other's way."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, TimeoutError):
            raise DatabaseUnavailable(DatabaseUnavailable.__doc__) from error
        if isinstance(error, DBAPIError):
            code = (getattr(error.orig, "sqlite_errorcode", 0) or 0) & 0xFF
            if code == sqlite3.SQLITE_NOTADB:
                raise DatabaseFileUnusable(DatabaseFileUnusable.__doc__) from None
            if getattr(error.orig, "sqlstate", None) in _CONFLICTS:
                raise TransactionConflict(TransactionConflict.__doc__) from error
            if code == sqlite3.SQLITE_BUSY:
                raise DatabaseBusy(DatabaseBusy.__doc__) from error
            if code in _UNWRITABLE:
                raise DatabaseUnwritable(DatabaseUnwritable.__doc__) from error
            if error.connection_invalidated or (isinstance(error, OperationalError) and _is_away(error.orig)):
                raise DatabaseUnavailable(DatabaseUnavailable.__doc__) from error


def _is_away(error: BaseException | None) -> bool:
    """Whether the database could not be asked; False for a mistake of ours, which would be made again at every try.

    SQLite calls a table that is not there, or a word misspelt, operational too (SQLITE_ERROR); PostgreSQL a statement beyond its limits.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return int(code) & 0xFF != sqlite3.SQLITE_ERROR
    return not str(getattr(error, "sqlstate", None) or "").startswith(_OUR_MISTAKES)


def _sqlite(url: str) -> Engine:
    path = make_url(url).database
    file = Path(path) if path and path != ":memory:" else None
    if file is not None:
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except PermissionError:
            raise
        except OSError:
            raise DatabaseFileUnusable(DatabaseFileUnusable.__doc__) from None
    engine = create_engine(url, pool_use_lifo=True, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "do_connect")
    def _ours_alone(*_given: object) -> None:
        # Levels, times and who wrote when are not sealed. SQLite gives its logs the rights of their file.
        if file is not None:
            with contextlib.suppress(OSError):  # It is there, or SQLite says what is wrong with the place.
                os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        # The driver must not begin transactions by itself: it would begin them deferred, and two readers that go on to write
        # would lose updates or fail (measured: 169 of 400 kept).
        connection.isolation_level = None
        connection.execute(f"PRAGMA page_size={_PAGE}")
        _write_ahead(connection)
        (page,) = connection.execute("PRAGMA page_size").fetchone()
        long_log = f"wal_autocheckpoint={_LONG_LOG // page}"
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "temp_store=MEMORY", long_log):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(_CACHE)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get(_READ_ONLY, False)
        at_once(connection, "BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to WAL. Of two processes that open a new file at once, SQLite refuses one without waiting; the file stays switched."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _postgresql(url: str, trusted_seconds: float) -> Engine:
    options: dict[str, Any] = {"pool_size": 8, "max_overflow": 8, "pool_use_lifo": True, "pool_timeout": BUSY_SECONDS}
    options["connect_args"] = {
        "connect_timeout": 5,
        # A machine that is gone says nothing: without these the kernel would ask it for a quarter of an hour.
        "tcp_user_timeout": 20_000,
        "keepalives_idle": 20,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "application_name": "teduh",
        # Whatever is asked here reads few rows: to compile it first would take half a second.
        "options": "-c statement_timeout=30000 -c lock_timeout=10000 -c jit=off",
        # After a rollback the driver would forget all that is prepared in a session, with what `journey` prepared there.
        "prepare_threshold": None,
    }
    engine = create_engine(url, **options)

    @event.listens_for(engine, "before_cursor_execute")
    def _in_turn(connection: Connection, *_: object) -> None:
        in_turn(connection)

    @event.listens_for(engine, "checkin")
    def _used(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info[_USED] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _still_there(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        """Between two busy moments this would be a journey for nothing at each transaction."""
        if time.monotonic() - record.info.get(_USED, time.monotonic()) < trusted_seconds:
            return
        try:
            connection.execute("SELECT 1")
            connection.rollback()
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    return engine
