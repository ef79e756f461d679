"""Tables of what runs beside a case: a conversation that an operator holds, its clocks, and how fast people answered."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, SmallInteger, String
from sqlmodel import Field, SQLModel

from hotline.store.sql.columns import big, partial, row_id


class Talk(SQLModel, table=True):
    """An operator reads and answers in a reporter's chat, and the dialog waits until it ended."""

    __tablename__ = "talk"

    id: int = Field(sa_column=row_id())
    case_id: int = Field(sa_column=big())
    contact_id: int = Field(sa_column=big())
    region: str
    operator_id: int = Field(sa_column=big())
    asked: bool = Field(sa_column=Column(Boolean, nullable=False))
    """The reporter had been silent: only a neutral greeting was sent, and nothing else goes before they have agreed."""
    waiting: bool = Field(sa_column=Column(Boolean, nullable=False))
    """The reporter wrote after the operator's last word."""
    began_at: int = Field(sa_column=big())
    quiet_at: int = Field(sa_column=big())
    """Without a word of the operator until then the dialog goes on."""
    ended_at: int | None = Field(default=None, sa_column=big(null=True))
    why: str = Field(default="", sa_column=Column(String(16), nullable=False))
    """hotline.talk.Why, once it ended."""

    __table_args__ = (
        # One at a time: of two operators who press at once, the second one's transaction fails.
        partial("uq_talk_contact_id", "contact_id", where="ended_at IS NULL", unique=True),
        Index("ix_talk_case_id", "case_id"),
    )


class CaseClock(SQLModel, table=True):
    """One running or stopped clock of a case: a projection of its events by `hotline.clocks`, and what was told of it."""

    __tablename__ = "case_clock"

    case_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    kind: str = Field(sa_column=Column(String(12), primary_key=True))
    """hotline.clocks.Kind."""
    region: str
    level: int = Field(sa_column=Column(SmallInteger, nullable=False))
    started_at: int = Field(sa_column=big())
    due_at: int = Field(sa_column=big())
    running: bool = Field(sa_column=Column(Boolean, nullable=False))
    told: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False))
    """How many of its tellings were done: each is told once."""
    tell_at: int | None = Field(default=None, sa_column=big(null=True))
    """When the next one is due."""

    __table_args__ = (
        partial("ix_case_clock_tell_at", "tell_at", where="tell_at IS NOT NULL"),
        partial("ix_case_clock_due", "region", "due_at", where="running"),
    )


class CaseWatch(SQLModel, table=True):
    """Up to which of a case's events its clocks are right, and how long people took to answer it."""

    __tablename__ = "case_watch"

    case_id: int = Field(sa_column=row_id())
    region: str
    version: int = Field(sa_column=Column(Integer, nullable=False))
    """The sequence number of the last event the clocks have taken in."""
    level: int = Field(sa_column=Column(SmallInteger, nullable=False))
    """The gravest level before somebody acknowledged the case."""
    began_at: int = Field(sa_column=big())
    """When it reached that level."""
    acknowledged_at: int | None = Field(default=None, sa_column=big(null=True))
    acted_at: int | None = Field(default=None, sa_column=big(null=True))
    """The first word to the reporter, or emergency action, that was recorded."""

    __table_args__ = (Index("ix_case_watch_region_began_at", "region", "began_at"),)
