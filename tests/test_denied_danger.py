"""Who says that a danger word meant none lowers nothing, but is quoted in the reason; an emergency that people ended stays ended."""

from __future__ import annotations

import pytest

from hotline.case import Emergency, EventKind, Level, operator_author
from hotline.case import Event as CaseEvent
from hotline.seal import Seal
from hotline.store import cases, reasons
from hotline.store.database import Database
from hotline.triage.explain import explain
from tests.support.clock import Clock
from tests.support.house import House, desk, finish

DESKS = {"kendal": desk("kendal")}
UNANSWERED, DENIED = "kata_bahaya=belum_dijawab", "kata_bahaya=tidak"


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock, DESKS)


def why(house: House, case_id: int) -> tuple[str, ...]:
    """As the queue tells it."""
    with house.database.read() as conn:
        return reasons.of_cases(conn, house.seal, [case_id])[case_id]


def act(house: House, case_id: int, kind: EventKind, **body: object) -> None:
    with house.database.write() as conn:
        cases.append(conn, house.seal, case_id, [CaseEvent(kind=kind, at=house.clock(), author=operator_author(7), body=body)])


def test_the_reason_follows_the_answer_and_the_level_stays(house: House) -> None:
    house.say("+62", "anak tetangga lagi dipukuli pakai parang")
    [(case_id, state)] = house.cases()
    assert state.level.rings and UNANSWERED in why(house, case_id)
    house.answer("+62", "Tidak")
    [(_, after)] = house.cases()
    assert (after.level, after.emergency) == (state.level, Emergency.AKTIF)
    assert DENIED in why(house, case_id) and UNANSWERED not in why(house, case_id)
    assert why(house, case_id)[1:] == state.reasons[1:], "The words it heard are told as before."
    assert explain(DENIED) == "kata bahaya; ditanya, pelapor menjawab tidak ada bahaya"


def test_a_yes_is_no_denial(house: House) -> None:
    house.say("+62", "anak tetangga lagi dipukuli pakai parang")
    house.answer("+62", "Ya")
    [(case_id, _)] = house.cases()
    assert DENIED not in why(house, case_id)


@pytest.mark.parametrize("answer", ["Tidak", "Ya"])
def test_what_people_lowered_keeps_their_reason(house: House, answer: str) -> None:
    house.say("+62", "anak tetangga lagi dipukuli pakai parang")
    [(case_id, _)] = house.cases()
    act(house, case_id, EventKind.LOWERED, level=int(Level.RENDAH), reason="soal film")
    house.answer("+62", answer)
    [(_, state)] = house.cases()
    assert (state.level is Level.RENDAH) == (answer == "Tidak")
    assert DENIED not in state.reasons


def test_an_emergency_that_people_ended_does_not_ring_again_when_its_story_is_told_to_the_end(house: House) -> None:
    house.answer("+62", "halo", "Ya", "Weleri", "Aman")
    [(case_id, state)] = house.cases()
    assert state.emergency is Emergency.AKTIF
    act(house, case_id, EventKind.HANDLED, note="dijemput", emergency="SELESAI")
    house.answer("+62", "Cerita lebih lanjut", "Tetangga", "Hanya saya", "Boleh", "Kekerasan psikis", "13-17", "Tidak", "Tidak")
    assert house.cases()[0][1].emergency is Emergency.SELESAI
    finish(house, "+62")
    [(_, state)] = house.cases()
    assert (state.emergency, state.level) == (Emergency.SELESAI, Level.DARURAT)
    house.say("+62", "dia datang lagi bawa parang")
    assert house.cases()[0][1].emergency is Emergency.AKTIF


def test_an_emergency_that_people_ended_rings_again_for_what_they_did_not_know(house: House) -> None:
    house.answer("+62", "halo", "Ya", "Weleri", "Aman")
    [(case_id, _)] = house.cases()
    act(house, case_id, EventKind.HANDLED, note="dijemput", emergency="SELESAI")
    house.answer("+62", "Cerita lebih lanjut", "Tetangga", "Hanya saya", "Boleh", "Kekerasan fisik", "0-5", "Ya, mereka serumah")
    assert house.cases()[0][1].emergency is Emergency.SELESAI, "Graver answers, but none that rings by itself."
    house.answer("+62", "Ya, sekarang")
    assert house.cases()[0][1].emergency is Emergency.AKTIF
