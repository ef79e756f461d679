"""Conversations that operators hold, the clocks of cases, and how fast people answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OPEN, TELL, RUNNING = sa.text("ended_at IS NULL"), sa.text("tell_at IS NOT NULL"), sa.text("running")


def upgrade() -> None:
    """Three tables."""
    op.create_table(
        "talk",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("quiet_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk")),
    )
    op.create_index("uq_talk_contact_id", "talk", ["contact_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_talk_case_id", "talk", ["case_id"])
    op.create_table(
        "case_clock",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.Column("told", sa.SmallInteger(), nullable=False),
        sa.Column("tell_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("case_id", "kind", name=op.f("pk_case_clock")),
    )
    op.create_index("ix_case_clock_tell_at", "case_clock", ["tell_at"], sqlite_where=TELL, postgresql_where=TELL)
    op.create_index("ix_case_clock_due", "case_clock", ["region", "due_at"], sqlite_where=RUNNING, postgresql_where=RUNNING)
    op.create_table(
        "case_watch",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("acknowledged_at", sa.BigInteger(), nullable=True),
        sa.Column("acted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_watch")),
    )
    op.create_index("ix_case_watch_region_began_at", "case_watch", ["region", "began_at"])


def downgrade() -> None:
    """Without them."""
    for table in ("case_watch", "case_clock", "talk"):
        op.drop_table(table)
