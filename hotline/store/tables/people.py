"""The tables of people and of what they wrote."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from hotline.store.sql.columns import big, partial, row_id, sealed


class Contact(SQLModel, table=True):
    """One person on one channel, and the conversation they are in. Never a phone number in clear.

    No foreign key points here from the message and outbox tables: on PostgreSQL each would cost a row lock a turn, and rows of a
    contact are only ever removed together (`hotline.store.conversations`).
    """

    __tablename__ = "contact"

    id: int = Field(sa_column=row_id())
    region: str
    channel: str
    address_key: bytes = Field(sa_column=Column(LargeBinary(16), nullable=False, unique=True))
    """Fingerprint of (region, channel, provider's id)."""
    address_sealed: bytes = Field(sa_column=sealed())
    language: str = Field(default="id", sa_column=Column(String(8), nullable=False))
    session_sealed: bytes | None = Field(default=None, sa_column=sealed(null=True))
    """The engine's session as JSON."""
    case_id: int | None = Field(default=None, sa_column=big(null=True))
    """The case that the running story has become, if it has."""
    last_case_id: int | None = Field(default=None, sa_column=big(null=True))
    """The case of the story told before: words that answer no question go there."""
    waits_case_id: int | None = Field(default=None, sa_column=big(null=True))
    """The case of the story that was put away (the session's `waits`): here too, so that all of a contact's cases are locked together."""
    sent_seq: int = Field(default=0, sa_column=Column(Integer, nullable=False))
    """How many messages were ever put in the outbox for this contact: their order."""
    last_in_at: int = Field(sa_column=big())
    """When the person last wrote: opens WhatsApp's 24-hour window."""
    quiet_at: int | None = Field(default=None, sa_column=big(null=True))
    """When to look whether a half-told story has become a case by silence (LAPORAN_TERPUTUS): not later than it does, but for the hour
    after a try that failed. 0: it has."""
    phone: str = Field(default="unknown", sa_column=Column(String(16), nullable=False))
    """Who holds the phone: mine, shared, watched, unknown (domain: safe contact)."""
    push: str = Field(default="unasked", sa_column=Column(String(16), nullable=False))
    """May we write first: yes, hours, no, unasked. Anything but yes/hours on a phone that is `mine` means no push at all."""
    push_hours: str = Field(default="", sa_column=Column(String(16), nullable=False))
    """With push=hours: local hours such as 08-12; behind “~” the hour since 1970 until which it is safe now (`hotline.gate`)."""
    stopped: bool = Field(default=False, sa_column=Column(Boolean, nullable=False))
    """The person sent STOP: no push until they write again."""
    wrong_pins: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False))
    """Wrong code or PIN tries in a row from this contact."""
    pins_locked_until: int | None = Field(default=None, sa_column=big(null=True))

    __table_args__ = (partial("ix_contact_quiet_at", "quiet_at", where="quiet_at IS NOT NULL"),)


class Message(SQLModel, table=True):
    """Every message that came in, once: UNIQUE(channel, message_id) is what makes a redelivery harmless."""

    __tablename__ = "message"

    id: int = Field(sa_column=row_id())
    channel: str
    message_id: str
    contact_id: int = Field(sa_column=big())
    case_id: int | None = Field(default=None, sa_column=big(null=True))
    body_sealed: bytes = Field(sa_column=sealed())
    """JSON: kind, text, choice, media references, place."""
    received_at: int = Field(sa_column=big())
    worked: bool = Field(default=True, sa_column=Column(Boolean, nullable=False))
    """False when working it failed and only the message was kept (a person is answered all the same)."""

    __table_args__ = (UniqueConstraint("channel", "message_id"), Index("ix_message_contact_id_received_at", "contact_id", "received_at"))
