"""SQLite keeps a row at its key instead of beside an index of it; two indexes leave out the rows that nobody looks for there."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_KEYED_BY_CASE = ("case_conflict", "case_watch")
_KEYED_BY_ID = (
    "alarm",
    "alarm_page",
    "alarm_rung",
    "attachment",
    "attempt",
    "case_event",
    "case_file",
    "contact",
    "duty",
    "message",
    "officer_browser",
    "officer_chat",
    "operator",
    "outage",
    "outbox",
    "receipt",
    "sign_in_try",
    "survey",
    "talk",
    "wipe",
)
_PARTIAL = (
    ("ix_outbox_case_id", "outbox", ["case_id"], "case_id"),
    ("ix_case_file_owner", "case_file", ["owner_id", "closed"], "owner_id"),
)


def upgrade() -> None:
    """On SQLite every row is written once more: half a minute for a gigabyte, and for that time twice the room beside the file."""
    _make_anew("BIGINT", "INTEGER")
    for name, table, columns, present in _PARTIAL:
        where = sa.text(f"{present} IS NOT NULL")
        op.drop_index(name, table_name=table)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Back to keys beside the rows."""
    for name, table, columns, _ in _PARTIAL:
        op.drop_index(name, table_name=table)
        op.create_index(name, table, columns)
    _make_anew("INTEGER", "BIGINT")


def _make_anew(before: str, after: str) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for key, tables in (("id", _KEYED_BY_ID), ("case_id", _KEYED_BY_CASE)):
        for table in tables:
            _change(table, rf"\b{key} {before} NOT NULL", f"{key} {after} NOT NULL")


def _change(table: str, before: str, after: str) -> None:
    # SQLite cannot change a column's type: the steps of its manual (lang_altertable, 7), but for foreign keys, of which there are none.
    connection = op.get_bind()
    kept = sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL")
    rows = connection.execute(kept, {"table": table}).all()
    (made,) = [sql for kind, sql in rows if kind == "table"]
    columns, found = re.subn(before, after, made[made.index("(") :])
    if found != 1:
        raise LookupError(table)
    connection.exec_driver_sql(f"CREATE TABLE made_anew {columns}")
    connection.exec_driver_sql(f"INSERT INTO made_anew SELECT * FROM {table}")
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"ALTER TABLE made_anew RENAME TO {table}")
    for kind, sql in rows:
        if kind != "table":
            connection.exec_driver_sql(sql)
