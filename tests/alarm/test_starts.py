"""Where an alarm begins and ends: in the transaction of its cause, by whatever door, and never in half."""

from __future__ import annotations

import threading

import pytest

from hotline import operate
from hotline.alarm.bell import State
from hotline.alarm.ladder import Ladder
from hotline.alarm.reach import Outcome
from hotline.case import Level
from hotline.casework import levels
from hotline.escalate import Escalator
from hotline.staff import Role, Who
from hotline.store import cases
from hotline.store.alarm import alarms
from tests.alarm.conftest import KENDAL
from tests.support.nights import REPORTER, Night


def who(night: Night, name: str, role: Role = Role.PIKET) -> Who:
    return Who(id=night.ids[name], region="kendal", name=name, display_name=name.title(), role=role)


def mild_case(night: Night) -> int:
    """A case that does not ring."""
    night.house.answer(REPORTER, "halo", "Tidak", "Bantuan sosial", "1")
    night.house.clock.shift(minutes=31)
    with night.house.database.write() as conn:
        night.house.reminder.keep_silent_stories(conn)
    return night.house.cases()[0][0]


def test_an_operator_who_raises_a_case_rings_at_once(night: Night) -> None:
    case_id = mild_case(night)
    with night.house.database.write() as conn:
        levels.raise_level(conn, night.house.seal, KENDAL, who(night, "citra"), case_id, level=Level.DARURAT, text="", now=night.clock())
    assert night.called() == [(0, "ani")]


@pytest.mark.requirement("LUT-22")
def test_acknowledging_and_acting_in_the_panel_go_through_the_alarm(night: Night) -> None:
    night.cry()
    case_id, seal = night.house.cases()[0][0], night.house.seal
    with night.house.database.write() as conn:
        operate.acknowledge(conn, seal, who(night, "citra"), case_id, now=night.clock())
    assert (night.state(), night.alarm().acknowledged_by) == (State.SILENCED, night.ids["citra"])
    night.wait(4)
    with night.house.database.write() as conn:
        operate.act(conn, seal, who(night, "citra"), case_id, text="polisi di jalan", ended=False, now=night.clock())
    assert (night.state(), night.alarm().end_reason) == (State.ENDED, "acted")


def test_claiming_silences_and_a_reply_acts(night: Night) -> None:
    night.cry()
    case_id, seal = night.house.cases()[0][0], night.house.seal
    with night.house.database.write() as conn:
        operate.claim(conn, seal, who(night, "budi"), case_id, now=night.clock())
    assert night.state() is State.SILENCED
    with night.house.database.write() as conn:
        version = cases.load_state(conn, seal, case_id).version
        operate.reply(conn, seal, KENDAL, who(night, "budi"), case_id, version=version, text="Kami datang.", now=night.clock())
    assert night.alarm().first_action_by == night.ids["budi"]


def test_a_transaction_that_fails_rings_nobody(night: Night) -> None:
    night.house.say(REPORTER, "halo")
    with pytest.raises(ZeroDivisionError), night.house.database.write() as conn:
        night.house.reception.work(conn, [night.house.incoming(REPORTER, "anaknya dipukuli sekarang")])
        raise ZeroDivisionError
    with night.house.database.read() as conn:
        assert alarms.open_alarms(conn, "kendal") == []
    assert len(night.heard("ani")) == 1


@pytest.mark.parametrize("minutes", [5, 15, 30, 60, 75])
def test_a_scheduler_killed_while_it_rings_has_rung_nothing_and_the_next_one_rings_it(night: Night, minutes: int) -> None:
    night.cry()
    night.wait(minutes - 0.5)
    before = night.called()
    night.clock.shift(minutes=1)
    with pytest.raises(KeyboardInterrupt), night.house.database.write() as conn:
        night.schedulers[0].look(conn)
        raise KeyboardInterrupt
    assert night.called() == before
    night.schedulers = [Escalator(night.house.desks, night.house.seal, night.clock)]
    night.look()
    night.look()
    after = night.called()
    assert len(after) > len(before) and len(after) == len(set(after))


