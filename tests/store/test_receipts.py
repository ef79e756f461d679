"""Receipts of the provider that come before, at the same moment as, or after our own note of the message they are about."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, select

from hotline.messages import Outgoing
from hotline.seal import Seal
from hotline.store import outbox, receipts
from hotline.store.database import Database
from hotline.store.outbox import Outcome
from hotline.store.tables.sending import Outbox
from tests.store.people import arrive
from tests.support.clock import Clock

Job = Callable[[Connection], None]


def _at_the_same_moment(database: Database, first: Job, second: Job) -> None:
    """The second begins while the first has done its work and has not committed."""
    other = threading.Thread(target=_alone, args=(database, second))
    with database.write() as conn:
        first(conn)
        other.start()
        other.join(0.3)
    other.join(10)
    assert not other.is_alive()


def _alone(database: Database, job: Job) -> None:
    with database.write() as conn:
        job(conn)


@pytest.mark.parametrize("first", ["receipt", "note"])
def test_a_failure_told_at_the_very_moment_of_our_note_is_not_missed(database: Database, seal: Seal, clock: Clock, first: str) -> None:
    with database.write() as conn:
        contact = arrive(conn, seal, "a", clock())
        row = outbox.put(conn, seal, contact, Outgoing(text="halo"), purpose="reply", case_id=None, now=clock())

    def note(conn: Connection) -> None:
        outbox.settle(conn, [Outcome(id=row, at=clock(), outcome="sent", state="sent", provider_id="SM1")])
        receipts.act_on(conn, "sim-whatsapp", receipts.told_before(conn, "sim-whatsapp", ["SM1"]))

    def receipt(conn: Connection) -> None:
        receipts.take(conn, "sim-whatsapp", "SM1", "undelivered", "63024", clock())

    _at_the_same_moment(database, *((receipt, note) if first == "receipt" else (note, receipt)))
    with database.read() as conn:
        assert conn.execute(select(Outbox.state, Outbox.reason)).one() == ("dead", "no_such_contact")  # type: ignore[call-overload]
