"""Insert a row unless it is there, in one statement that two processes may run at the same moment."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Table


def insert_if_missing(conn: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Whether it was inserted now; False when a row with the same key was there (or came from another process while we waited)."""
    # PostgreSQL's takes four MiB, which a process on SQLite can spare.
    dialect: Any = import_module(f"sqlalchemy.dialects.{conn.dialect.name}")
    # RETURNING gives a row exactly when one was inserted; the driver's row count of an INSERT is -1 on PostgreSQL, whatever happened.
    inserted = dialect.insert(table).values(**values).on_conflict_do_nothing().returning(next(iter(table.primary_key.columns)))
    return conn.execute(inserted).first() is not None
