"""The tables of our own processes: who leads, who is alive, and how far something was read."""

from __future__ import annotations

from sqlalchemy import Column, String
from sqlmodel import Field, SQLModel

from hotline.store.sql.columns import big


class Lease(SQLModel, table=True):
    """Who leads: the scheduler and the Telegram poller run in one process at a time."""

    __tablename__ = "lease"

    name: str = Field(sa_column=Column(String(40), primary_key=True))
    owner: str = Field(sa_column=Column(String(80), nullable=False))
    until: int = Field(sa_column=big())


class Heartbeat(SQLModel, table=True):
    """That a process is alive: written by each of them, read by the others."""

    __tablename__ = "heartbeat"

    process: str = Field(sa_column=Column(String(80), primary_key=True))
    """kind/host/pid."""
    at: int = Field(sa_column=big())


class Bookmark(SQLModel, table=True):
    """How far something has been read, such as Telegram's update offset."""

    __tablename__ = "bookmark"

    name: str = Field(sa_column=Column(String(80), primary_key=True))
    value: int = Field(sa_column=big())
