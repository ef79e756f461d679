"""Nights on call with a moved clock: each rung rings once, on time, and none is skipped, whatever happens to people and processes."""

from __future__ import annotations

import pytest

from hotline.alarm.bell import State
from hotline.alarm.reach import Outcome
from hotline.case import Emergency, EventKind, Level
from hotline.deliver import Failure
from hotline.escalate import Escalator
from tests.support.nights import LADDER, REPORTER, Night

ON_TIME = {0: 0, 1: 5, 2: 15, 3: 30, 4: 60}


def test_the_first_officer_is_called_in_the_commit_of_the_cry(night: Night) -> None:
    alarm = night.cry()
    (call,) = night.heard("ani")[1:]
    code = f"{alarm.code[:3]} {alarm.code[3:6]} {alarm.code[6:]}"
    assert call.text == f"Tiket {code} · DARURAT · Kec. belum diketahui. Buka panel."
    assert [o.label for o in call.options] == ["Ambil", "Tidak bisa"]
    assert call.alert == (code, "DARURAT", "belum diketahui")
    assert night.called() == [(0, "ani")]
    assert night.rang() == {0: 0}


def test_no_one_answers(night: Night) -> None:
    night.cry()
    heard = len(night.house.heard(REPORTER))
    night.wait(61)
    assert night.rang() == ON_TIME
    assert night.called() == [(0, "ani"), (1, "budi"), (1, "citra"), (2, "dewi"), (3, "eko"), (4, "pelapor")]
    (told,) = night.house.heard(REPORTER)[heard:]
    assert "belum menjawab" in told.text and "110" in told.text
    night.wait(15)
    # After the last rung everybody is called again, until somebody answers.
    assert [who for number, who in night.called() if number == 5] == ["ani", "budi", "citra", "dewi", "eko"]
    assert night.unsent() == []


def test_the_second_answers(night: Night) -> None:
    night.cry()
    night.wait(6)
    (thanks,) = night.answer("budi", "Ambil")
    assert "Anda ambil" in thanks.text and "10 menit" in thanks.text
    alarm = night.alarm()
    assert alarm.state is State.SILENCED
    assert alarm.acknowledged_by == night.ids["budi"]
    (case_id, case) = night.house.cases()[0]
    assert case.owner_id == night.ids["budi"] and case.emergency is Emergency.DITANGANI
    night.wait(9)
    assert night.rang() == {0: 0, 1: 5}
    night.handled(case_id, "budi")
    night.wait(120)
    assert night.rang() == {0: 0, 1: 5}
    alarm = night.alarm()
    assert (alarm.state, alarm.end_reason, alarm.first_action_by) == (State.ENDED, "acted", night.ids["budi"])


def test_acknowledged_but_nothing_done_rings_anew(night: Night) -> None:
    night.cry()
    night.wait(2)
    night.answer("ani", "Ambil")
    night.wait(9.5)
    assert night.rang() == {0: 0}
    night.wait(1)
    # Ten minutes after "Ambil": what is overdue rings first, then whoever was called before is called once more.
    assert night.rang() == {0: 0, 1: 12, 5: 12}
    assert [who for number, who in night.called() if number == 5] == ["ani"]
    assert night.house.cases()[0][1].emergency is Emergency.AKTIF
    night.wait(50)
    assert night.rang() == {0: 0, 1: 12, 5: 12, 2: 15, 3: 30, 4: 60}


def test_who_cannot_come_passes_it_on_at_once(night: Night) -> None:
    night.cry()
    night.wait(1)
    (said,) = night.answer("ani", "Tidak bisa")
    assert "Petugas berikutnya" in said.text
    assert night.rang() == {0: 0, 1: 1}
    night.answer("budi", "Tidak bisa")
    assert night.rang() == {0: 0, 1: 1}  # the supervisor may still answer
    night.answer("citra", "Tidak bisa")
    assert night.rang() == {0: 0, 1: 1, 2: 1}
    night.wait(59.5)
    assert night.rang() == ON_TIME | {1: 1, 2: 1}


def test_who_took_it_and_then_cannot_come_lets_it_ring_anew(night: Night) -> None:
    night.cry()
    night.wait(1)
    night.answer("ani", "Ambil")
    night.wait(1)
    night.answer("ani", "Tidak bisa")
    case = night.house.cases()[0][1]
    assert case.owner_id is None and case.emergency is Emergency.AKTIF
    assert night.state() is State.RINGING
    assert night.rang() == {0: 0, 5: 2, 1: 2}
    assert night.called()[-2:] == [(1, "budi"), (1, "citra")]


