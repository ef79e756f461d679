"""Whether a reporter asked to speak with an officer, for the queue."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Cases before it show the wish among their answers alone: those are sealed, and a migration has no key."""
    op.add_column("case_file", sa.Column("wants_talk", sa.String(length=16), nullable=True))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("case_file") as table:
        table.drop_column("wants_talk")
