"""The outbox: one person's messages in order, nobody's twice, within the provider's rate, and nothing forgotten after a crash."""

from __future__ import annotations

import threading
from datetime import timedelta

from sqlalchemy import func, select

from hotline.messages import Outgoing
from hotline.seal import Seal
from hotline.store import outbox
from hotline.store.database import Database
from hotline.store.outbox import Claimed, Outcome
from hotline.store.tables import Outbox
from tests.store.people import arrive
from tests.support.clock import Clock

LEASE = timedelta(seconds=60)


def _queue(database: Database, seal: Seal, clock: Clock, sender: str, *texts: str) -> None:
    with database.write() as conn:
        contact = arrive(conn, seal, sender, clock())
        for text in texts:
            outbox.put(conn, seal, contact, Outgoing(text=text), purpose="reply", case_id=None, now=clock())


def _claim(database: Database, seal: Seal, clock: Clock, most: int = 10, per_second: float = 1000, pair: float = 0) -> list[Claimed]:
    with database.write() as conn:
        return outbox.claim(conn, seal, "sim-whatsapp", most=most, per_second=per_second, pair_seconds=pair, lease=LEASE, now=clock())


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
