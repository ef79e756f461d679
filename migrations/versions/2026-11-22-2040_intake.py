"""Who must not see a case, and what people thought of the service."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three tables."""
    op.create_table(
        "case_conflict",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_conflict")),
    )
    op.create_table(
        "case_exclusion",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("operator_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "operator_id", name=op.f("pk_case_exclusion")),
    )
    op.create_table(
        "survey",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        *(sa.Column(f"u{n}", sa.SmallInteger(), nullable=True) for n in range(1, 10)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
    )
    op.create_index("ix_survey_region_month", "survey", ["region", "month"])


def downgrade() -> None:
    """Drop them; the answers in them are lost."""
    for table in ("survey", "case_exclusion", "case_conflict"):
        op.drop_table(table)