def test_schedulers_that_look_in_the_same_instant_ring_once(night: Night) -> None:
    night.cry()
    night.house.say("orang-kedua", "anak itu dipukuli sekarang")
    for minutes in (6, 10, 15, 30):
        night.clock.shift(minutes=minutes)
        _together(night, 4)
    with night.house.database.read() as conn:
        for alarm in alarms.open_alarms(conn, "kendal"):
            rungs = alarms.rungs(conn, alarm.id)
            assert [r.number for r in rungs if r.rung_at is not None] == [0, 1, 2, 3, 4]
            calls = [(r.number, p.operator_id) for r in rungs for p in r.pages]
            assert len(calls) == len(set(calls)) == 6


def _together(night: Night, count: int) -> None:
    barrier, failures = threading.Barrier(count), []

    def look() -> None:
        barrier.wait()
        try:
            with night.house.database.write() as conn:
                Escalator(night.house.desks, night.house.seal, night.clock).look(conn)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=look) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_one_alarm_that_cannot_be_worked_holds_up_no_other(night: Night) -> None:
    broken = night.cry()
    night.house.say("orang-kedua", "anak itu dipukuli sekarang")
    with night.house.database.write() as conn:
        conn.exec_driver_sql(f"UPDATE alarm SET state = 'nonsense' WHERE id = {broken.id}")
    night.clock.shift(minutes=6)
    night.look()
    with night.house.database.write() as conn:
        conn.exec_driver_sql(f"UPDATE alarm SET state = 'ringing' WHERE id = {broken.id}")
    assert night.rang()[1] == pytest.approx(6)


def test_a_drill_rings_the_same_people_marked_and_without_a_case(night: Night) -> None:
    with night.house.database.write() as conn:
        ladder = Ladder.of(KENDAL.profile.file.on_call)
        drill = alarms.start(
            conn,
            night.house.seal,
            region="kendal",
            ladder=ladder,
            code="000000001",
            level=Level.DARURAT,
            area="",
            now=night.clock(),
            drill=True,
        )
    assert "LATIHAN" in night.heard("ani")[-1].text
    night.wait(6)
    assert night.rang() == {0: 0, 1: 5}
    night.answer("budi", "Ambil")
    assert (night.state(), night.alarm().drill, night.alarm().acknowledged_by) == (State.SILENCED, True, night.ids["budi"])
    night.wait(11)
    assert night.state() is State.RINGING
    night.wait(60)
    assert [p.reason for _, name, p in night.pages() if name == "pelapor"] == ["no_contact"]
    with night.house.database.write() as conn:
        assert alarms.end(conn, drill, night.clock())
        assert not alarms.end(conn, drill, night.clock())
        assert not alarms.acknowledge(conn, drill, night.ids["ani"], night.clock())
    assert night.alarm().end_reason == "drill"
    assert night.house.cases() == []


def test_on_an_unsafe_phone_the_reporter_is_told_when_they_write_again(night: Night) -> None:
    night.cry()
    with night.house.database.write() as conn:
        conn.exec_driver_sql("UPDATE contact SET phone = 'shared' WHERE case_id IS NOT NULL")
    night.holds = True
    night.wait(61)
    night.holds = False
    assert ("", "unsafe_phone") in night.unsent()
    assert "belum menjawab" not in night.house.say(REPORTER, "halo")[-1].text, "it may be somebody else"
    said = night.house.say(REPORTER, "LANJUT")
    assert "belum menjawab" in said[-1].text
    night.wait(1)
    assert [p.outcome for _, name, p in night.pages() if name == "pelapor"] == [Outcome.SENT]
    assert "belum menjawab" not in night.house.say(REPORTER, "halo")[-1].text


def test_an_answered_alarm_tells_the_reporter_nothing_any_more(night: Night) -> None:
    night.cry()
    with night.house.database.write() as conn:
        conn.exec_driver_sql("UPDATE contact SET phone = 'shared' WHERE case_id IS NOT NULL")
    night.holds = True
    night.wait(61)
    night.holds = False
    night.answer("eko", "Ambil")
    assert "belum menjawab" not in night.house.say(REPORTER, "halo")[-1].text


def test_a_call_that_the_provider_says_later_did_not_arrive_reached_nobody(night: Night) -> None:
    night.cry()
    night.wait(0.5)
    assert [p.outcome for _, _, p in night.pages()] == [Outcome.SENT]
    with night.house.database.write() as conn:
        conn.exec_driver_sql("UPDATE outbox SET state = 'dead', reason = 'undelivered' WHERE purpose = 'alert'")
    night.look()
    assert night.unsent() == [("ani", "undelivered")]
    assert night.rang() == {0: 0, 1: 0.5}
