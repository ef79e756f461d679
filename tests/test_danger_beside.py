"""Danger said by somebody whose earlier case people still work on, or had just closed: whoever holds that one learns of it."""

from __future__ import annotations

import pytest

from hotline.case import Emergency, Event, EventKind, Level, Track, operator_author
from hotline.seal import Seal
from hotline.store import cases
from hotline.store.database import Database
from tests.support.clock import Clock
from tests.support.house import DANGEROUS, PASSING, House, desk, finish

DESKS = {"kendal": desk("kendal")}
CRY = "dia dipukul lagi sekarang, berdarah, tolong"


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock, DESKS)


def finished(house: House) -> int:
    """A child's story told to its end; gives its case."""
    house.answer("+62", *DANGEROUS)
    for _ in range(40):
        last = house.heard("+62")[-1]
        if not last.options:
            break
        labels = [o.label for o in last.options]
        fits = next((p for p in PASSING if any(label.startswith(p) for label in labels)), labels[-1])
        house.answer("+62", next(label for label in labels if label.startswith(fits)))
    [(case_id, _)] = house.cases()
    return case_id


def act(house: House, case_id: int, kind: EventKind, **body: object) -> None:
    with house.database.write() as conn:
        cases.append(conn, house.seal, case_id, [Event(kind=kind, at=house.clock(), author=operator_author(7), body=body)])


def said(house: House, case_id: int) -> list[str]:
    return [e.text("text") for e in house.events(case_id) if e.kind is EventKind.SAID]


def code(house: House, case_id: int) -> str:
    with house.database.write() as conn:
        return str(cases.Ledger(conn, house.seal).row(case_id)["code"])


def test_both_cases_hold_the_words_and_name_each_other(house: House) -> None:
    first = finished(house)
    act(house, first, EventKind.CLAIMED, operator=7, name="Sari")
    house.say("+62", CRY)
    [(_, before), (second, state)] = house.cases()
    assert state.emergency is Emergency.AKTIF and CRY in said(house, second)
    assert CRY in said(house, first) and before.unread
    assert house.events(second)[0].text("beside") == code(house, first)
    assert house.events(first)[-1].text("beside") == code(house, second)


def test_an_aid_case_shows_no_case_of_a_child_beside_it(house: House) -> None:
    house.answer("+62", "halo", "Tidak", "Bantuan sosial", "1", "1", "1", "BATAL", "Ya, berhenti")
    [(aid, state)] = house.cases()
    assert state.track is Track.LAYANAN
    house.say("+62", CRY)
    assert len(house.cases()) == 2 and house.events(house.cases()[1][0])[0].text("beside") == code(house, aid)
    assert not any(e.text("beside") or e.text("text") == CRY for e in house.events(aid))


def emergency(house: House) -> int:
    house.answer("+62", "halo", "Ya", "Weleri", "Aman")
    [(case_id, state)] = house.cases()
    assert state.level is Level.DARURAT
    act(house, case_id, EventKind.HANDLED, note="dijemput", emergency="SELESAI")
    act(house, case_id, EventKind.CLOSED, reason="selesai")
    return case_id


def test_words_after_an_emergency_was_closed_open_it_again(house: House) -> None:
    case_id = emergency(house)
    house.say("+62", "saya masih takut")
    [(_, state)] = house.cases()
    assert not state.closed and "saya masih takut" in said(house, case_id)


def test_thanks_open_nothing_but_are_kept(house: House) -> None:
    case_id = emergency(house)
    house.say("+62", "terima kasih pak")
    [(_, state)] = house.cases()
    assert state.closed and "terima kasih pak" in said(house, case_id)


def test_danger_after_an_emergency_was_closed_rings_in_the_same_case(house: House) -> None:
    case_id = emergency(house)
    house.say("+62", "terima kasih", "kami mau pindah", "dia bawa parang ke sini")
    [(_, state)] = house.cases()
    assert state.emergency is Emergency.AKTIF and not state.closed
    assert said(house, case_id)[-3:] == ["terima kasih", "kami mau pindah", "dia bawa parang ke sini"]


def test_an_aid_case_names_no_case_of_a_child_either(house: House) -> None:
    first = finished(house)
    house.say("+62", "halo")
    house.answer("+62", "Hal yang baru", "Tidak", "Bantuan sosial", "anak saya pingsan berdarah, tolong, rumah kebakaran")
    (_, _), (aid, state) = house.cases()
    assert state.track is Track.LAYANAN and not any(e.text("beside") for e in house.events(aid))
    assert code(house, first) not in str([dict(e.body) for e in house.events(aid)])


@pytest.fixture
def told_before(house: House) -> tuple[int, str]:
    """A case told from another phone, with what opens it: its code and PIN."""
    house.answer("+62", "halo", "Tidak", "Cerita", "Tetangga")
    told, pin = finish(house, "+62")
    return house.cases()[0][0], f"CEK {told} {pin}"


def named_by_each_other(house: House, first: int, urgent: int) -> bool:
    opened, noted = house.events(urgent)[0], house.events(first)[-1]
    pair = opened.text("beside"), noted.text("beside")
    return pair == (code(house, first), code(house, urgent)) and bool(opened.body["proven"] and noted.body["proven"])


def test_danger_written_into_a_case_by_code_and_pin_is_found_where_it_rings_too(house: House, told_before: tuple[int, str]) -> None:
    first, cek = told_before
    house.say("b", "halo", cek)
    house.answer("b", "Tambah", "dia datang bawa parang")
    [_, (urgent, state)] = house.cases()
    assert state.emergency is Emergency.AKTIF
    assert said(house, first)[-1:] == said(house, urgent)[-1:] == ["dia datang bawa parang"]
    assert house.events(urgent)[0].body["proven"] and house.events(urgent)[0].text("beside") == code(house, first)
    assert code(house, urgent) in [e.text("beside") for e in house.events(first)]


def test_danger_cried_where_a_case_was_opened_by_code_and_pin_is_tied_to_it(house: House, told_before: tuple[int, str]) -> None:
    first, cek = told_before
    house.say("b", "halo", cek, "tolong dia datang bawa parang")
    [_, (urgent, state)] = house.cases()
    assert state.emergency is Emergency.AKTIF and named_by_each_other(house, first, urgent)
    assert said(house, first).count("tolong dia datang bawa parang") == said(house, urgent).count("tolong dia datang bawa parang") == 1


def test_an_aid_case_opened_by_code_and_pin_says_nothing_of_a_child_s(house: House) -> None:
    house.answer("+62", "halo", "Tidak", "Bantuan sosial", "1", "1", "1")
    told, pin = finish(house, "+62")
    house.say("b", "halo", f"CEK {told} {pin}", "tolong anak saya dipukuli, berdarah")
    [(aid, _), (urgent, _)] = house.cases()
    assert house.events(urgent)[0].text("beside") == code(house, aid)
    assert not any(e.text("beside") for e in house.events(aid))


def test_after_the_end_of_that_look_danger_on_the_other_phone_stands_by_itself(house: House, told_before: tuple[int, str]) -> None:
    _, cek = told_before
    house.say("b", "halo", cek, "TUTUP", "tolong dia datang bawa parang")
    [_, (urgent, _)] = house.cases()
    assert not house.events(urgent)[0].text("beside")
