"""Files that came before a track was chosen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column; SQLite's table is made anew, so that it reads as one that was made with it."""
    with op.batch_alter_table("attachment", recreate="auto" if op.get_bind().dialect.name != "sqlite" else "always") as table:
        table.add_column(sa.Column("closed_off", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("attachment") as table:
        table.drop_column("closed_off")
