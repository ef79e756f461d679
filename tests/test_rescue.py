"""A message that no turn can work: kept, a case for people, answered; danger in it rings, also when hearing danger is what fails."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from hotline.case import Emergency, Event, EventKind, Level, operator_author
from hotline.messages import Incoming
from hotline.seal import Seal
from hotline.store import cases
from hotline.store.database import Database
from hotline.store.tables.people import Contact
from hotline.times import to_us
from tests.support.clock import Clock
from tests.support.house import House, desk

KENDAL = desk("kendal")
_contact = Contact.__table__  # type: ignore[attr-defined]


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock, {"kendal": KENDAL})


def break_on(house: House, incoming: Incoming) -> bool:
    with house.database.write() as conn:
        return house.reception.keep(conn, incoming, RuntimeError())


def said(house: House, case_id: int) -> list[str]:
    return [e.text("text") for e in house.events(case_id) if e.kind is EventKind.SAID]


def test_its_words_are_a_case_that_people_look_at_soon(house: House) -> None:
    house.say("a", "halo")
    asked = house.heard("a")[-1]
    house.clock.shift(hours=3)
    assert break_on(house, house.incoming("a", "kami sudah pindah rumah"))
    [(case_id, state)] = house.cases()
    assert (state.level, state.emergency, said(house, case_id)) == (Level.TINGGI, Emergency.TIDAK, ["kami sudah pindah rumah"])
    assert house.heard("a")[-1].text == KENDAL.book.fallback("id").text
    with house.database.read() as conn:
        assert conn.execute(select(_contact.c.last_in_at)).scalar_one() == to_us(house.clock()), "the answer is no late one"
    assert house.say("a", "apa?")[-1].options == asked.options, "the conversation is where it was"


@pytest.mark.parametrize("words", ["DARURAT", "tolong, dia bawa parang"])
def test_danger_in_it_rings(house: House, words: str) -> None:
    break_on(house, house.incoming("a", words))
    [(_, state)] = house.cases()
    assert (state.level, state.emergency) == (Level.DARURAT_TELAAH, Emergency.AKTIF)


def test_words_in_which_danger_cannot_even_be_looked_for_ring(house: House) -> None:
    def fails(text: str) -> tuple[str, ...]:
        raise ZeroDivisionError

    book = KENDAL.book
    hears, book.danger = book.danger, fails  # type: ignore[method-assign]
    try:
        break_on(house, house.incoming("a", "kami sudah pindah rumah"))
    finally:
        book.danger = hears  # type: ignore[method-assign]
    assert house.cases()[0][1].emergency is Emergency.AKTIF


def test_danger_in_it_rings_anew_in_the_case_that_the_person_is_telling(house: House) -> None:
    house.say("a", "DARURAT")
    [(case_id, before)] = house.cases()
    done = Event(kind=EventKind.HANDLED, at=house.clock(), author=operator_author(7), body={"note": "ditelepon"})
    with house.database.write() as conn:
        cases.append(conn, house.seal, case_id, [done])
    break_on(house, house.incoming("a", "dia datang lagi bawa parang"))
    [(again, state)] = house.cases()
    assert (again, state.level, state.emergency) == (case_id, Level.DARURAT, Emergency.AKTIF)
    assert state.reasons == before.reasons and said(house, case_id)[-1] == "dia datang lagi bawa parang"


def test_delivered_again_it_is_one_message_and_one_case(house: House) -> None:
    incoming = house.incoming("a", "kami sudah pindah rumah")
    assert [break_on(house, incoming), break_on(house, incoming)] == [True, False]
    assert len(house.cases()) == len(house.messages()) == len(house.heard("a")) == 1
