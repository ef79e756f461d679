"""The migrations make exactly the declared tables, on both engines, forwards and back, and when processes start at once."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from hotline.store.database import Database
from hotline.store.migrate import downgrade, migrate, upgrade
from hotline.store.schema import SchemaNewer, newest, pending, scripts
from hotline.store.tables import metadata
from tests.support.postgres import Server

REVISIONS = [script.revision for script in ScriptDirectory(str(scripts())).walk_revisions("base", "heads")][::-1]

SQLITE_SCHEMA = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger' AND name <> 'alembic_version'"
POSTGRESQL_SCHEMA = """
    SELECT c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
       AND NOT a.attisdropped AND c.relname <> 'alembic_version'
    UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    UNION ALL SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
               WHERE connamespace = 'public'::regnamespace AND conrelid <> 'alembic_version'::regclass
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def blank(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table, once for each engine."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'blank.db'}")
        yield database
        database.close()
        return
    server: Server = request.getfixturevalue("postgres_server")
    database = Database(server.create("blank"))
    yield database
    database.close()
    server.drop("blank")


def schema(database: Database) -> dict[str, str]:
    """Every table's columns, index and constraint, with its definition in the engine's own words."""
    with database.read() as connection:
        rows = connection.execute(sa.text(SQLITE_SCHEMA if database.dialect == "sqlite" else POSTGRESQL_SCHEMA)).all()
    return {name: _definition(sql) for name, sql in rows}


def _definition(sql: str) -> str:
    """A definition without its spaces, and a table's lines in a fixed order: constraints may come in any.

    SQLite writes a column that was added later on the line of the one before it.
    """
    lines = re.sub(r", (?=[a-z_]+ [A-Z]+)", "\n", sql).splitlines()
    return "\n".join(sorted(re.sub(r"[\s\"]+", " ", line).strip(" ,") for line in lines if line.strip()))


def test_the_migrated_schema_is_the_declared_one_to_alembic(database: Database) -> None:
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_the_migrated_schema_is_the_declared_one_to_the_engine(blank: Database) -> None:
    migrate(blank)
    migrated = schema(blank)
    downgrade(blank, "base")
    with blank.write() as connection:
        metadata.create_all(connection)
    assert migrated == schema(blank)
    assert len(migrated) > len(metadata.tables)


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_revision_goes_up_and_down_and_up_again(blank: Database, revision: str) -> None:
    upgrade(blank, revision)
    after = schema(blank)
    downgrade(blank, "-1")
    upgrade(blank, revision)
    assert schema(blank) == after
    downgrade(blank, "base")
    assert schema(blank) == {}


def test_the_newest_revision_is_the_one_that_alembic_calls_its_head() -> None:
    assert newest() == ScriptDirectory(str(scripts())).get_current_head()


def test_pending_tells_an_old_schema_from_the_newest(blank: Database) -> None:
    assert pending(blank)
    migrate(blank)
    assert not pending(blank)
    migrate(blank)
    assert not pending(blank)


def test_a_schema_that_a_newer_program_made_is_no_old_one(blank: Database) -> None:
    migrate(blank)
    with blank.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaNewer):
        pending(blank)


def test_a_failing_migration_leaves_nothing_behind(blank: Database) -> None:
    with blank.write() as connection:
        connection.execute(sa.text("CREATE TABLE outbox (id INTEGER)"))  # in the way of the first migration
    with pytest.raises((sa.exc.OperationalError, sa.exc.ProgrammingError)):
        migrate(blank)
    with blank.read() as connection:
        assert sa.inspect(connection).get_table_names() == ["outbox"]


MIGRATE = """
import pathlib, sys, time
from hotline.store.database import Database
from hotline.store.migrate import migrate
from hotline.store.schema import pending
database, go = Database(sys.argv[1]), pathlib.Path(sys.argv[2])
print("ready", flush=True)
while not go.exists():
    time.sleep(0.001)
migrate(database)
assert not pending(database)
database.close()
"""


def test_processes_that_start_at_once_migrate_once(blank: Database, tmp_path: Path) -> None:
    go = tmp_path / "go"
    command = [sys.executable, "-W", "error", "-c", MIGRATE, blank.engine.url.render_as_string(hide_password=False), str(go)]
    starting = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    for process in starting:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    go.touch()
    ends = [(process.communicate(timeout=60)[1], process.returncode) for process in starting]
    assert ends == [("", 0)] * 4