@pytest.mark.parametrize("dies_before", [0, 1, 2, 3, 4])
def test_the_scheduler_is_killed_before_each_rung(night: Night, dies_before: int) -> None:
    night.cry()
    minutes = list(ON_TIME.values())
    if dies_before:
        night.wait(minutes[dies_before] - 1)
    night.schedulers = []
    night.wait(7)
    missed = night.rang()
    assert all(number < dies_before or number == 0 for number in missed)
    night.schedulers = [Escalator(night.house.desks, night.house.seal, night.clock)]
    night.wait(0.25)
    night.wait(70)
    # Whatever became due meanwhile rings at once, in order; the others keep their minute.
    started = (minutes[dies_before] - 1 if dies_before else 0) + 7 + 0.2
    expected = {n: m if m < minutes[dies_before] or m > started or not n else started for n, m in ON_TIME.items()}
    assert {n: at for n, at in night.rang().items() if n <= 4} == pytest.approx(expected, abs=0.2)
    assert [number for number, _ in night.called() if number <= 4] == [0, 1, 1, 2, 3, 4]


def test_two_schedulers_at_once(night: Night) -> None:
    night.schedulers.append(Escalator(night.house.desks, night.house.seal, night.clock))
    night.cry()
    night.wait(61)
    assert night.rang() == ON_TIME
    assert len(night.called()) == len(set(night.called())) == 6


def test_the_provider_refuses_the_officers_messages(night: Night) -> None:
    night.refuses = lambda name: Failure.BLOCKED if name in ("ani", "budi") else None
    night.cry()
    night.wait(0.25)
    assert night.rang() == {0: 0, 1: 0.2}
    night.wait(0.25)
    assert night.unsent() == [("ani", "blocked"), ("budi", "blocked")]
    night.refuses = lambda name: Failure.BLOCKED if name else None
    night.wait(14.75)
    assert night.rang() == pytest.approx({0: 0, 1: 0.2, 2: 15, 3: 15}, abs=0.3)
    night.wait(1)
    assert {who for who, _ in night.unsent()} == {"ani", "budi", "dewi", "eko"}
    # Nobody could be called: the reporter is told as soon as the people in the panel have had as long as the first officer.
    assert night.rang()[4] == pytest.approx(15.5, abs=0.3)


def test_a_provider_that_is_down_counts_as_nobody_reached_after_a_minute(night: Night) -> None:
    night.refuses = lambda name: Failure.PROVIDER_DOWN if name == "ani" else None
    night.cry()
    night.wait(0.75)
    assert night.rang() == {0: 0}
    night.wait(0.5)
    assert night.rang() == {0: 0, 1: 1}
    assert night.unsent() == [("ani", "provider_down")]
    night.refuses = lambda name: None
    night.wait(0.5)
    assert night.unsent() == []
    assert [p.outcome for _, who, p in night.pages() if who == "ani"] == [Outcome.SENT]


def test_a_gap_in_the_roster(bare: Night) -> None:
    bare.people(duty=False).cry()
    assert bare.rang() == {0: 0, 1: 0}
    assert bare.called() == [(1, "citra")]
    assert bare.unsent() == [("", "no_duty:PIKET_1"), ("", "no_duty:PIKET_2")]
    bare.wait(61)
    assert bare.rang() == ON_TIME | {1: 0}


def test_nobody_at_all(bare: Night) -> None:
    bare.cry()
    assert bare.rang() == {0: 0, 1: 0, 2: 0, 3: 0}
    assert ("", "no_role:MANAJER") in bare.unsent()
    bare.wait(6)
    # Five minutes, as long as the first officer would have had: those in the panel were called as well.
    assert bare.rang()[4] == 5


def test_officers_without_a_phone_and_without_an_account(bare: Night) -> None:
    bare.people(phones=False)
    bare.register("citra")
    bare.disable("ani")
    bare.cry()
    assert bare.rang() == {0: 0, 1: 0}
    assert bare.unsent() == [("", "no_duty:PIKET_1"), ("budi", "no_chat")]


def test_danger_said_anew_while_it_rings_starts_no_second_ladder(night: Night) -> None:
    first = night.cry()
    night.wait(2)
    night.house.say(REPORTER, "dia ambil parang")
    assert night.alarm().id == first.id
    night.wait(20)
    assert night.rang() == pytest.approx({0: 0, 1: 5, 2: 15}, abs=0.2)


