"""An officer from whom a case is kept is neither called for it nor able to silence it; a tap that names no row is answered kindly."""

from __future__ import annotations

from hotline.alarm.bell import State
from hotline.case import REPORTER, SYSTEM, Event, EventKind
from hotline.remember import Rememberer
from hotline.store import cases, conflicts
from tests.support.nights import Night


def keep_from(night: Night, case_id: int | None, *names: str) -> None:
    """A leader keeps the case from these."""
    assert case_id is not None
    with night.house.database.write() as conn:
        for name in names:
            assert conflicts.exclude(conn, case_id, night.ids[name], night.ids["eko"], night.clock())


def test_whom_the_case_concerns_is_not_called_and_the_next_are_at_once(night: Night) -> None:
    alarm = night.cry()
    keep_from(night, alarm.case_id, "budi")
    night.wait(6)
    assert [who for number, who in night.called() if number == 1] == ["citra"]
    assert "kept_from:PIKET_2" in [why for _, why in night.unsent()]
    keep_from(night, alarm.case_id, "dewi")
    night.wait(10)
    assert night.rang()[3] == night.rang()[2] == 15.0
    night.wait(60)
    assert not {"budi", "dewi"} & {who for _, who in night.called()}


def test_who_was_called_before_can_silence_it_no_more(night: Night) -> None:
    alarm = night.cry()
    keep_from(night, alarm.case_id, "ani")
    before = night.house.events(alarm.case_id or 0)
    for label in ("Ambil", "Tidak bisa"):
        assert "tidak berlaku" in night.answer("ani", label)[-1].text
    assert night.state() is State.RINGING
    assert night.house.events(alarm.case_id or 0) == before
    assert not any(e.kind is EventKind.CLAIMED for e in before)


def test_a_forged_tap_that_names_no_row_is_answered(night: Night) -> None:
    night.cry()
    night.house.take(night.house.incoming("hp-ani", channel="sim-telegram", choice=f"piket:a:{'9' * 19}"))
    assert "tidak berlaku" in night.heard("ani")[-1].text
    assert all(worked for _, _, worked in night.house.messages())


def grave(night: Night, *events: tuple[EventKind, dict[str, object]]) -> int:
    """A case of the level TINGGI, which has clocks and no alarm."""
    opened = (EventKind.OPENED, {"track": "anak", "stage": "PENGADUAN_DITERIMA"})
    made = (opened, *events, (EventKind.RAISED, {"level": 3, "reasons": []}))
    listed = [Event(kind=k, at=night.clock(), author=REPORTER if k is EventKind.ANSWERED else SYSTEM, body=b) for k, b in made]
    with night.house.database.write() as conn:
        return cases.open_case(conn, night.house.seal, region="kendal", contact_id=None, events=listed, now=night.clock())[0]


def told_of_clocks(night: Night) -> set[str]:
    """Who hears that a time is over."""
    keeper = Rememberer(night.house.desks, night.house.seal, night.clock)
    for work in (keeper.wind, keeper.sweep, keeper.tell):
        with night.house.database.write() as conn:
            work(conn)
    return {name for name in night.ids if any("Tenggat lewat" in said.text for said in night.heard(name))}


def test_whom_the_case_concerns_hears_nothing_of_its_times_either(bare: Night) -> None:
    bare.people(roles={"sari": "OPERATOR", "joko": "OPERATOR", "wati": "SUPERVISOR"}, duty=False)
    case_id = grave(bare)
    with bare.house.database.write() as conn:
        conflicts.exclude(conn, case_id, bare.ids["sari"], bare.ids["wati"], bare.clock())
    assert told_of_clocks(bare) == set()
    bare.clock.shift(minutes=61)
    assert told_of_clocks(bare) == {"joko", "wati"}


def test_the_times_of_a_case_about_the_desk_itself_are_told_one_level_up(bare: Night) -> None:
    bare.people(roles={"sari": "OPERATOR", "wati": "SUPERVISOR"}, duty=False)
    grave(bare, (EventKind.ANSWERED, {"key": "R14", "value": "dinas", "label": "Dinas", "question": "R14"}))
    assert told_of_clocks(bare) == set()
    bare.clock.shift(minutes=61)
    assert told_of_clocks(bare) == {"wati"}
