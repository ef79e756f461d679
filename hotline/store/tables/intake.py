"""Tables of what the intake brings beside the case: who must not see it, and what people thought of the service."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, SmallInteger, String
from sqlmodel import Field, SQLModel

from hotline.store.sql.columns import big, row_id


class CaseConflict(SQLModel, table=True):
    """The person spoken of works where the desk works: the case is seen one level up, and by whom it is given to from there."""

    __tablename__ = "case_conflict"

    case_id: int = Field(sa_column=row_id())
    place: str = Field(sa_column=Column(String(16), nullable=False))
    """The answer to R14."""


class CaseExclusion(SQLModel, table=True):
    """An operator who is related to, works with or is named in a case does not see it (domain 2.3)."""

    __tablename__ = "case_exclusion"

    case_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    operator_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    by_id: int = Field(sa_column=big())
    at: int = Field(sa_column=big())


class Survey(SQLModel, table=True):
    """One person's answers to the nine elements of the satisfaction survey. Nothing leads back to a person or a case: the id is drawn by
    lot, and of the time only the month is kept."""

    __tablename__ = "survey"

    id: int = Field(sa_column=row_id())
    region: str
    month: str = Field(sa_column=Column(String(7), nullable=False))
    """Such as 2027-03, by the region's clock."""
    u1: int | None = Field(default=None, sa_column=Column(SmallInteger, nullable=True))
    u2: int | None = Field(default=None, sa_column=Column(SmallInteger, nullable=True))
    u3: int | None = Field(default=None, sa_column=Column(SmallInteger, nullable=True))
    u4: int | None = Field(default=None, sa_column=Column(SmallInteger, nullable=True))
    u5: int | None = Field(default=None, sa_column=Column(SmallInteger, nullable=True))
    u6: int | None = Field(default=None, sa_column=Column(SmallInteger, nullable=True))
    u7: int | None = Field(default=None, sa_column=Column(SmallInteger, nullable=True))
    u8: int | None = Field(default=None, sa_column=Column(SmallInteger, nullable=True))
    u9: int | None = Field(default=None, sa_column=Column(SmallInteger, nullable=True))

    __table_args__ = (Index("ix_survey_region_month", "region", "month"),)
