"""Brings a database to the newest schema, once, however many processes start at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from hotline.store.database import Database
from hotline.store.schema import scripts

_ADVISORY_KEY = 0x7465_6475  # any number of our own: processes that migrate one PostgreSQL meet at it
_WAIT_FOR_OTHERS = 120
"""Seconds."""
_WAIT_FOR_TABLES = "5s"


def migrate(database: Database) -> None:
    """Upgrade to the newest revision in one transaction. The second of two processes waits for the first and finds nothing to do."""
    upgrade(database, "head")


def upgrade(database: Database, revision: str) -> None:
    """Upgrade to this revision ("head", or an id)."""
    with _alone(database) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(database: Database, revision: str) -> None:
    """Go back to this revision ("base", or an id). Loses what the later tables hold."""
    with _alone(database) as connection:
        command.downgrade(_config(connection), revision)


@contextmanager
def _alone(database: Database) -> Iterator[Connection]:
    """A transaction that keeps other migrating processes out. SQLite's keeps out all who write, for as long as a large file takes."""
    with database.write(patience=_WAIT_FOR_OTHERS) as connection:
        if database.dialect == "postgresql":
            connection.execute(text(f"SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '{_WAIT_FOR_OTHERS}s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_KEY})
            # A table that a running program holds must not make everyone behind this migration wait.
            connection.execute(text(f"SET LOCAL lock_timeout = '{_WAIT_FOR_TABLES}'"))
        yield connection


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
