"""Which schema this program wants, and which one a database has. Without Alembic, which only who migrates needs in memory."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from sqlalchemy import inspect, text

from hotline.store.database import Database

_REVISION = re.compile(r'^(down_)?revision = "(\w+)"', re.MULTILINE)


class MigrationsMissing(Exception):
    """The schema's migrations are not beside the program: the installation is incomplete."""


class SchemaNewer(Exception):
    """The database is at a schema that this program does not know: a newer version made it."""


def scripts() -> Path:
    """The folder of the migrations: inside the installed package, or beside it in a checkout."""
    package = Path(str(files("hotline")))
    for folder in (package / "migrations", package.parent / "migrations"):
        if (folder / "env.py").is_file():
            return folder
    raise MigrationsMissing(MigrationsMissing.__doc__)


def newest() -> str:
    """The revision that no other one comes after. Raises MigrationsMissing."""
    known, before = _revisions()
    last = known - before
    if len(last) != 1:
        raise MigrationsMissing(MigrationsMissing.__doc__)
    return str(last.pop())


def pending(database: Database) -> bool:
    """Whether the schema is older than this program's. Raises SchemaNewer."""
    with database.read() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return True
        has = {row[0] for row in connection.execute(text("SELECT version_num FROM alembic_version"))}
    if has - _revisions()[0]:
        raise SchemaNewer(SchemaNewer.__doc__)
    return has != {newest()}


def _revisions() -> tuple[set[str], set[str]]:
    """Every revision, and those that another one comes after."""
    texts: list[str] = [path.read_text(encoding="utf-8") for path in scripts().glob("versions/*.py")]
    found = [match for written in texts for match in _REVISION.findall(written)]
    return {revision for down, revision in found if not down}, {revision for down, revision in found if down}
