"""An emergency about the Dinas itself (R14=dinas): those who lead are called, at once, and nobody who may be the one spoken of."""

from __future__ import annotations

import pytest

from hotline.alarm.bell import State
from hotline.case import REPORTER, SYSTEM, Event, EventKind, Level
from hotline.deliver import Failure
from hotline.store import cases, conflicts
from tests.support.nights import Night

R14 = {"key": "R14", "value": "dinas", "label": "Dinas", "question": "R14"}
LEADERS = {"citra", "dewi", "eko"}


def emergency(night: Night, *, about_the_desk: bool = True, level: Level = Level.DARURAT) -> int:
    """Danger, told in one story with where the person works."""
    told = [(EventKind.OPENED, {"track": "anak", "stage": "PENGADUAN_DITERIMA"})]
    told += [(EventKind.ANSWERED, R14)] if about_the_desk else []
    told += [(EventKind.RAISED, {"level": int(level), "reasons": []})]
    events = [Event(kind=k, at=night.clock(), author=REPORTER if k is EventKind.ANSWERED else SYSTEM, body=b) for k, b in told]
    desk = night.house.desks[night.region]
    with night.house.database.write() as conn:
        seal = night.house.seal
        return cases.open_case(conn, seal, region=night.region, contact_id=None, events=events, now=night.clock(), ladders=desk.ladders)[0]


def answered_r14(night: Night, case_id: int) -> None:
    with night.house.database.write() as conn:
        told = Event(kind=EventKind.ANSWERED, at=night.clock(), author=REPORTER, body=R14)
        cases.append(conn, night.house.seal, case_id, [told], ladders=night.house.desks[night.region].ladders)


def test_those_on_duty_are_not_called_and_a_leader_is_at_once(night: Night) -> None:
    emergency(night)
    assert night.called() == [(1, "citra")]
    night.wait(35)
    assert {name for _, name in night.called()} == LEADERS
    assert ("", "kept_from:PIKET_1") in night.unsent()
    assert night.heard("ani")[1:] == [] and night.heard("budi")[1:] == []


def test_another_emergency_of_that_night_calls_those_on_duty(night: Night) -> None:
    emergency(night)
    emergency(night, about_the_desk=False)
    assert night.called() == [(0, "ani")]


def test_a_leader_who_is_on_duty_is_called_as_such(bare: Night) -> None:
    bare.people(roles={"ani": "SUPERVISOR", "budi": "PIKET", "eko": "MANAJER"})
    emergency(bare)
    assert bare.called() == [(0, "ani")]


@pytest.mark.parametrize("roles", [{"ani": "PIKET", "budi": "PIKET"}, {"ani": "PIKET", "budi": "PIKET", "citra": "SUPERVISOR"}])
def test_where_no_leader_can_be_reached_help_goes_before(bare: Night, roles: dict[str, str]) -> None:
    bare.people(roles=roles, phones=False)
    for name in ("ani", "budi"):
        bare.register(name)
    emergency(bare)
    assert bare.called() == [(0, "ani")]


def test_where_no_leaders_phone_takes_the_call_help_goes_before(night: Night) -> None:
    night.refuses = lambda name: Failure.NO_SUCH_CONTACT if name in LEADERS else None
    emergency(night)
    night.wait(10)
    assert {name for _, name in night.called()} == LEADERS
    night.wait(30)
    assert {"ani", "budi"} <= {name for _, name in night.called()}
    night.answer("ani", "Ambil")
    assert night.state() is State.SILENCED


def test_leaders_who_were_called_and_say_nothing_are_called_again_and_nobody_else(night: Night) -> None:
    emergency(night)
    night.wait(100)
    called = [who for _, who in night.called()]
    assert set(called) == LEADERS
    assert all(called.count(who) > 1 for who in LEADERS)


def test_said_later_the_next_rungs_are_for_leaders_and_who_was_called_silences_nothing(night: Night) -> None:
    case_id = emergency(night, about_the_desk=False)
    assert night.called() == [(0, "ani")]
    answered_r14(night, case_id)
    for label in ("Ambil", "Tidak bisa"):
        assert "tidak berlaku" in night.answer("ani", label)[-1].text
    assert night.state() is State.RINGING
    assert night.called() == [(0, "ani"), (1, "citra")]
    assert not any(e.kind in (EventKind.CLAIMED, EventKind.ACKNOWLEDGED) for e in night.house.events(case_id))
    night.answer("citra", "Ambil")
    assert night.state() is State.SILENCED


def test_who_took_it_before_it_was_said_goes_on(night: Night) -> None:
    case_id = emergency(night, about_the_desk=False)
    night.answer("ani", "Ambil")
    answered_r14(night, case_id)
    assert "tidak berlaku" not in night.answer("ani", "Ambil")[-1].text


def test_an_answer_that_was_taken_back_calls_everybody_again(night: Night) -> None:
    case_id = emergency(night)
    with night.house.database.write() as conn:
        told = Event(kind=EventKind.ANSWERED, at=night.clock(), author=REPORTER, body={**R14, "value": "tidak"})
        cases.append(conn, night.house.seal, case_id, [told], ladders=night.house.desks[night.region].ladders)
        assert conflicts.kept(conn, [case_id]) == ({}, set())
    night.wait(80)
    assert "budi" not in {name for number, name in night.called() if number <= 1}
    assert {"ani", "budi"} & {name for _, name in night.called()}
