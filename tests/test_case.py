"""A case is what its events make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.case import (
    REPORTER,
    SYSTEM,
    Audience,
    CaseState,
    Emergency,
    Event,
    EventKind,
    Level,
    ReporterStatus,
    Told,
    Track,
    fold,
    operator_author,
)

MORNING = datetime(2026, 11, 22, 8, tzinfo=UTC)
OFFICER = operator_author(7)


def event(kind: EventKind, minute: int = 0, author: str = SYSTEM, **body: object) -> Event:
    return Event(kind=kind, at=MORNING + timedelta(minutes=minute), author=author, body=body)


def opened(track: Track = Track.ANAK, stage: str = "PENGADUAN_DITERIMA") -> Event:
    return event(EventKind.OPENED, track=track.value, stage=stage, source="finished")


def raised(level: Level, *reasons: str) -> Event:
    return event(EventKind.RAISED, level=int(level), reasons=list(reasons), by="rule")


def test_a_new_case_waits_for_us_from_its_first_moment() -> None:
    state = fold([opened(Track.LAYANAN, "KELUHAN_DITERIMA")])
    assert (state.track, state.stage, state.opened_at, state.waiting_since) == (Track.LAYANAN, "KELUHAN_DITERIMA", MORNING, MORNING)
    assert state.version == 1


def test_the_state_can_be_continued_from_any_point() -> None:
    events = [opened(), raised(Level.TINGGI, "R12=ya"), event(EventKind.CLAIMED, operator=7), event(EventKind.MOVED, stage="TELAAH")]
    assert all(fold(events[n:], fold(events[:n])) == fold(events) for n in range(len(events)))


def test_an_answer_is_replaced_and_taken_back() -> None:
    answers = [event(EventKind.ANSWERED, author=REPORTER, key=k, value=v) for k, v in (("R3", "ya"), ("R4", "6-12"), ("R3", "serumah"))]
    state = fold([opened(), *answers])
    assert state.answers == {"R3": "serumah", "R4": "6-12"}
    assert fold([event(EventKind.ANSWERED, author=REPORTER, key="R3", value="")], state).answers == {"R4": "6-12"}


def test_the_oldest_unanswered_words_count_and_an_answer_clears_them() -> None:
    said = [event(EventKind.SAID, minute, REPORTER, text="x") for minute in (5, 9)]
    state = fold([*said, event(EventKind.REPLIED, 12, OFFICER, text="y")], CaseState())
    assert (state.waiting_since, state.unread, state.replied) == (None, 0, True)
    waiting = fold(said)
    assert (waiting.waiting_since, waiting.unread) == (MORNING + timedelta(minutes=5), 2)


def test_a_story_is_one_message_however_many_questions_it_answers() -> None:
    answers = [event(EventKind.ANSWERED, 3, REPORTER, key=f"R{n}", value="ya") for n in range(1, 9)]
    said = event(EventKind.SAID, 4, REPORTER, text="x")
    assert [fold(events).unread for events in (answers, [*answers, said], [said, *answers])] == [1, 2, 1]


def test_an_ok_behind_what_waits_is_no_further_message_but_one_that_answers_us_is() -> None:
    story, nod = event(EventKind.SAID, 4, REPORTER, text="x"), event(EventKind.SAID, 9, REPORTER, text="ok", nod=True)
    assert [fold(events).unread for events in ([story], [story, nod, nod], [nod])] == [1, 1, 1]
    answered = fold([story, event(EventKind.REPLIED, 12, OFFICER, text="y"), nod])
    assert (answered.unread, answered.waiting_since) == (1, nod.at)


def test_a_note_is_no_answer() -> None:
    state = fold([opened(), event(EventKind.SAID, 5, REPORTER, text="x"), event(EventKind.NOTED, 6, OFFICER, text="y")])
    assert state.unread == 1
    assert state.waiting_since == MORNING


def test_a_level_rises_and_never_falls_by_being_raised() -> None:
    state = fold([opened(), raised(Level.DARURAT, "R1=ya"), raised(Level.TINGGI, "R12=ya")])
    assert (state.level, state.reasons, state.emergency) == (Level.DARURAT, ("R1=ya",), Emergency.AKTIF)


def test_reasons_follow_the_level_and_its_latest_judgement() -> None:
    state = fold([opened(), raised(Level.TINGGI, "R12=ya"), raised(Level.DARURAT, "R1=ya")])
    assert state.reasons == ("R1=ya",)
    assert fold([raised(Level.DARURAT, "R1=ya", "R5=<=72_jam")], state).reasons == ("R1=ya", "R5=<=72_jam")
    by_hand = event(EventKind.RAISED, level=int(Level.DARURAT), reasons=[], by="operator")
    assert fold([by_hand], fold([opened(), raised(Level.TINGGI, "R12=ya")])).reasons == ("R12=ya",)


def test_people_lower_it_with_their_reason() -> None:
    lowered = event(EventKind.LOWERED, author=OFFICER, level=int(Level.SEDANG), reason="sudah aman", approved_by=8)
    state = fold([opened(), raised(Level.DARURAT, "R1=ya"), lowered])
    assert (state.level, state.reasons) == (Level.SEDANG, ("sudah aman",))


@pytest.mark.parametrize("level", Level)
def test_the_two_highest_levels_ring(level: Level) -> None:
    state = fold([opened(), raised(level, "x")])
    assert level.rings is (level in (Level.DARURAT, Level.DARURAT_TELAAH))
    assert state.emergency is (Emergency.AKTIF if level.rings else Emergency.TIDAK)


def test_acknowledging_stops_the_noise_and_claims_no_action() -> None:
    state = fold([opened(), raised(Level.DARURAT, "R1=ya"), event(EventKind.ACKNOWLEDGED, author=OFFICER)])
    assert state.emergency is Emergency.DITANGANI
    assert state.reporter_status is ReporterStatus.DITELAAH
    acted = fold([event(EventKind.HANDLED, author=OFFICER, note="x", emergency="DITANGANI")], state)
    assert acted.reporter_status is ReporterStatus.DITANGANI


def test_acknowledging_without_an_emergency_changes_nothing() -> None:
    assert fold([opened(), event(EventKind.ACKNOWLEDGED)]).emergency is Emergency.TIDAK


def test_an_emergency_that_ended_rings_again_when_danger_comes_back() -> None:
    ended = fold([opened(), raised(Level.DARURAT, "R1=ya"), event(EventKind.HANDLED, author=OFFICER, note="x", emergency="SELESAI")])
    assert ended.emergency is Emergency.SELESAI
    assert fold([raised(Level.DARURAT, "R1=ya")], ended).emergency is Emergency.SELESAI, "Nothing new was said."
    anew = event(EventKind.RAISED, level=int(Level.DARURAT), reasons=["kata_bahaya=ya"], again=True)
    assert fold([anew], ended).emergency is Emergency.AKTIF
    assert fold([raised(Level.DARURAT, "R1=ya")], replace(ended, level=Level.SEDANG)).emergency is Emergency.AKTIF


def test_lowering_ends_an_emergency_without_an_action_that_nobody_took() -> None:
    lowered = event(EventKind.LOWERED, author=OFFICER, level=int(Level.SEDANG), reason="salah tangkap", approved_by=8)
    state = fold([opened(), raised(Level.DARURAT, "R1=ya"), lowered])
    assert (state.emergency, state.acted, state.handled, state.reporter_status) == (
        Emergency.SELESAI,
        False,
        False,
        ReporterStatus.DITELAAH,
    )
    assert fold([opened(), raised(Level.TINGGI, "R3=ya"), lowered]).emergency is Emergency.TIDAK


@pytest.mark.requirement("LUT-22")
@pytest.mark.parametrize("before", [[], ["TELAAH"], ["TELAAH", "REGISTRASI", "PENUGASAN"]])
def test_emergency_action_is_recorded_in_any_stage_and_moves_none(before: list[str]) -> None:
    state = fold([opened(), *(event(EventKind.MOVED, stage=stage) for stage in before)])
    acted = fold([event(EventKind.HANDLED, author=OFFICER, note="dijemput")], state)
    assert (acted.emergency, acted.stage, acted.closed) == (Emergency.DITANGANI, state.stage, False)


def test_an_action_where_nobody_was_in_danger_is_known_to_us_and_tells_the_reporter_no_more() -> None:
    acted = fold([opened(), event(EventKind.HANDLED, author=OFFICER, note="ditelepon", emergency="TIDAK")])
    assert (acted.emergency, acted.acted, acted.handled) == (Emergency.TIDAK, True, False)
    assert acted.reporter_status is ReporterStatus.DITELAAH


def test_a_withdrawal_never_closes() -> None:
    assert not fold([opened(), event(EventKind.WITHDRAWN, author=REPORTER)]).closed


def test_closing_and_reopening() -> None:
    closed = fold([opened(), event(EventKind.SAID, 3, REPORTER, text="x"), event(EventKind.CLOSED, 9, OFFICER, reason="DUPLIKAT")])
    assert (closed.closed, closed.waiting_since, closed.unread) == (True, None, 0)
    again = fold([event(EventKind.REOPENED, 20, OFFICER, reason="x")], closed)
    assert (again.closed, again.waiting_since) == (False, MORNING + timedelta(minutes=20))


def test_an_owner_comes_and_goes() -> None:
    claimed = fold([opened(), event(EventKind.CLAIMED, author=OFFICER, operator=7, name="x")])
    assert claimed.owner_id == 7
    assert fold([event(EventKind.RELEASED, reason="x")], claimed).owner_id is None


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ([], ReporterStatus.DITERIMA),
        ([raised(Level.DARURAT, "R1=ya")], ReporterStatus.DITERIMA),
        ([event(EventKind.CLAIMED, operator=7)], ReporterStatus.DITELAAH),
        ([event(EventKind.REPLIED, text="x")], ReporterStatus.DITELAAH),
        ([event(EventKind.MOVED, stage="PENUGASAN")], ReporterStatus.DITUGASKAN),
        ([event(EventKind.MOVED, stage="INTERVENSI")], ReporterStatus.DITANGANI),
        ([event(EventKind.MOVED, stage="RUJUKAN")], ReporterStatus.DITANGANI),
        ([event(EventKind.MOVED, stage="INTERVENSI"), event(EventKind.CLOSED, reason="x")], ReporterStatus.SELESAI),
    ],
)
def test_the_reporter_reads_one_of_five_neutral_words(events: list[Event], status: ReporterStatus) -> None:
    assert fold([opened(), *events]).reporter_status is status


def test_how_far_the_story_got() -> None:
    assert fold([opened()]).told is Told.BERJALAN
    assert fold([opened(), event(EventKind.TOLD, told="terputus")]).told is Told.TERPUTUS


@pytest.mark.parametrize("kind", EventKind)
def test_what_staff_write_among_themselves_is_never_for_the_reporter(kind: EventKind) -> None:
    for_reporter = event(kind).audience is Audience.REPORTER
    assert for_reporter is (kind.value in {"opened", "answered", "said", "replied", "spoken", "read", "withdrawn", "told"})


_ACTS = [
    raised(Level.TINGGI, "R12=ya"),
    raised(Level.DARURAT, "R1=ya"),
    event(EventKind.SAID, 1, REPORTER, text="x"),
    event(EventKind.MOVED, stage="TELAAH"),
    event(EventKind.REPLIED, 2, OFFICER, text="x"),
    event(EventKind.HANDLED, note="x"),
    event(EventKind.WITHDRAWN, 3, REPORTER),
    event(EventKind.CLAIMED, operator=7),
    event(EventKind.ACKNOWLEDGED),
]


@given(st.lists(st.sampled_from(_ACTS)))
def test_without_people_lowering_it_a_level_never_falls(acts: list[Event]) -> None:
    levels = [fold([opened(), *acts[:n]]).level for n in range(len(acts) + 1)]
    assert levels == sorted(levels)


@given(st.lists(st.sampled_from(_ACTS)))
def test_every_event_counts_in_the_version(acts: list[Event]) -> None:
    assert fold([opened(), *acts]).version == len(acts) + 1
