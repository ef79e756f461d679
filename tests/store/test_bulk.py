"""Statements compiled once give what SQLAlchemy's own execution gives, for lists of every length, on both engines."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from hotline.seal import Seal
from hotline.store.bulk import Lookup
from hotline.store.database import Database
from hotline.store.tables import Contact
from tests.store.people import arrive
from tests.support.clock import Clock

_contact = Contact.__table__  # type: ignore[attr-defined]


def test_a_list_of_any_length_finds_its_rows_each_once(database: Database, seal: Seal, clock: Clock) -> None:
    with database.write() as conn:
        ids = [arrive(conn, seal, f"p{i}", clock()) for i in range(20)]
        of_region = (_contact.c.region == bindparam("of_region"), _contact.c.id.in_(bindparam("ids", expanding=True)))
        lookup = Lookup(select(_contact).where(*of_region))
        for length in [*range(1, 21), 3, 20]:
            rows = lookup(conn, of_region="kendal", ids=ids[:length])
            assert sorted(r.id for r in rows) == ids[:length]
            assert lookup(conn, ids=ids[:length], of_region="entah") == []
        assert {bytes(r.address_key) for r in lookup(conn, of_region="kendal", ids=ids)} == {
            seal.fingerprint("kendal", "sim-whatsapp", f"p{i}") for i in range(20)
        }


def test_what_looks_like_a_placeholder_is_text(database: Database) -> None:
    lookup = Lookup(select(_contact.c.id).where(_contact.c.region == bindparam("of_region"), _contact.c.channel != "50 %s :x ?"))
    with database.read() as conn:
        assert lookup(conn, of_region="100 %(a)s ? :b") == []
