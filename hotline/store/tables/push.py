"""The table of browsers that an officer armed for calls. Their addresses are sealed in the contact, as a phone's is."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, String
from sqlmodel import Field, SQLModel

from hotline.store.sql.columns import big, row_id


class OfficerBrowser(SQLModel, table=True):
    """One browser of one officer; a browser is one officer's, whoever armed it last."""

    __tablename__ = "officer_browser"

    id: int = Field(sa_column=row_id())
    operator_id: int = Field(sa_column=big())
    contact_id: int = Field(sa_column=Column(BigInteger, nullable=False, unique=True))
    name: str = Field(sa_column=Column(String(60), nullable=False))
    """What kind of browser on what kind of device, by which its owner knows it."""
    armed_at: int = Field(sa_column=big())
    retired_at: int | None = Field(default=None, sa_column=big(null=True))
    """When the push service said that this subscription is gone: it is called no more."""

    __table_args__ = (Index("ix_officer_browser_operator_id", "operator_id"),)
