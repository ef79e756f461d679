"""The tables. Columns named `*_sealed` hold what `hotline.seal` made; `*_at` are microseconds since 1970 (`hotline.times`)."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from hotline.store.sql.columns import big, partial, row_id, sealed

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata


_WAITING = "state IN ('due','sending')"


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
    """With push=hours: local hours such as 08-12."""
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

    __table_args__ = (
        Index("ix_case_file_queue", "region", "closed", "level", "waiting_since", "id"),
        partial("ix_case_file_owner", "owner_id", "closed", where="owner_id IS NOT NULL"),
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
        partial("ix_outbox_due", "channel", "due_at", where=_WAITING),
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
    """reply or note."""
    body_sealed: bytes = Field(sa_column=sealed())
    """Sealed under draft|operator_id/case_id/form|body."""
    at: int = Field(sa_column=big())
