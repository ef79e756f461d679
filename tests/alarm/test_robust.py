"""What must not stop the alarms, and what the alarms must not stop: broken rows, failing looks, transactions in each other's way."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import select, update

from hotline.alarm.bell import State
from hotline.alarm.reach import Outcome
from hotline.case import Event, EventKind, operator_author
from hotline.escalate import Escalator
from hotline.store import cases
from hotline.store.alarm import pages
from hotline.store.tables.alarm import AlarmPage, AlarmRow
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.sending import Outbox
from tests.support.house import House
from tests.support.nights import CRY, REPORTER, Night

_alarm, _page, _case, _outbox = (t.__table__ for t in (AlarmRow, AlarmPage, CaseFile, Outbox))  # type: ignore[attr-defined]


def spoil(night: Night, alarm_id: int) -> None:
    """A row that no version of the program has written."""
    with night.house.database.write() as conn:
        conn.execute(update(_alarm).where(_alarm.c.id == alarm_id).values(state="nonsense"))


def sweep(night: Night) -> int:
    with night.house.database.write() as conn:
        return Escalator(night.house.desks, night.house.seal, night.clock).sweep(conn)


def test_words_of_danger_are_kept_whatever_is_wrong_with_the_alarm_of_their_case(night: Night) -> None:
    alarm = night.cry()
    spoil(night, alarm.id)
    said = night.house.say(REPORTER, "DARURAT", "dia bawa pisau, tolong")
    assert said
    assert all(worked for _, _, worked in night.house.messages())
    events = night.house.events(alarm.case_id or 0)
    assert any("dia bawa pisau, tolong" in (e.text("text"), e.text("value")) for e in events)


def test_one_broken_alarm_in_a_crowd_keeps_everybodys_words_and_the_others_alarms(night: Night) -> None:
    alarm = night.cry()
    spoil(night, alarm.id)
    crowd = [night.house.incoming(REPORTER, "dia bawa pisau, tolong"), *(night.house.incoming(f"orang-{n}", CRY) for n in range(3))]
    assert night.house.take(*crowd) == [True] * 4
    assert all(worked for _, _, worked in night.house.messages())
    events = night.house.events(alarm.case_id or 0)
    assert any("dia bawa pisau, tolong" in (e.text("text"), e.text("value")) for e in events)
    with night.house.database.read() as conn:
        states = [row.state for row in conn.execute(select(_alarm.c.state))]
    assert sorted(states) == ["nonsense", *[State.RINGING.value] * 3]


BREAKS_OFF = {
    "sqlite": ["CREATE TRIGGER breaks_off BEFORE INSERT ON alarm BEGIN SELECT RAISE(ABORT, 'broken off'); END"],
    "postgresql": [
        "CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken off' USING ERRCODE = '57014'; END $$",
        "CREATE TRIGGER breaks_off BEFORE INSERT ON alarm FOR EACH ROW EXECUTE FUNCTION break_off()",
    ],
}
MENDED = {"sqlite": "DROP TRIGGER breaks_off", "postgresql": "DROP TRIGGER breaks_off ON alarm"}


def test_an_alarm_that_the_database_breaks_off_loses_nobodys_words(night: Night) -> None:
    """On PostgreSQL as its statement_timeout does: an error that otherwise means that the database is away."""
    database = night.house.database
    with database.write() as conn:
        for statement in BREAKS_OFF[database.dialect]:
            conn.exec_driver_sql(statement)
    crowd = [night.house.incoming("orang-1", CRY), *(night.house.incoming(f"orang-{n}", "halo") for n in (2, 3))]
    assert night.house.take(*crowd) == [True] * 3
    assert all(worked for _, _, worked in night.house.messages())
    assert len(night.house.cases()) == 1
    with database.write() as conn:
        conn.exec_driver_sql(MENDED[database.dialect])
    assert sweep(night) == 1


def test_a_broken_alarm_keeps_the_news_of_no_other(night: Night) -> None:
    broken = night.cry()
    night.house.say("orang-kedua", "anak itu dipukuli sekarang")
    spoil(night, broken.id)
    night.send()
    night.look()
    with night.house.database.write() as conn:
        outcomes = {row.alarm_id: row.outcome for row in conn.execute(select(_page.c.alarm_id, _page.c.outcome))}
        conn.execute(update(_alarm).where(_alarm.c.id == broken.id).values(state="ringing"))
    assert outcomes[broken.id] == Outcome.QUEUED
    assert outcomes[night.alarm().id] == Outcome.SENT


def test_many_broken_alarms_leave_the_others_their_place(night: Night) -> None:
    night.schedulers = [Escalator(night.house.desks, night.house.seal, night.clock, most=2)]
    broken = [night.cry(sender=f"orang-{number}").id for number in range(3)]
    night.clock.shift(seconds=1)
    good = night.cry(sender="orang-lain")
    for alarm_id in broken:
        spoil(night, alarm_id)
    for _ in range(3):
        night.clock.shift(minutes=6)
        night.look()
    with night.house.database.write() as conn:
        conn.execute(update(_alarm).where(_alarm.c.state == "nonsense").values(state="ended"))
    assert night.alarm().id == good.id
    assert 1 in night.rang()


def test_an_emergency_without_an_alarm_rings_at_the_next_sweep_once(night: Night) -> None:
    alarm = night.cry()
    with night.house.database.write() as conn:
        conn.execute(update(_alarm).values(state="ended"))
    night.clock.shift(seconds=30)
    assert (sweep(night), sweep(night)) == (1, 0)
    found = night.alarm()
    assert found.id != alarm.id and found.case_id == alarm.case_id and found.state is State.RINGING
    assert night.called() == [(0, "ani")]


@pytest.mark.parametrize("values", [{"emergency": "DITANGANI"}, {"closed": True}, {"waiting_since": 0}, {"level": 3}])
def test_only_an_open_recent_emergency_that_nobody_has_seen_is_swept_up(night: Night, values: dict[str, object]) -> None:
    night.cry()
    with night.house.database.write() as conn:
        conn.execute(update(_alarm).values(state="ended"))
        conn.execute(update(_case).values(**values))
    assert sweep(night) == 0


def test_what_an_officer_answered_meanwhile_is_not_written_over(night: Night) -> None:
    alarm = night.cry()
    night.send()
    with night.house.database.read() as conn:
        news = pages.news(conn, night.clock())
    night.answer("ani", "Tidak bisa")
    with night.house.database.write() as conn:
        pages.settle(conn, alarm.id, news[alarm.id])
    assert [p.outcome for number, _, p in night.pages() if number == 0] == [Outcome.DECLINED]


def test_a_call_given_back_unsent_after_the_alarm_was_answered_leaves_no_more(night: Night) -> None:
    alarm = night.cry()
    with night.house.database.write() as conn:
        conn.execute(update(_outbox).where(_outbox.c.purpose == "alert").values(state="sending"))
        cases.append(conn, night.house.seal, alarm.case_id or 0, [acted(night)])
    night.look()
    with night.house.database.write() as conn:
        conn.execute(update(_outbox).where(_outbox.c.purpose == "alert").values(state="due"))
    night.look()
    night.wait(3)
    assert [p.outcome for _, _, p in night.pages()] == [Outcome.OVERTAKEN]
    with night.house.database.read() as conn:
        assert conn.execute(select(_outbox.c.state, _outbox.c.reason).where(_outbox.c.purpose == "alert")).one() == ("held", "overtaken")


def acted(night: Night) -> Event:
    return Event(kind=EventKind.HANDLED, at=night.clock(), author=operator_author(night.ids["citra"]), body={"emergency": "DITANGANI"})


def test_the_scheduler_and_a_turn_of_the_reporter_never_wait_for_each_other_in_a_circle(night: Night) -> None:
    if night.house.database.dialect != "postgresql":
        pytest.skip("SQLite has one writer")
    night.cry()
    stop, failures, slowest = threading.Event(), list[str](), [0.0]

    def looks() -> None:
        escalator = Escalator(night.house.desks, night.house.seal, night.clock)
        while not stop.is_set():
            try:
                with night.house.database.write() as conn:
                    escalator.look(conn)
            except Exception as error:
                failures.append(type(error).__name__)

    thread = threading.Thread(target=looks)
    thread.start()
    try:
        for round_ in range(12):
            _fresh(night.house)
            began = time.monotonic()
            night.house.take(night.house.incoming(REPORTER, "DARURAT" if round_ % 2 else "dia dipukuli lagi sekarang"))
            slowest[0] = max(slowest[0], time.monotonic() - began)
    finally:
        stop.set()
        thread.join()
    assert failures == []
    assert slowest[0] < 0.9  # PostgreSQL looks for a deadlock after a second.


def _fresh(house: House) -> None:
    """Every call has just left, and nobody has written that down: each look has news of the alarm to write."""
    with house.database.write() as conn:
        conn.exec_driver_sql("SELECT id FROM case_file FOR UPDATE")
        conn.exec_driver_sql("SELECT id FROM alarm FOR UPDATE")
        conn.exec_driver_sql("UPDATE outbox SET state = 'sent', sent_at = created_at WHERE purpose = 'alert'")
        conn.exec_driver_sql("UPDATE alarm_page SET outcome = 'queued', sent_at = NULL WHERE outbox_id IS NOT NULL")
        conn.exec_driver_sql("UPDATE alarm SET first_sent_at = NULL")
