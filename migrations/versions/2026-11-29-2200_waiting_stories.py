"""The case of a story that was put away, beside the contact's other cases: locked together with them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column, which a contact's next message fills; SQLite's table is made anew, so that it reads as one that was made with it."""
    with op.batch_alter_table("contact", recreate="auto" if op.get_bind().dialect.name != "sqlite" else "always") as table:
        table.add_column(sa.Column("waits_case_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("contact") as table:
        table.drop_column("waits_case_id")
