"""Browsers that officers armed for calls."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.create_table(
        "officer_browser",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("armed_at", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_browser")),
        sa.UniqueConstraint("contact_id", name=op.f("uq_officer_browser_contact_id")),
    )
    op.create_index("ix_officer_browser_operator_id", "officer_browser", ["operator_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("officer_browser")
