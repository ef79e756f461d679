"""The tables of what people send beside words, and of a chat that is to be emptied. Columns are named as in `hotline.store.tables`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, SmallInteger, String, false
from sqlmodel import Field, SQLModel

from hotline.store.sql.columns import big, partial, row_id, sealed

_STILL_TO_DO = "state = 'wanted' OR provider IN ('check', 'due')"


class Attachment(SQLModel, table=True):
    """One file of one message: from the transaction that kept the message until the file itself lies sealed here, or was refused."""

    __tablename__ = "attachment"

    id: int = Field(sa_column=row_id())
    message_id: int = Field(sa_column=big())
    """The row of the message it came with."""
    contact_id: int = Field(sa_column=big())
    case_id: int | None = Field(default=None, sa_column=big(null=True))
    region: str
    channel: str
    position: int = Field(sa_column=Column(SmallInteger, nullable=False))
    """Its place in the message, from 0."""
    reference_sealed: bytes = Field(sa_column=sealed())
    """A Telegram file id or a Twilio media URL, sealed under attachment|id|reference."""
    state: str = Field(default="wanted", sa_column=Column(String(8), nullable=False))
    """wanted, kept, failed (the provider never gave it), refused (too large, of a kind we do not keep, too many)."""
    reason: str = Field(default="", sa_column=Column(String(24), nullable=False))
    """Why it is failed or refused: a code of `hotline.file_kinds`."""
    provider: str = Field(default="", sa_column=Column(String(8), nullable=False))
    """The provider's own copy: empty (it keeps none for us), check (ours is to be read back first), due (to be deleted), gone, stuck."""
    tries: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False))
    due_at: int = Field(sa_column=big())
    lease_until: int | None = Field(default=None, sa_column=big(null=True))
    created_at: int = Field(sa_column=big())
    facts_sealed: bytes | None = Field(default=None, sa_column=sealed(null=True))
    """JSON once kept: type, bytes and SHA-256 of the original, number of pieces; the same of the working copy where there is one."""

    opened_by: int | None = Field(default=None, sa_column=big(null=True))
    """The one operator who opened it while it was closed off, and answers for it."""
    opened_at: int | None = Field(default=None, sa_column=big(null=True))
    closed_off: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=false()))
    """It came outside any track and joined an aid case: it stays closed off there, as in a child's case."""

    __table_args__ = (
        partial("ix_attachment_due", "due_at", where=_STILL_TO_DO),
        Index("ix_attachment_case_id", "case_id"),
        Index("ix_attachment_contact_id_created_at", "contact_id", "created_at"),
    )


class AttachmentPiece(SQLModel, table=True):
    """A piece of a file, sealed under attachment_piece|attachment/version/number|body, so that no piece can stand in for another."""

    __tablename__ = "attachment_piece"

    attachment_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    version: str = Field(sa_column=Column(String(8), primary_key=True))
    """original, or working (without metadata)."""
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    body_sealed: bytes = Field(sa_column=sealed())


class Wipe(SQLModel, table=True):
    """A chat whose messages of the last 48 hours are to disappear from the messenger, ours and the person's (TUTUP, HAPUS)."""

    __tablename__ = "wipe"

    id: int = Field(sa_column=row_id())
    contact_id: int = Field(sa_column=big())
    channel: str
    region: str
    at: int = Field(sa_column=big())
    """When it was asked for: everything up to then goes."""
    keep_outbox_id: int | None = Field(default=None, sa_column=big(null=True))
    """The neutral sentence that stays."""
    state: str = Field(default="due", sa_column=Column(String(8), nullable=False))
    """due, done, failed."""
    reason: str = Field(default="", sa_column=Column(String(24), nullable=False))
    tries: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False))
    due_at: int = Field(sa_column=big())
    lease_until: int | None = Field(default=None, sa_column=big(null=True))
    deleted: int = Field(default=0, sa_column=Column(Integer, nullable=False))
    """Messages that the messenger took away."""
    remaining: int = Field(default=0, sa_column=Column(Integer, nullable=False))
    """Messages it refused to."""

    __table_args__ = (
        partial("ix_wipe_due", "channel", "due_at", where="state = 'due'"),
        Index("ix_wipe_contact_id", "contact_id"),
    )
