"""The first schema; the database itself refuses to change or delete a row of the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SQLITE_REFUSALS = [
    f"CREATE TRIGGER audit_no_{verb} BEFORE {verb} ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL_REFUSALS = [
    "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% rows are never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
]


def upgrade() -> None:
    """All tables, then the audit log's refusals."""
    op.create_table(
        "attempt",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("outbox_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("took_us", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_outbox_id"), "attempt", ["outbox_id"])

    op.create_table(
        "audit",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=True),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("detail_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_case_id"), "audit", ["case_id"])
    op.create_index(op.f("ix_audit_operator_id"), "audit", ["operator_id"])

    op.create_table(
        "bookmark",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_bookmark")),
    )
    op.create_table(
        "case_event",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("author", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_case_event_case_id_seq")),
    )
    op.create_index(op.f("ix_case_event_at"), "case_event", ["at"])

    op.create_table(
        "case_file",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("pin_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("pin_hash", sa.String(), nullable=True),
        sa.Column("wrong_pins", sa.SmallInteger(), nullable=False),
        sa.Column("pins_locked_until", sa.BigInteger(), nullable=True),
        sa.Column("track", sa.String(length=16), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("emergency", sa.String(length=16), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("reporter", sa.String(length=16), nullable=False),
        sa.Column("age_band", sa.String(length=16), nullable=False),
        sa.Column("area", sa.String(length=80), nullable=False),
        sa.Column("told", sa.String(length=16), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("waiting_since", sa.BigInteger(), nullable=True),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("track IN ('anak', 'layanan')", name=op.f("ck_case_file_track")),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_case_file_level")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
        sa.UniqueConstraint("code", name=op.f("uq_case_file_code")),
    )
    op.create_index(op.f("ix_case_file_contact_id"), "case_file", ["contact_id"])
    op.create_index("ix_case_file_owner", "case_file", ["owner_id", "closed"])
    op.create_index(
        "ix_case_file_pin",
        "case_file",
        ["id"],
        sqlite_where=sa.text("pin_sealed IS NOT NULL"),
        postgresql_where=sa.text("pin_sealed IS NOT NULL"),
    )
    op.create_index("ix_case_file_queue", "case_file", ["region", "closed", "level", "waiting_since", "id"])

    op.create_table(
        "contact",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("session_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("last_case_id", sa.BigInteger(), nullable=True),
        sa.Column("sent_seq", sa.Integer(), nullable=False),
        sa.Column("last_in_at", sa.BigInteger(), nullable=False),
        sa.Column("quiet_at", sa.BigInteger(), nullable=True),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("push", sa.String(length=16), nullable=False),
        sa.Column("push_hours", sa.String(length=16), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("wrong_pins", sa.SmallInteger(), nullable=False),
        sa.Column("pins_locked_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("address_key", name=op.f("uq_contact_address_key")),
    )
    op.create_index(
        "ix_contact_quiet_at",
        "contact",
        ["quiet_at"],
        sqlite_where=sa.text("quiet_at IS NOT NULL"),
        postgresql_where=sa.text("quiet_at IS NOT NULL"),
    )

    op.create_table(
        "draft",
        sa.Column("operator_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("form", sa.String(length=8), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("operator_id", "case_id", "form", name=op.f("pk_draft")),
    )
    op.create_table(
        "heartbeat",
        sa.Column("process", sa.String(length=80), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("process", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("worked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("channel", "message_id", name=op.f("uq_message_channel_message_id")),
    )
    op.create_index("ix_message_contact_id_received_at", "message", ["contact_id", "received_at"])

    op.create_table(
        "operator",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator")),
        sa.UniqueConstraint("name", name=op.f("uq_operator_name")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("provider_id", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("contact_id", "seq", name=op.f("uq_outbox_contact_id_seq")),
    )
    op.create_index(op.f("ix_outbox_case_id"), "outbox", ["case_id"])
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["channel", "due_at"],
        sqlite_where=sa.text("state IN ('due','sending')"),
        postgresql_where=sa.text("state IN ('due','sending')"),
    )
    op.create_index(
        "ix_outbox_provider_id",
        "outbox",
        ["provider_id"],
        sqlite_where=sa.text("provider_id IS NOT NULL"),
        postgresql_where=sa.text("provider_id IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_state_created_at",
        "outbox",
        ["state", "created_at"],
        sqlite_where=sa.text("state IN ('held','dead')"),
        postgresql_where=sa.text("state IN ('held','dead')"),
    )
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["contact_id", "seq"],
        sqlite_where=sa.text("state IN ('due','sending')"),
        postgresql_where=sa.text("state IN ('due','sending')"),
    )

    op.create_table(
        "rate",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rate")),
    )
    op.create_table(
        "receipt",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("provider_id", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("error", sa.String(length=16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("channel", "provider_id", "status", name=op.f("uq_receipt_channel_provider_id_status")),
    )
    op.create_table(
        "sign_in",
        sa.Column("token_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_sign_in")),
    )
    op.create_index(op.f("ix_sign_in_operator_id"), "sign_in", ["operator_id"])

    op.create_table(
        "sign_in_try",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_try")),
    )
    op.create_index("ix_sign_in_try_key_at", "sign_in_try", ["key", "at"])
    for statement in SQLITE_REFUSALS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_REFUSALS:
        op.execute(statement)


def downgrade() -> None:
    """Drop everything; a table takes its indexes and triggers with it."""
    for table in (
        "sign_in_try",
        "sign_in",
        "receipt",
        "rate",
        "outbox",
        "operator",
        "message",
        "lease",
        "heartbeat",
        "draft",
        "contact",
        "case_file",
        "case_event",
        "bookmark",
        "audit",
        "attempt",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