def test_danger_said_anew_rings_a_silenced_alarm(night: Night) -> None:
    first = night.cry()
    night.wait(2)
    night.answer("ani", "Ambil")
    night.wait(1)
    night.house.say(REPORTER, "dia ambil parang")
    assert night.alarm().id == first.id and night.state() is State.RINGING
    assert [who for number, who in night.called() if number == 5] == ["ani"]


def test_danger_after_an_action_is_a_new_alarm(night: Night) -> None:
    first = night.cry()
    night.handled(night.house.cases()[0][0], "ani")
    assert night.state() is State.ENDED
    night.wait(2)
    night.house.say(REPORTER, "dia ambil parang")
    assert night.alarm().id != first.id
    assert night.rang() == {0: 0}


def test_what_was_answered_before_it_left_does_not_leave(night: Night) -> None:
    night.refuses = lambda name: Failure.BUSY if name == "ani" else None
    night.cry()
    night.send()
    night.handled(night.house.cases()[0][0], "budi")
    assert [p.outcome for _, _, p in night.pages()] == [Outcome.OVERTAKEN]
    night.refuses = lambda name: None
    night.wait(1)
    assert [p.sent_at for _, _, p in night.pages()] == [None]


def test_a_case_closed_or_lowered_is_silent(night: Night) -> None:
    night.cry()
    case_id = night.house.cases()[0][0]
    night.event(case_id, "citra", EventKind.LOWERED, level=2, reason="salah tangkap", approved_by=1)
    assert night.alarm().end_reason == "lowered"
    night.wait(70)
    assert night.rang() == {0: 0}
    assert night.alarm().first_action_at is None


def test_a_case_lowered_to_a_level_that_still_rings_goes_on_ringing(night: Night) -> None:
    night.cry()
    still = int(Level.DARURAT_TELAAH)
    night.event(night.house.cases()[0][0], "citra", EventKind.LOWERED, level=still, reason="perlu ditelaah", approved_by=1)
    assert night.state() is State.RINGING
    night.wait(6)
    assert night.rang() == {0: 0, 1: 5}


def test_an_emergency_closed_unseen_is_silent_until_it_is_opened_again(night: Night) -> None:
    first = night.cry()
    case_id = night.house.cases()[0][0]
    night.event(case_id, "citra", EventKind.CLOSED, reason="x")
    assert (night.state(), night.alarm().end_reason) == (State.ENDED, "closed")
    night.wait(70)
    assert night.rang() == {0: 0}
    night.event(case_id, "citra", EventKind.REOPENED, reason="x")
    assert (night.alarm().id != first.id, night.rang()) == (True, {0: 0})


def test_danger_after_it_was_lowered_rings_in_the_commit_of_the_cry(night: Night) -> None:
    first = night.cry()
    night.event(night.house.cases()[0][0], "citra", EventKind.LOWERED, level=2, reason="salah tangkap", approved_by=1)
    night.clock.shift(minutes=2)
    night.house.say(REPORTER, "dia ambil parang")
    assert (night.alarm().id != first.id, night.rang()) == (True, {0: 0})


def test_silence_in_the_middle_of_a_story_rings_too(night: Night) -> None:
    night.house.answer(REPORTER, "halo", "Ya")
    assert night.alarm().state is State.RINGING
    assert len(night.heard("ani")) == 2


def test_an_alarm_whose_profile_was_not_at_hand_is_given_its_ladder_by_the_scheduler(night: Night) -> None:
    night.open_without_ladder()
    assert night.rang() == {}
    night.wait(0.25)
    assert night.rang() == {0: 0.2}
    night.wait(5)
    assert night.rang() == {0: 0.2, 1: 5}


def test_the_times_of_an_alarm(night: Night) -> None:
    night.cry()
    night.wait(0.25)
    alarm = night.alarm()
    assert alarm.first_sent_at is not None and alarm.first_sent_at > alarm.started_at
    assert alarm.next_rung_at is not None and (alarm.next_rung_at - alarm.started_at).total_seconds() == 300
    assert not alarm.drill and alarm.case_id == night.house.cases()[0][0]


def test_both_phones_of_an_officer_are_called_and_either_answers(night: Night) -> None:
    night.register("ani", channel="sim-whatsapp")
    night.cry()
    assert night.called() == [(0, "ani"), (0, "ani")]
    (thanks,) = night.answer("ani", "1", channel="sim-whatsapp")
    assert "Anda ambil" in thanks.text
    assert {p.outcome for _, _, p in night.pages()} == {Outcome.TAKEN}


def test_every_role_of_the_ladder_has_somebody() -> None:
    assert set(LADDER.values()) == {"PIKET", "SUPERVISOR", "KEPALA_UNIT", "MANAJER"}
