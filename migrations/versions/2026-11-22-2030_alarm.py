"""Who is on duty, whose phone is known, what rings, and whom it reached."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OPEN, QUEUED = sa.text("state <> 'ended'"), sa.text("outcome = 'queued'")


def upgrade() -> None:
    """Seven tables."""
    _roster()
    _officers()
    _alarm()
    _rungs()
    _pages()


def _roster() -> None:
    op.create_table(
        "duty",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
    )
    op.create_index("ix_duty_region_ends_at", "duty", ["region", "ends_at"])
    op.create_index("ix_duty_operator_id", "duty", ["operator_id"])
    op.create_table(
        "holiday",
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("region", "day", name=op.f("pk_holiday")),
    )


def _officers() -> None:
    op.create_table(
        "officer_chat",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("registered_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_chat")),
        sa.UniqueConstraint("contact_id", name=op.f("uq_officer_chat_contact_id")),
        sa.UniqueConstraint("operator_id", "channel", name=op.f("uq_officer_chat_operator_id_channel")),
    )
    op.create_table(
        "officer_invite",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_officer_invite")),
        sa.UniqueConstraint("operator_id", name=op.f("uq_officer_invite_operator_id")),
    )


def _alarm() -> None:
    op.create_table(
        "alarm",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("area", sa.String(length=80), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("first_sent_at", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_at", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_by", sa.BigInteger(), nullable=True),
        sa.Column("first_action_at", sa.BigInteger(), nullable=True),
        sa.Column("first_action_by", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("end_reason", sa.String(length=16), nullable=False),
        sa.Column("rearm_at", sa.BigInteger(), nullable=True),
        sa.Column("next_rung_at", sa.BigInteger(), nullable=True),
        sa.Column("rearm_minutes", sa.SmallInteger(), nullable=False),
        sa.Column("repeat_minutes", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
    )
    op.create_index("uq_alarm_case_id", "alarm", ["case_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_alarm_next_rung_at", "alarm", ["next_rung_at"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_alarm_region_started_at", "alarm", ["region", "started_at"])
    op.create_index("ix_alarm_case_id_started_at", "alarm", ["case_id", "started_at"])


def _rungs() -> None:
    op.create_table(
        "alarm_rung",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("alarm_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("targets", sa.String(length=160), nullable=False),
        sa.Column("repeat", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("rung_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm_rung")),
        sa.UniqueConstraint("alarm_id", "number", name=op.f("uq_alarm_rung_alarm_id_number")),
    )


def _pages() -> None:
    op.create_table(
        "alarm_page",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("alarm_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("outbox_id", sa.BigInteger(), nullable=True),
        sa.Column("queued_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm_page")),
    )
    op.create_index("ix_alarm_page_alarm_id", "alarm_page", ["alarm_id"])
    op.create_index("ix_alarm_page_contact_id_queued_at", "alarm_page", ["contact_id", "queued_at"])
    op.create_index("ix_alarm_page_outbox_id", "alarm_page", ["outbox_id"])
    op.create_index("ix_alarm_page_queued", "alarm_page", ["queued_at"], sqlite_where=QUEUED, postgresql_where=QUEUED)
    op.create_index("ix_alarm_page_outcome_queued_at", "alarm_page", ["outcome", "queued_at"])


def downgrade() -> None:
    """Drop them; the roster, the registered phones and the history of alarms are lost."""
    for table in ("alarm_page", "alarm_rung", "alarm", "officer_invite", "officer_chat", "holiday", "duty"):
        op.drop_table(table)
