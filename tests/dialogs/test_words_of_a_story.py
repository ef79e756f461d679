"""Outside the child track nobody asks how grave it is: there the words of the story say it, in the case and to the officers."""

from __future__ import annotations

import pytest

from hotline.case import CaseState, EventKind, Level, Track
from hotline.engine.book import Book
from hotline.seal import Seal
from hotline.store.database import Database
from tests.dialogs.host import Host
from tests.dialogs.test_many import go
from tests.support.clock import Clock
from tests.support.house import PASSING, House, desk
from tests.support.officers import DESKS, give_back, officer, take

KENDAL = desk("kendal")
BEATEN, WORKS, HUNGRY = "anak saya dipukul bapaknya tiap malam", "anak saya umur 10 tahun kerja di pabrik bata", "mau minta bantuan beras"
TO_AID = ("halo", "Tidak", "Bantuan sosial", "Saya sendiri", "5", "Butuh bantuan")


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock, {"kendal": KENDAL})


def passed(house: House, until: str) -> None:
    """Passes whatever is asked until this is said."""
    for _ in range(24):
        heard = house.heard("a")
        if any(until in message.text for message in heard):
            return
        labels = [option.label for option in heard[-1].options]
        house.say("a", next((label for label in PASSING if label in labels), labels[-1]))
    raise AssertionError(until)


def ended(house: House) -> CaseState:
    """The one case, its story told to the end."""
    passed(house, "PIN:")
    [(_, state)] = house.cases()
    return state


@pytest.mark.parametrize(
    ("words", "level"), [(BEATEN, Level.TINGGI), (WORKS, Level.SEDANG), (HUNGRY, Level.RENDAH), ("anak saya sakit", Level.RENDAH)]
)
@pytest.mark.parametrize("at", ["Bantuan di bidang apa?", "Ceritakan singkat kebutuhannya"])
def test_words_of_a_request_for_aid_raise_its_level(house: House, at: str, words: str, level: Level) -> None:
    house.answer("a", *TO_AID)
    passed(house, at)
    house.say("a", words)
    state = ended(house)
    assert (state.level, state.track) == (level, Track.LAYANAN)
    assert (f"kata_cerita={level.name}" in state.reasons) is (level > Level.RENDAH)


def test_nothing_rings_by_them_and_the_question_goes_on(book: Book) -> None:
    host = Host(book)
    go(host, *TO_AID, BEATEN)
    assert not host.alarms and host.session.open_key == "bidang"
    assert host.told["kata_cerita"] == "TINGGI" and host.said == [BEATEN]


def test_the_gravest_words_count_and_milder_ones_take_nothing_back(book: Book) -> None:
    host = Host(book)
    go(host, *TO_AID, WORKS)
    assert host.told["kata_cerita"] == "SEDANG"
    go(host, BEATEN, WORKS, HUNGRY)
    assert host.told["kata_cerita"] == "TINGGI"


def test_words_before_the_menu_belong_to_the_request_that_follows(house: House) -> None:
    house.answer("a", "halo", "Tidak")
    house.say("a", BEATEN)
    house.answer("a", *TO_AID[2:])
    assert ended(house).level is Level.TINGGI


def test_a_complaint_is_judged_by_its_words_too(house: House) -> None:
    house.answer("a", "halo", "Tidak", "Informasi", "Keluhan soal", "Hal lain", WORKS, "Tidak tahu", "Sudah benar")
    [(_, state)] = house.cases()
    assert (state.level, state.reasons) == (Level.SEDANG, ("kata_cerita=SEDANG",))


def test_in_the_child_track_words_are_heard_for_danger_alone(book: Book) -> None:
    host = Host(book)
    go(host, "halo", "Tidak", "Cerita tentang anak", "Tetangga", BEATEN)
    assert "kata_cerita" not in host.told


def test_an_officer_in_the_chat_reads_the_words(database: Database, seal: Seal, clock: Clock) -> None:
    house = House(database, seal, clock, DESKS)
    who = officer(house)
    house.answer("+62", *TO_AID, "DARURAT")
    [(case_id, _)] = house.cases()
    take(house, who, case_id)
    house.say("+62", BEATEN)
    give_back(house, who, case_id)
    assert not [e for e in house.events(case_id) if e.kind is EventKind.ANSWERED and e.body["key"] == "kata_cerita"]
