"""The tables of operators: accounts, sign-ins, what they did and what they are writing."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    LargeBinary,
    String,
)
from sqlmodel import Field, SQLModel

from hotline.store.sql.columns import big, row_id, sealed


class Operator(SQLModel, table=True):
    """Someone of the Dinas who signs in to the panel."""

    __tablename__ = "operator"

    id: int = Field(sa_column=row_id())
    region: str
    name: str = Field(sa_column=Column(String(64), nullable=False, unique=True))
    """The sign-in name, lower case."""
    display_name: str = Field(sa_column=Column(String(120), nullable=False))
    role: str = Field(sa_column=Column(String(24), nullable=False))
    """OPERATOR, SUPERVISOR, MANAJER, ADMIN, ... (domain: unified roles)."""
    language: str = Field(default="id", sa_column=Column(String(8), nullable=False))
    password_hash: str
    must_change: bool = Field(default=True, sa_column=Column(Boolean, nullable=False))
    """The password is a one-time one."""
    disabled: bool = Field(default=False, sa_column=Column(Boolean, nullable=False))
    created_at: int = Field(sa_column=big())


class SignIn(SQLModel, table=True):
    """A panel session: the cookie's token is known only by its digest, and deleting the row ends it."""

    __tablename__ = "sign_in"

    token_digest: bytes = Field(sa_column=Column(LargeBinary(32), primary_key=True))
    operator_id: int = Field(sa_column=big(index=True))
    csrf: str = Field(sa_column=Column(String(64), nullable=False))
    created_at: int = Field(sa_column=big())
    seen_at: int = Field(sa_column=big())
    expires_at: int = Field(sa_column=big())


class SignInTry(SQLModel, table=True):
    """A failed sign-in, by fingerprint of name and of address, for the throttle."""

    __tablename__ = "sign_in_try"

    id: int = Field(sa_column=row_id())
    key: bytes = Field(sa_column=Column(LargeBinary(16), nullable=False))
    at: int = Field(sa_column=big())

    __table_args__ = (Index("ix_sign_in_try_key_at", "key", "at"),)


class Audit(SQLModel, table=True):
    """Who did or saw what; each row holds the hash of the one before, and the database refuses to change or delete one."""

    __tablename__ = "audit"

    seq: int = Field(sa_column=row_id())
    at: int = Field(sa_column=big())
    operator_id: int | None = Field(default=None, sa_column=big(null=True, index=True))
    region: str
    action: str = Field(sa_column=Column(String(40), nullable=False))
    case_id: int | None = Field(default=None, sa_column=big(null=True, index=True))
    detail_sealed: bytes | None = Field(default=None, sa_column=sealed(null=True))
    """JSON, sealed under audit|seq|detail: a reason given, what was shown."""
    hash: bytes = Field(sa_column=Column(LargeBinary(32), nullable=False))


class Draft(SQLModel, table=True):
    """What an operator is writing in a case, kept so that a closed tab loses nothing."""

    __tablename__ = "draft"

    operator_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    case_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    form: str = Field(sa_column=Column(String(8), primary_key=True))
    """reply, note, or an action (`hotline.store.drafts.FORMS`)."""
    body_sealed: bytes = Field(sa_column=sealed())
    """Sealed under draft|operator_id/case_id/form|body."""
    at: int = Field(sa_column=big())
