"""A live emergency is answered in the chat whatever else its reporter tells of by now; the other story waits in its own case."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from hotline import talk
from hotline.case import Emergency, EventKind, Told, Track
from hotline.seal import Seal
from hotline.store.conversations import Conversation, load_by_id
from hotline.store.database import Database
from hotline.store.tables.people import Contact
from tests.support.clock import Clock
from tests.support.house import DANGEROUS, House, finish
from tests.support.officers import DESKS, give_back, officer, said, speak, take, told

_contact = Contact.__table__  # type: ignore[attr-defined]


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock, DESKS)


def person(house: House) -> Conversation:
    with house.database.read() as conn:
        [row] = conn.execute(select(_contact.c.id)).scalars().all()
        return load_by_id(conn, house.seal, [row])[row]


def gone_on(house: House) -> tuple[int, int]:
    """TUTUP, danger, and LANJUT to the story of before; gives the older case and the emergency."""
    house.answer("+62", *DANGEROUS, "TUTUP", "DARURAT", "LANJUT")
    (older, _), (urgent, state) = house.cases()
    assert state.emergency is Emergency.AKTIF and person(house).case_id == older
    return older, urgent


def answered(house: House, case_id: int) -> list[str]:
    return [str(e.body["key"]) for e in house.events(case_id) if e.kind is EventKind.ANSWERED]


def test_the_emergency_is_answered_and_the_older_story_goes_on_in_its_own_case(house: House) -> None:
    who, (older, urgent) = officer(house), gone_on(house)
    before, urgent_before = answered(house, older), answered(house, urgent)
    take(house, who, urgent)
    speak(house, who, urgent, "Di mana sekarang?")
    house.say("+62", "di rumah bibi")
    assert "di rumah bibi" in said(house, urgent) and "di rumah bibi" not in said(house, older)
    give_back(house, who, urgent)
    assert (person(house).case_id, person(house).last_case_id) == (older, urgent)
    house.answer("+62", "Tidak tahu")
    assert len(answered(house, older)) > len(before)
    assert answered(house, urgent) == urgent_before
    assert len(house.cases()) == 2


def test_tutup_while_the_officer_is_there_mixes_nothing(house: House) -> None:
    who, (older, urgent) = officer(house), gone_on(house)
    take(house, who, urgent)
    house.say("+62", "TUTUP")
    house.say("+62", "LANJUT")
    assert person(house).case_id == older
    take(house, who, urgent)
    assert len(house.cases()) == 2


def test_a_story_that_is_no_case_yet_stays_none(house: House) -> None:
    who = officer(house)
    house.answer("+62", "DARURAT", "MENU", "Mulai yang baru", "Tidak", "Bantuan sosial", "Saya sendiri")
    ((urgent, _),) = house.cases()
    assert person(house).case_id is None
    take(house, who, urgent)
    give_back(house, who, urgent)
    assert (person(house).case_id, person(house).last_case_id) == (None, urgent)


def test_whoever_holds_the_phone_after_tutup_is_not_written_to(house: House) -> None:
    who = officer(house)
    house.answer("+62", "DARURAT", "TUTUP", "halo", "Tidak", "Bantuan sosial", "Saya sendiri")
    (urgent, _), *_ = house.cases()
    with pytest.raises(talk.NothingToDo):
        take(house, who, urgent)


def test_a_button_that_says_danger_rings_anew_while_the_officer_is_there_and_another_is_kept(house: House) -> None:
    who, case_id = officer(house), told(house)
    yes, *_, no = house.say("+62", "dia bawa parang")[-1].options
    take(house, who, case_id)
    house.take(house.incoming("+62", choice=no.token))
    assert said(house, case_id)[-1] == f"[{no.label}]" and house.cases()[0][1].emergency is Emergency.DITANGANI
    house.take(house.incoming("+62", choice=yes.token))
    assert said(house, case_id)[-1] == f"[{yes.label}]" and house.cases()[0][1].emergency is Emergency.AKTIF


@pytest.mark.parametrize("cry", ["dia datang bawa parang", "DARURAT"])
def test_after_the_talk_the_next_story_is_a_case_of_its_own_without_the_danger_of_the_one_before(house: House, cry: str) -> None:
    who, first = officer(house), told(house)
    finish(house, "+62")
    house.answer("+62", "Tidak, cukup")
    take(house, who, first)
    house.say("+62", cry)
    give_back(house, who, first)
    house.answer("+62", "halo", "Hal yang baru", "Tidak", "Bantuan sosial", "Keluarga saya")
    house.clock.shift(hours=1)
    with house.database.write() as conn:
        house.reminder.keep_silent_stories(conn)
    (one, before), (_, state) = house.cases()
    assert (one, before.emergency, before.told) == (first, Emergency.AKTIF, Told.LENGKAP)
    assert (state.track, state.emergency, state.told) == (Track.LAYANAN, Emergency.TIDAK, Told.TERPUTUS)
