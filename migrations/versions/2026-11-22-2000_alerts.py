"""Messages to officers are found without looking at what else waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_WAITING_ALERTS = sa.text("purpose = 'alert' AND state IN ('due','sending')")


def upgrade() -> None:
    """An index of the few alerts that wait."""
    op.create_index("ix_outbox_alert", "outbox", ["channel", "due_at"], sqlite_where=_WAITING_ALERTS, postgresql_where=_WAITING_ALERTS)


def downgrade() -> None:
    """Without it."""
    op.drop_index("ix_outbox_alert", "outbox")
