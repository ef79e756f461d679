"""The tables of cases and of what happened to them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from hotline.store.sql.columns import big, partial, row_id, sealed


class CaseFile(SQLModel, table=True):
    """One case. Everything but identity, code and PIN is a projection of its events (`hotline.case.fold`), kept for the queue."""

    __tablename__ = "case_file"

    id: int = Field(sa_column=row_id())
    region: str
    code: str = Field(sa_column=Column(String(16), nullable=False, unique=True))
    """Nine digits, given to the reporter."""
    contact_id: int | None = Field(default=None, sa_column=big(null=True, index=True))
    """The reporter; none for a case entered by an operator."""
    pin_sealed: bytes | None = Field(default=None, sa_column=sealed(null=True))
    """A PIN just given, until the worker has hashed it."""
    pin_hash: str | None = None
    """argon2id over a keyed digest of the PIN."""
    wrong_pins: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False))
    pins_locked_until: int | None = Field(default=None, sa_column=big(null=True))

    track: str = Field(sa_column=Column(String(16), nullable=False))
    """anak or layanan."""
    level: int = Field(sa_column=Column(SmallInteger, nullable=False))
    """hotline.case.Level, 1 RENDAH to 5 DARURAT."""
    stage: str = Field(sa_column=Column(String(40), nullable=False))
    """A stage code of the region's profile."""
    emergency: str = Field(default="TIDAK", sa_column=Column(String(16), nullable=False))
    """TIDAK, AKTIF (nobody has acknowledged), DITANGANI, SELESAI."""
    owner_id: int | None = Field(default=None, sa_column=big(null=True))
    kind: str = Field(default="", sa_column=Column(String(40), nullable=False))
    """What it is about: a code of the profile's taxonomy."""
    reporter: str = Field(default="", sa_column=Column(String(16), nullable=False))
    """Who reports: anak, keluarga, warga, guru, instansi."""
    age_band: str = Field(default="", sa_column=Column(String(16), nullable=False))
    area: str = Field(default="", sa_column=Column(String(80), nullable=False))
    """Kecamatan, never an address."""
    told: str = Field(default="berjalan", sa_column=Column(String(16), nullable=False))
    """berjalan (still telling), lengkap, terputus (LAPORAN_TERPUTUS)."""
    closed: bool = Field(default=False, sa_column=Column(Boolean, nullable=False))
    opened_at: int = Field(sa_column=big())
    waiting_since: int | None = Field(default=None, sa_column=big(null=True))
    """When the oldest words of the reporter that nobody has answered were said; none when nothing waits for us."""
    unread: int = Field(default=0, sa_column=Column(Integer, nullable=False))
    """Reporter's words since staff last answered."""
    due_at: int | None = Field(default=None, sa_column=big(null=True))
    """The next deadline of the level's clock (Dinas policy, from the profile)."""
    version: int = Field(default=0, sa_column=Column(Integer, nullable=False))
    """The sequence number of the last event; whoever saves on an older one gets a conflict."""
    wants_talk: str | None = Field(default=None, sa_column=Column(String(16)))
    """ya: the reporter asked to speak with an officer."""
    lowering_by: int | None = Field(default=None, sa_column=big(null=True))
    """The operator who wishes the level lower, while that waits for a second person."""

    __table_args__ = (
        Index("ix_case_file_queue", "region", "closed", "level", "waiting_since", "id"),
        partial("ix_case_file_owner", "owner_id", "closed", where="owner_id IS NOT NULL"),
        partial("ix_case_file_lowering", "region", where="lowering_by IS NOT NULL"),
        partial("ix_case_file_pin", "id", where="pin_sealed IS NOT NULL"),
        CheckConstraint("track IN ('anak', 'layanan')", name="track"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
    )


class CaseEvent(SQLModel, table=True):
    """What happened in a case, in order, never changed."""

    __tablename__ = "case_event"

    id: int = Field(sa_column=row_id())
    case_id: int = Field(sa_column=big())
    seq: int = Field(sa_column=Column(Integer, nullable=False))
    kind: str = Field(sa_column=Column(String(24), nullable=False))
    """hotline.case.EventKind."""
    audience: str = Field(sa_column=Column(String(16), nullable=False))
    """reporter (may be shown to the reporter), staff."""
    author: str = Field(sa_column=Column(String(40), nullable=False))
    """reporter, system, or operator:<id>."""
    at: int = Field(sa_column=big(index=True))
    body_sealed: bytes = Field(sa_column=sealed())
    """JSON of the kind's own fields, sealed under case_event|id|body."""

    __table_args__ = (UniqueConstraint("case_id", "seq"),)
