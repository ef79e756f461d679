"""After TUTUP, and on a phone of others, nothing of the past is shown or sent until its owner has shown themselves; nothing is lost."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from hotline.case import EventKind, Told
from hotline.seal import Seal
from hotline.store.conversations import Conversation, load_by_id
from hotline.store.database import Database
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.people import Contact
from hotline.store.tables.sending import Outbox
from hotline.turns.talking import is_here
from tests.support.clock import Clock
from tests.support.house import DANGEROUS, House, desk

KENDAL = desk("kendal")
_contact, _case, _outbox = (t.__table__ for t in (Contact, CaseFile, Outbox))  # type: ignore[attr-defined]
FIRST = "Apakah ada yang sedang dalam bahaya sekarang?"
TO_THE_KIND = ("halo", "Tidak", "Cerita", "Tetangga", "Hanya saya", "Boleh")


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock, {"kendal": KENDAL})


def person(house: House) -> Conversation:
    with house.database.read() as conn:
        [row] = conn.execute(select(_contact.c.id)).scalars().all()
        return load_by_id(conn, house.seal, [row])[row]


def shown(house: House, *words: str) -> str:
    return house.answer("a", *words)[-1].text


def test_a_stranger_after_tutup_begins_a_case_of_their_own(house: House) -> None:
    house.answer("a", *TO_THE_KIND, "Kekerasan fisik", "6-12", "TUTUP")
    [(mine, state)] = house.cases()
    assert state.told is Told.TERPUTUS, "what was told is not lost"
    assert FIRST in shown(house, "halo")
    house.answer("a", "Tidak tahu", "Bantuan sosial", "Keluarga saya")
    assert [e.body["key"] for e in house.events(mine) if e.kind.value == "answered"][-1] == "R4", "no word of the stranger is in it"
    assert person(house).case_id is None and person(house).last_case_id == mine


def test_the_owner_goes_on_in_the_same_case(house: House) -> None:
    house.answer("a", *TO_THE_KIND, "Kekerasan fisik", "6-12", "TUTUP", "halo", "Tidak")
    assert "24 jam" in shown(house, "LANJUT")
    house.answer("a", "Ya, mereka serumah")
    [(case_id, _)] = house.cases()
    assert house.events(case_id)[-1].body.get("key") == "R3" or any(e.body.get("key") == "R3" for e in house.events(case_id))
    assert person(house).case_id == case_id


def test_nothing_is_sent_first_after_tutup_until_the_owner_is_back(house: House) -> None:
    house.answer("a", *TO_THE_KIND)
    assert person(house).push == "yes"
    house.answer("a", "TUTUP")
    assert person(house).push == "no" and not is_here(person(house), house.clock())
    house.answer("a", "halo")
    assert person(house).push == "no" and not is_here(person(house), house.clock()), "it may be somebody else"
    house.answer("a", "lanjut")
    assert person(house).push == "yes" and is_here(person(house), house.clock())


def test_nothing_is_sent_at_the_hours_named_before_either(house: House) -> None:
    house.answer("a", *TO_THE_KIND[:-1], "Hanya jam tertentu", "Malam")
    assert person(house).push == "hours"
    house.say("a", "TUTUP")
    assert person(house).push == "no"
    house.answer("a", "halo", "lanjut")
    assert (person(house).push, person(house).session.hidden) == ("hours", False)


def test_a_case_that_was_being_told_is_broken_off_by_tutup(house: House) -> None:
    house.answer("a", *DANGEROUS)
    assert [state.told for _, state in house.cases()] == [Told.BERJALAN]
    house.say("a", "TUTUP")
    assert [state.told for _, state in house.cases()] == [Told.TERPUTUS]


def test_no_answer_from_before_arrives_after_tutup(house: House) -> None:
    """Nobody delivers here: the answers are waiting still, and one is decided together with the word."""
    house.say("a", "halo", "Tidak")
    house.take(house.incoming("b", "halo"), house.incoming("a", "aku takut"), house.incoming("a", "TUTUP"))
    with house.database.read() as conn:
        rows = conn.execute(
            select(_outbox.c.contact_id, _outbox.c.state, _outbox.c.reason).order_by(_outbox.c.created_at, _outbox.c.seq)
        ).all()
    mine = [(state, reason) for contact, state, reason in rows if contact == rows[0].contact_id]
    assert set(mine[:-1]) == {("held", "closed")} and mine[-1] == ("due", "")
    assert [state for contact, state, _ in rows if contact != rows[0].contact_id] == ["due"]


def test_stop_after_tutup_holds_also_for_the_owner_who_comes_back(house: House) -> None:
    house.answer("a", *TO_THE_KIND, "TUTUP", "STOP", "LANJUT")
    assert person(house).push == "no"


def test_code_and_pin_show_the_owner(house: House) -> None:
    house.answer("a", "halo", "Tidak", "Aku anak", "Orang itu bisa melihat", "Dipukul", "Tidak", "10-12")
    said = next(m.text for m in house.heard("a") if m.text.startswith("Kode: "))
    code, pin = (line.split(": ")[1] for line in said.splitlines()[:2])
    house.answer("a", "TUTUP", "halo")
    assert "Mau diteruskan" in shown(house, f"CEK {code} {pin}")
    assert "Boleh kami tanya beberapa hal lagi?" in shown(house, "Ya, teruskan")
    [(case_id, _)] = house.cases()
    assert person(house).case_id == case_id


@pytest.mark.parametrize(("phone", "greeted"), [("Hanya saya", "Halo lagi"), ("Dipakai orang lain", FIRST), ("Tidak tahu", FIRST)])
def test_who_comes_back_is_known_only_on_a_phone_of_their_own(house: House, phone: str, greeted: str) -> None:
    house.answer("a", "halo", "Tidak", "Cerita", "Tetangga", phone, *(("Boleh",) if phone.startswith("Hanya") else ()))
    house.answer("a", "Kekerasan fisik", "BATAL", "Ya, berhenti")
    house.clock.shift(hours=2)
    assert greeted in shown(house, "halo")


def test_danger_on_a_phone_that_was_closed_rings_as_ever(house: House) -> None:
    house.answer("a", *TO_THE_KIND, "Kekerasan fisik", "TUTUP")
    assert "110" in house.say("a", "dia datang bawa parang")[0].text
    assert sorted(state.level.rings for _, state in house.cases()) == [False, True]


def test_the_word_of_ones_own_rings_and_shows_nothing(house: House) -> None:
    house.answer("a", "halo", "Tidak", "Aku anak", "Orang itu bisa melihat", "Dipukul", "Tidak", "10-12", "TUTUP")
    [(before, _)] = house.cases()
    shown(house, "DARURAT")
    shown(house, "TUTUP")
    assert FIRST in shown(house, "halo") and before in [i for i, _ in house.cases()]


@pytest.mark.parametrize("word", ["LANJUT", "lanjut", "Lanjutkan"])
def test_going_on_is_no_answer_about_danger(house: House, word: str) -> None:
    house.answer("a", *TO_THE_KIND, "TUTUP", "halo")
    asked = house.say("a", "dia datang bawa parang")[-1]
    again = house.say("a", word)[-1]
    assert [o.label for o in again.options] == [o.label for o in asked.options]
    said = person(house).session.answers
    assert said["kata_bahaya"] == "belum_dijawab" and said.get("R1") != "tidak"
    house.answer("a", "Tidak, lanjut")
    assert person(house).session.answers["kata_bahaya"] == "tidak"


def test_words_of_whoever_holds_the_phone_are_not_taken_for_the_owners(house: House) -> None:
    house.answer("a", *TO_THE_KIND, "Kekerasan fisik", "6-12", "TUTUP")
    house.clock.shift(minutes=20)
    house.say("a", "halo", "tidak ada apa-apa, semua sudah baik")
    [(case_id, _)] = house.cases()
    assert said_in(house, case_id) == [("tidak ada apa-apa, semua sudah baik", True)]
    house.say("a", "dia datang bawa parang")
    assert said_in(house, case_id)[-1] == ("dia datang bawa parang", True), "nor where danger makes a case of its own"


def test_words_of_the_owner_who_is_back_are_the_owners(house: House) -> None:
    house.answer("a", *TO_THE_KIND, "Kekerasan fisik", "6-12", "TUTUP", "halo", "LANJUT")
    house.say("a", "ibunya baru saja pulang")
    [(case_id, _)] = house.cases()
    assert said_in(house, case_id) == [("ibunya baru saja pulang", False)]


def said_in(house: House, case_id: int) -> list[tuple[str, bool]]:
    """The loose words that a case keeps, and whether they may be somebody else's."""
    return [(e.text("text"), bool(e.body.get("unsure"))) for e in house.events(case_id) if e.kind is EventKind.SAID]
