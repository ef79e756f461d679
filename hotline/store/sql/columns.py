"""The columns that most tables have, and indexes of some of their rows."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, text

_ROW = BigInteger().with_variant(Integer, "sqlite")
"""An INTEGER primary key is where SQLite keeps the row itself; beside any other it keeps a second index, and a number that tells which
row came first."""


_WHICH = "which rows"


def row_id() -> Column[int]:
    """The key that the application makes (`hotline.ids`), or that of the row it belongs to."""
    return Column(_ROW, primary_key=True, autoincrement=False)


def big(*, null: bool = False, index: bool = False) -> Column[int]:
    """Another row's id, or a moment in microseconds."""
    return Column(BigInteger, nullable=null, index=index)


def sealed(*, null: bool = False) -> Column[bytes]:
    """What `hotline.seal` made."""
    return Column(LargeBinary, nullable=null)


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index that leaves out the rows which nobody looks for there; on PostgreSQL once `tell_postgresql` was called."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), info={_WHICH: where})


def tell_postgresql(metadata: MetaData) -> None:
    """For whoever makes or compares tables there: merely naming it would have every process load it, four MiB on SQLite for nothing."""
    for index in (index for table in metadata.tables.values() for index in table.indexes if _WHICH in index.info):
        index.dialect_kwargs["postgresql_where"] = text(index.info[_WHICH])
