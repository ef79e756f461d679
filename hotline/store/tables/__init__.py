"""The tables. Columns named `*_sealed` hold what `hotline.seal` made; `*_at` are microseconds since 1970 (`hotline.times`)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, MetaData, event
from sqlmodel import SQLModel

from hotline.store.sql.columns import tell_postgresql

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata


@event.listens_for(metadata, "before_create")
def _tell(every: MetaData, connection: Connection, **_: Any) -> None:
    if connection.dialect.name == "postgresql":
        tell_postgresql(every)
