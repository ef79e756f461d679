"""The tables of what goes out: messages that wait, every try, what the provider says later, and a sender's rate."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from hotline.store.sql.columns import big, partial, row_id, sealed

_WAITING = "state IN ('due','sending')"


class Outbox(SQLModel, table=True):
    """One message to one person, from the transaction that decided it until the provider took it."""

    __tablename__ = "outbox"

    id: int = Field(sa_column=row_id())
    region: str
    channel: str
    contact_id: int = Field(sa_column=big())
    seq: int = Field(sa_column=Column(Integer, nullable=False))
    """Order among this contact's messages; the next one waits until this one is sent or given up."""
    case_id: int | None = Field(default=None, sa_column=big(null=True))
    purpose: str = Field(sa_column=Column(String(8), nullable=False))
    """reply: answers what the person just wrote; push: we write first, so the safe-contact gate decides; alert: rings an officer."""
    body_sealed: bytes = Field(sa_column=sealed())
    """hotline.messages.Outgoing as JSON, sealed under outbox|id|body."""
    state: str = Field(default="due", sa_column=Column(String(8), nullable=False))
    """due, sending (claimed, outcome not known yet), sent, held (the gate said no), dead."""
    due_at: int = Field(sa_column=big())
    lease_until: int | None = Field(default=None, sa_column=big(null=True))
    tries: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False))
    reason: str = Field(default="", sa_column=Column(String(40), nullable=False))
    """Why it is held or dead: a code of hotline.deliver."""
    created_at: int = Field(sa_column=big())
    sent_at: int | None = Field(default=None, sa_column=big(null=True))
    provider_id: str | None = Field(default=None, sa_column=Column(String(80), nullable=True))

    __table_args__ = (
        UniqueConstraint("contact_id", "seq"),
        partial("ix_outbox_case_id", "case_id", where="case_id IS NOT NULL"),
        # Not for who looks for one contact's messages: with this condition PostgreSQL cannot take it there, where it takes it for empty.
        partial("ix_outbox_due", "channel", "due_at", "id", where=f"channel <> '' AND {_WAITING}"),
        partial("ix_outbox_alert", "channel", "due_at", where=f"purpose = 'alert' AND {_WAITING}"),
        partial("ix_outbox_waiting", "contact_id", "seq", where=_WAITING),
        partial("ix_outbox_provider_id", "provider_id", where="provider_id IS NOT NULL"),
        partial("ix_outbox_state_created_at", "state", "created_at", where="state IN ('held','dead')"),
    )


class Attempt(SQLModel, table=True):
    """One try to send one outbox message."""

    __tablename__ = "attempt"

    id: int = Field(sa_column=row_id())
    outbox_id: int = Field(sa_column=big(index=True))
    at: int = Field(sa_column=big())
    took_us: int = Field(sa_column=Column(Integer, nullable=False))
    outcome: str = Field(sa_column=Column(String(40), nullable=False))
    """sent, or a code of hotline.deliver.Failure."""
    detail: str = Field(default="", sa_column=Column(String(80), nullable=False))
    """The provider's error number; never its text, which may quote the message."""


class Receipt(SQLModel, table=True):
    """What the provider says became of a message; it may arrive before we know the message's provider id."""

    __tablename__ = "receipt"

    id: int = Field(sa_column=row_id())
    channel: str
    provider_id: str = Field(sa_column=Column(String(80), nullable=False))
    status: str = Field(sa_column=Column(String(24), nullable=False))
    error: str = Field(default="", sa_column=Column(String(16), nullable=False))
    at: int = Field(sa_column=big())

    __table_args__ = (UniqueConstraint("channel", "provider_id", "status"),)


class Rate(SQLModel, table=True):
    """The theoretical arrival time of a sender's next message (GCRA), shared by all workers."""

    __tablename__ = "rate"

    key: str = Field(sa_column=Column(String(80), primary_key=True))
    """channel/region."""
    next_at: int = Field(sa_column=big())
