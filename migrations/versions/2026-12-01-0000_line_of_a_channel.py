"""The line of a channel is read in its own order, by an index that serves nothing else."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_WAITING = "state IN ('due','sending')"


def upgrade() -> None:
    """It holds only what waits, but the whole outbox is read for it once, while nobody else reads or queues any."""
    _make("channel", "due_at", "id", where=f"channel <> '' AND {_WAITING}")


def downgrade() -> None:
    """As it was."""
    _make("channel", "due_at", where=_WAITING)


def _make(*columns: str, where: str) -> None:
    op.drop_index("ix_outbox_due", "outbox")
    op.create_index("ix_outbox_due", "outbox", list(columns), sqlite_where=sa.text(where), postgresql_where=sa.text(where))
