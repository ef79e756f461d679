"""The outbox: one person's messages in order, nobody's twice, within the provider's rate, and nothing forgotten after a crash."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select

from hotline.messages import Outgoing
from hotline.seal import Seal
from hotline.store import claims, figures, outbox
from hotline.store.database import Database
from hotline.store.outbox import Claimed, Outcome
from hotline.store.sql.bulk import Lookup
from hotline.store.tables.sending import Outbox
from tests.store.people import arrive
from tests.support.clock import Clock

LEASE = timedelta(seconds=60)


def _queue(database: Database, seal: Seal, clock: Clock, sender: str, *texts: str, purpose: str = "reply") -> None:
    with database.write() as conn:
        contact = arrive(conn, seal, sender, clock())
        for text in texts:
            outbox.put(conn, seal, contact, Outgoing(text=text), purpose=purpose, case_id=None, now=clock())


def _claim(database: Database, seal: Seal, clock: Clock, most: int = 10, per_second: float = 1000, pair: float = 0) -> list[Claimed]:
    with database.write() as conn:
        values = {"per_second": per_second, "pair_seconds": pair, "lease": LEASE, "now": clock()}
        return claims.claim(conn, seal, "sim-whatsapp", most=most, **values).messages  # type: ignore[arg-type]


def _settle(database: Database, clock: Clock, *claimed: Claimed, state: str = "sent", due: timedelta = timedelta()) -> None:
    with database.write() as conn:
        outbox.settle(
            conn,
            [
                Outcome(
                    id=c.id, at=clock(), took=timedelta(milliseconds=3), outcome=state, state=state, due_at=clock() + due, provider_id="SM1"
                )
                for c in claimed
            ],
        )


def test_one_persons_messages_leave_one_by_one_in_order(database: Database, seal: Seal, clock: Clock) -> None:
    _queue(database, seal, clock, "a", "satu", "dua", "tiga")
    _queue(database, seal, clock, "b", "lain")
    first = _claim(database, seal, clock)
    assert sorted(c.message.text for c in first) == ["lain", "satu"]
    assert _claim(database, seal, clock) == []
    _settle(database, clock, *first)
    second = _claim(database, seal, clock)
    assert [c.message.text for c in second] == ["dua"]
    _settle(database, clock, *second, state="due", due=timedelta(minutes=5))
    assert _claim(database, seal, clock) == [], "the third waits for the second's next try"
    clock.shift(minutes=5)
    assert [(c.message.text, c.tries) for c in _claim(database, seal, clock)] == [("dua", 1)]


def test_a_dead_letter_does_not_hold_up_the_next(database: Database, seal: Seal, clock: Clock) -> None:
    _queue(database, seal, clock, "a", "satu", "dua")
    _settle(database, clock, *_claim(database, seal, clock), state="dead")
    assert [c.message.text for c in _claim(database, seal, clock)] == ["dua"]


def test_what_a_dead_worker_had_claimed_is_claimed_again_after_its_lease(database: Database, seal: Seal, clock: Clock) -> None:
    _queue(database, seal, clock, "a", "satu")
    _claim(database, seal, clock)
    clock.shift(seconds=59)
    assert _claim(database, seal, clock) == []
    clock.shift(seconds=1)
    assert [(c.message.text, c.tries) for c in _claim(database, seal, clock)] == [("satu", 1)]


def test_all_workers_together_keep_the_senders_rate(database: Database, seal: Seal, clock: Clock) -> None:
    for i in range(40):
        _queue(database, seal, clock, f"p{i}", "halo")
    taken = [len(_claim(database, seal, clock, most=40, per_second=10)) for _ in range(3)]
    assert taken == [10, 0, 0], "one second's worth may go at once, and no more"
    for _ in range(3):
        clock.shift(seconds=1)
        assert len(_claim(database, seal, clock, most=40, per_second=10)) == 10


def test_a_pause_is_kept_between_two_messages_to_one_person(database: Database, seal: Seal, clock: Clock) -> None:
    _queue(database, seal, clock, "a", "satu", "dua")
    _settle(database, clock, *_claim(database, seal, clock, pair=1.0))
    assert _claim(database, seal, clock, pair=1.0) == []
    clock.shift(seconds=1)
    assert [c.message.text for c in _claim(database, seal, clock, pair=1.0)] == ["dua"]


def test_workers_at_once_never_take_the_same_message(database: Database, seal: Seal, clock: Clock) -> None:
    for i in range(60):
        _queue(database, seal, clock, f"p{i}", "satu", "dua")
    taken: list[str] = []
    guard = threading.Lock()

    def work() -> None:
        while claimed := _claim(database, seal, clock, most=5):
            with guard:
                taken.extend(f"{c.address}/{c.message.text}" for c in claimed)
            _settle(database, clock, *claimed)

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert len(taken) == len(set(taken))
    with database.read() as conn:
        left = conn.execute(select(func.count()).select_from(Outbox).where(Outbox.state != "sent")).scalar_one()  # type: ignore[arg-type]
    while left and (claimed := _claim(database, seal, clock, most=50)):
        taken.extend(f"{c.address}/{c.message.text}" for c in claimed)
        _settle(database, clock, *claimed)
    assert len(taken) == len(set(taken)) == 120


def test_an_alert_behind_500_due_replies_leaves_first_though_the_rate_is_used_up(database: Database, seal: Seal, clock: Clock) -> None:
    for i in range(100):
        _queue(database, seal, clock, f"p{i}", *"abcde")
    assert len(_claim(database, seal, clock, most=40, per_second=10)) == 10
    clock.shift(seconds=0.05)
    assert _claim(database, seal, clock, most=40, per_second=10) == []
    _queue(database, seal, clock, "petugas", "satu", "dua", purpose="alert")
    assert [c.message.text for c in _claim(database, seal, clock, most=0, per_second=10)] == ["satu", "dua"]


def test_what_alerts_use_of_the_rate_the_others_go_without(database: Database, seal: Seal, clock: Clock) -> None:
    for i in range(20):
        _queue(database, seal, clock, f"p{i}", "halo")
    _queue(database, seal, clock, "petugas", *"abcd", purpose="alert")
    purposes = [c.purpose for c in _claim(database, seal, clock, most=40, per_second=10)]
    assert purposes == ["alert"] * 4 + ["reply"] * 6
    clock.shift(seconds=1)
    assert len(_claim(database, seal, clock, most=40, per_second=10)) == 10


def test_alerts_keep_the_rate_too(database: Database, seal: Seal, clock: Clock) -> None:
    _queue(database, seal, clock, "petugas", *"abcdefghijklmno", purpose="alert")
    with database.write() as conn:
        values = {"alerts": 40, "per_second": 10, "pair_seconds": 1.0, "lease": LEASE, "now": clock()}
        taken = [c.message.text for c in claims.claim(conn, seal, "sim-whatsapp", most=40, **values).messages]  # type: ignore[arg-type]
    assert taken == list("abcdefghij"), "and wait for no pause between two messages to one phone"
    clock.shift(seconds=1)
    assert [c.message.text for c in _claim(database, seal, clock, per_second=10)] == list("klmno")


def test_an_alert_waits_for_nothing_to_the_same_phone_and_nothing_waits_for_it(database: Database, seal: Seal, clock: Clock) -> None:
    _queue(database, seal, clock, "petugas", "jawaban")
    with database.write() as conn:
        contact = conn.execute(select(Outbox.contact_id)).scalar_one()  # type: ignore[call-overload]
        for text, purpose in (("bahaya", "alert"), ("jawaban lain", "reply"), ("bahaya lain", "alert")):
            outbox.put(conn, seal, contact, Outgoing(text=text), purpose=purpose, case_id=None, now=clock())
    first = _claim(database, seal, clock)
    assert [c.message.text for c in first] == ["bahaya", "bahaya lain", "jawaban"]
    _settle(database, clock, *first[:2], state="due", due=timedelta(minutes=5))
    _settle(database, clock, first[2])
    assert [c.message.text for c in _claim(database, seal, clock)] == ["jawaban lain"]


VALUES = {"of_channel": "sim-whatsapp", "now": 1, "lease": 2, "most": 10, "quiet_since": 0}
LINES = [claims._claim, claims._claim_with_pause, claims._others_wait, claims._others_wait_with_pause]


@pytest.mark.parametrize("statement", [*LINES, claims._claim_alerts, claims._alert_waits])
def test_a_claim_reads_what_waits_and_not_what_was_ever_sent(sqlite_database: Database, statement: Lookup) -> None:
    with sqlite_database.write() as conn:
        sql, values = statement.written(conn, **VALUES)
        plan = " ".join(str(row) for row in conn.exec_driver_sql("EXPLAIN QUERY PLAN " + sql, tuple(values)))
    assert "SCAN outbox" not in plan and "USE TEMP B-TREE" not in plan
    assert "ix_outbox_due (channel=? AND due_at<?)" in plan or "ix_outbox_alert (channel=? AND due_at<?)" in plan


def test_what_waits_is_counted_without_reading_what_was_ever_sent(sqlite_database: Database, clock: Clock) -> None:
    asked: list[tuple[str, Any]] = []
    event.listen(sqlite_database.engine, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
    with sqlite_database.read() as conn:
        figures.gauges(conn, clock())
        counts = [(sql, values) for sql, values in asked if "FROM outbox" in sql]
        plans = [" ".join(map(str, conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values))) for sql, values in counts]
    assert len(plans) == 2 and all("USING INDEX" in plan or "USING COVERING INDEX" in plan for plan in plans)


@pytest.mark.parametrize("statement", LINES)
@pytest.mark.parametrize("believed", ["empty", "full"])
def test_a_backlog_is_not_read_again_for_each_of_its_messages(
    postgresql_database: Database, seal: Seal, clock: Clock, statement: Lookup, believed: str
) -> None:
    """What PostgreSQL believes of the outbox is a minute old at best, and an outage fills it within one. Nor is all that was ever sent."""
    waiting = 1000
    with postgresql_database.write() as conn:
        conn.exec_driver_sql(SENT_BEFORE, {"contacts": waiting // 10, "messages": 20_000})
        made = [_waits(seal, contact, clock) for contact in range(waiting)]
        if believed == "full":
            outbox.insert_rows(conn, made)
        conn.exec_driver_sql("ANALYZE outbox")
        if believed == "empty":
            outbox.insert_rows(conn, made)
        compiled = statement._statement.compile(dialect=conn.dialect)
        values = {**compiled.params, **VALUES, "now": made[-1]["due_at"]}
        ((told,),) = conn.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {compiled}", {name: values[name] for name in compiled.params})
    assert _rows_read(told[0]["Plan"]) < 3 * waiting


SENT_BEFORE = """
    INSERT INTO outbox (id, region, channel, contact_id, seq, purpose, body_sealed, state, due_at, tries, reason, created_at, sent_at)
    SELECT n, 'kendal', 'sim-whatsapp', n %% %(contacts)s, n, 'reply', '', 'sent', n, 1, '', n, n FROM generate_series(1, %(messages)s) AS n
"""


def _waits(seal: Seal, contact: int, clock: Clock) -> outbox.Queued:
    whose = {"region": "kendal", "channel": VALUES["of_channel"], "contact_id": contact, "seq": 100_000, "case_id": None}
    return outbox.row(seal, **whose, message=Outgoing(text="halo"), purpose="reply", now=clock())  # type: ignore[arg-type]


def _rows_read(plan: dict[str, Any]) -> int:
    here = sum(value for name, value in plan.items() if name == "Actual Rows" or name.startswith("Rows Removed by"))
    return int(here * plan["Actual Loops"]) + sum(map(_rows_read, plan.get("Plans", [])))