CHANGES = ["UPDATE audit SET action = 'x'", "DELETE FROM audit", "UPDATE audit SET hash = hash WHERE seq = 1"]


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_the_audit_log(database: Database, change: str) -> None:
    _refuses(database, change)


def test_postgresql_refuses_to_empty_the_audit_log(postgresql_database: Database) -> None:
    _refuses(postgresql_database, "TRUNCATE audit")


def _refuses(database: Database, change: str) -> None:
    row = "INSERT INTO audit (seq, at, region, action, hash) VALUES (1, 0, 'kendal', 'case.reveal', :hash)"
    with database.write() as connection:
        connection.execute(sa.text(row), {"hash": bytes(32)})
    with pytest.raises(sa.exc.IntegrityError, match="audit rows are never changed"), database.write() as connection:
        connection.execute(sa.text(change))
    with database.read() as connection:
        assert connection.execute(sa.text("SELECT action FROM audit")).scalars().all() == ["case.reveal"]


OLD_CONTACT = """
    INSERT INTO contact (id, region, channel, address_key, address_sealed, language, sent_seq, last_in_at, phone, push, push_hours, stopped,
                         wrong_pins)
    VALUES (7, 'kendal', 'whatsapp', x'01', x'02', 'id', 3, 5, 'mine', 'yes', '', 0, 0)
"""


def test_rows_are_kept_when_sqlite_makes_its_tables_anew(tmp_path: Path) -> None:
    blank = Database(f"sqlite:///{tmp_path / 'blank.db'}")
    upgrade(blank, "0010")
    row = "(7, 'kendal', 'whatsapp', x'01', x'02', 'id', 3, 5, 'mine', 'yes', '', 0, 0)"
    columns = (
        "id, region, channel, address_key, address_sealed, language, sent_seq, last_in_at, phone, push, push_hours, stopped, wrong_pins"
    )
    with blank.write() as connection:
        connection.execute(sa.text(f"INSERT INTO contact ({columns}) VALUES {row}"))
        before = connection.execute(sa.text("SELECT * FROM contact")).all()
    for revision in ("0011", "0010", "head"):
        (downgrade if revision == "0010" else upgrade)(blank, revision)
        with blank.read() as connection:
            assert connection.execute(sa.text("SELECT * FROM contact")).all() == before
    with blank.read() as connection:
        assert connection.execute(sa.text("SELECT rowid FROM contact")).scalar() == 7, "the row lies at its key"
        assert connection.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
    blank.close()


WISHES: dict[str, tuple[list[tuple[str, str]], int | None]] = {
    "waits": ([("opened", "system"), ("proposed", "operator:41"), ("noted", "operator:42")], 41),
    "asked twice": ([("proposed", "operator:41"), ("declined", "operator:42"), ("proposed", "operator:43")], 43),
    "answered": ([("proposed", "operator:41"), ("lowered", "operator:42")], None),
    "overtaken": ([("proposed", "operator:41"), ("raised", "system")], None),
    "never": ([("opened", "system")], None),
}
CASE = """
    INSERT INTO case_file (id, region, code, wrong_pins, track, level, stage, emergency, kind, reporter, age_band, area, told, closed,
                           opened_at, unread, version)
    VALUES (:id, 'kendal', :code, 0, 'anak', 4, 'DITERIMA', 'AKTIF', '', '', '', '', 'lengkap', false, 1, 0, 3)
"""
EVENT = """
    INSERT INTO case_event (id, case_id, seq, kind, audience, author, at, body_sealed)
    VALUES (:id, :case, :seq, :kind, 'staff', :by, 1, '')
"""


def test_a_wish_to_lower_that_waited_before_the_upgrade_still_waits(blank: Database) -> None:
    upgrade(blank, "0012")
    with blank.write() as connection:
        for number, (events, _) in enumerate(WISHES.values()):
            connection.execute(sa.text(CASE), {"id": number, "code": str(number)})
            for seq, (kind, by) in enumerate(events, 1):
                row = {"id": number * 10 + seq, "case": number, "seq": seq, "kind": kind, "by": by}
                connection.execute(sa.text(EVENT), row)
    upgrade(blank, "head")
    with blank.read() as connection:
        found = {row.id: row.lowering_by for row in connection.execute(sa.text("SELECT id, lowering_by FROM case_file"))}
    assert found == {number: by for number, (_, by) in enumerate(WISHES.values())}
