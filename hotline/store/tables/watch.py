"""The table of outages: when the scheduler's or all workers' heartbeat stopped, and that somebody was told. Once for each outage."""

from __future__ import annotations

from sqlalchemy import Column, SmallInteger, String
from sqlmodel import Field, SQLModel

from hotline.store.sql.columns import big, partial, row_id


class Outage(SQLModel, table=True):
    """A part of the program that nothing was heard of for too long. Only one is open for each part, whoever notices it first."""

    __tablename__ = "outage"

    id: int = Field(sa_column=row_id())
    part: str = Field(sa_column=Column(String(16), nullable=False))
    """scheduler or worker."""
    heard_at: int | None = Field(default=None, sa_column=big(null=True))
    """When it was last heard; none if never."""
    noticed_at: int = Field(sa_column=big())
    noticed_by: str = Field(sa_column=Column(String(80), nullable=False))
    """The process that noticed it first, and told."""
    told: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False))
    """To how many officers' phones a message was queued."""
    ended_at: int | None = Field(default=None, sa_column=big(null=True))

    __table_args__ = (partial("uq_outage_part", "part", where="ended_at IS NULL", unique=True),)
