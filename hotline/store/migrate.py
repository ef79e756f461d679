"""Brings a database to the newest schema, once, however many processes start at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from sqlalchemy import Connection, text

from hotline.store.database import Database
from hotline.store.schema import scripts

_ADVISORY_KEY = 0x7465_6475  # any number of our own: processes that migrate one PostgreSQL meet at it
_WAIT_FOR_OTHERS = 120
"""Seconds."""
_WAIT_FOR_TABLES = "5s"

Tell = Callable[[int, int], None]
"""Hears how many of how many steps of an upgrade are done: first with none, then after each."""


def _silent(_done: int, _of: int) -> None:
    pass


def migrate(database: Database, tell: Tell = _silent) -> None:
    """Upgrade to the newest revision in one transaction. The second of two processes waits for the first and finds nothing to do.

    `tell` is called only for a database that holds something already: a new one takes no time.
    """
    upgrade(database, "head", tell)


def upgrade(database: Database, revision: str, tell: Tell = _silent) -> None:
    """Upgrade to this revision ("head", or an id)."""
    with _alone(database) as connection:
        config = _config(connection)
        config.attributes["each_step"] = _counting(config, connection, revision, tell)
        command.upgrade(config, revision)


def downgrade(database: Database, revision: str) -> None:
    """Go back to this revision ("base", or an id). Loses what the later tables hold."""
    with _alone(database) as connection:
        command.downgrade(_config(connection), revision)


def _counting(config: Config, connection: Connection, revision: str, tell: Tell) -> Callable[..., None]:
    """Tells that the upgrade begins, and gives what Alembic calls after each of its steps."""
    has = MigrationContext.configure(connection).get_current_revision()
    steps = done = 0
    if has:
        with suppress(RevisionError):  # It is newer, or of another program: Alembic says so.
            steps = len(list(ScriptDirectory.from_config(config).iterate_revisions(revision, has)))

    def step(**_: Any) -> None:
        nonlocal done
        done += 1
        if steps:
            tell(done, steps)

    if steps:
        tell(0, steps)
    return step


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
