"""What waits for people, for the queue: a reporter's wish to speak with an officer, and a wish to lower the level."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_WAITS = "lowering_by IS NOT NULL"
_ENDS = "'raised', 'lowered', 'closed', 'declined'"
_LOWERINGS = f"""
    UPDATE case_file SET lowering_by = (
        SELECT CAST(substr(wish.author, 10) AS BIGINT) FROM case_event AS wish
         WHERE wish.case_id = case_file.id AND wish.kind = 'proposed' AND wish.author LIKE 'operator:%'
           AND NOT EXISTS (SELECT 1 FROM case_event AS later WHERE later.case_id = wish.case_id AND later.seq > wish.seq
                                AND later.kind IN ({_ENDS}))
         ORDER BY wish.seq DESC LIMIT 1)
     WHERE NOT closed AND EXISTS (SELECT 1 FROM case_event AS wish WHERE wish.case_id = case_file.id AND wish.kind = 'proposed')
"""
"""`hotline.casework.levels.open_proposal`, of every open case."""


def upgrade() -> None:
    """Reporters who asked before it show that among their answers alone: those are sealed, and a migration has no key."""
    op.add_column("case_file", sa.Column("wants_talk", sa.String(length=16), nullable=True))
    op.add_column("case_file", sa.Column("lowering_by", sa.BigInteger(), nullable=True))
    op.execute(_LOWERINGS)
    op.create_index("ix_case_file_lowering", "case_file", ["region"], sqlite_where=sa.text(_WAITS), postgresql_where=sa.text(_WAITS))


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_case_file_lowering", "case_file")
    with op.batch_alter_table("case_file") as table:
        table.drop_column("lowering_by")
        table.drop_column("wants_talk")
