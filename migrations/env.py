"""How Alembic reaches the database: over the connection that `hotline.store.migrate` hands it, else at TEDUH_DATABASE_URL."""

from __future__ import annotations

import os

from alembic import context
from sqlalchemy import Connection

from hotline.store.database import Database
from hotline.store.sql.columns import tell_postgresql
from hotline.store.tables import alarm, cases, intake, live, media, metadata, office, people, process, push, sending, watch  # noqa: F401  Alembic sees only tables that are loaded.


def run(connection: Connection) -> None:
    """Run the migrations that Alembic has chosen, inside the caller's transaction."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
        on_version_apply=context.config.attributes.get("each_step"),
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    tell_postgresql(metadata)  # Whoever comes this way may have Alembic write a revision.
    database = Database(os.environ["TEDUH_DATABASE_URL"])
    with database.write() as own:
        run(own)
    database.close()
