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


def scripts() -> Path:
    """The folder of the migrations: inside the installed package, or beside it in a checkout."""
    package = Path(str(files("hotline")))
    for folder in (package / "migrations", package.parent / "migrations"):
        if (folder / "env.py").is_file():
            return folder
    raise MigrationsMissing(MigrationsMissing.__doc__)


def newest() -> str:
    """The revision that no other one comes after. Raises MigrationsMissing."""
    texts: list[str] = [path.read_text(encoding="utf-8") for path in scripts().glob("versions/*.py")]
    found = [match for written in texts for match in _REVISION.findall(written)]
    last = {revision for down, revision in found if not down} - {revision for down, revision in found if down}
    if len(last) != 1:
        raise MigrationsMissing(MigrationsMissing.__doc__)
    return str(last.pop())


def pending(database: Database) -> bool:
    """Whether the schema is older (or newer) than this program's."""
    with database.read() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return True
        return [row[0] for row in connection.execute(text("SELECT version_num FROM alembic_version"))] != [newest()]
