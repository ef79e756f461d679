"""Receiving when there already is a case, or something is broken: danger rings anew, no word is lost, a bad row stops nobody else."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from hotline.case import Event as CaseEvent
from hotline.case import EventKind, Level, operator_author
from hotline.seal import Seal
from hotline.store import cases
from hotline.store.database import Database
from hotline.store.tables.people import Contact
from tests.support.clock import Clock
from tests.support.house import DANGEROUS, House, desk, finish

KENDAL = desk("kendal")
_contact = Contact.__table__  # type: ignore[attr-defined]


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock, {"kendal": KENDAL})


def lanes(house: House) -> list[tuple[bool, str, bool]]:
    """(closed, emergency, ringing level) of all cases."""
    return [(state.closed, state.emergency.value, state.level.rings) for _, state in house.cases()]


def happened(house: House, case_id: int, kind: EventKind, **body: object) -> None:
    """An operator did this."""
    with house.database.write() as conn:
        cases.append(conn, house.seal, case_id, [CaseEvent(kind=kind, at=house.clock(), author=operator_author(7), body=body)])


def close(house: House, case_id: int) -> None:
    happened(house, case_id, EventKind.HANDLED, emergency="SELESAI", note="n")
    happened(house, case_id, EventKind.CLOSED, reason="x")


@pytest.mark.requirement("LUT-22")
def test_an_emergency_after_the_case_was_closed_rings_as_a_case_of_its_own(house: House) -> None:
    house.answer("a", *DANGEROUS)
    close(house, house.cases()[0][0])
    house.say("a", "DARURAT")
    assert lanes(house)[-1] == (False, "AKTIF", True)
    assert len(house.cases()) == 2


def test_danger_said_anew_rings_although_it_rang_before(house: House) -> None:
    house.answer("a", *DANGEROUS, "Ya, sekarang", "Ya")
    [(case_id, _)] = house.cases()
    happened(house, case_id, EventKind.HANDLED, emergency="SELESAI", note="n")
    house.say("a", "DARURAT")
    assert lanes(house) == [(False, "AKTIF", True)]


def test_what_people_lowered_is_not_raised_again_by_answers_they_knew(house: House) -> None:
    house.answer("a", *DANGEROUS)
    [(case_id, state)] = house.cases()
    happened(house, case_id, EventKind.LOWERED, level=2, reason="r", approved_by=8)
    house.answer("a", "Tidak")
    assert (state.level >= Level.TINGGI, house.cases()[0][1].level) == (True, Level.SEDANG)


def test_a_second_story_is_a_case_of_its_own_and_changes_nothing_in_the_first(house: House) -> None:
    house.answer("a", "halo", "Tidak", "Cerita", "Guru")
    finish(house, "a")
    [(first, before)] = house.cases()
    sent = len(house.heard("a"))
    house.clock.shift(hours=30)
    house.answer("a", "MENU", "Cerita baru", "Tidak", "Cerita tentang", "Tetangga")
    assert len(house.heard("a")) > sent
    told = dict(house.cases())
    assert told[first].answers == before.answers


@pytest.mark.parametrize("after", [(), ("BATAL",), ("Informasi",), ("BANTU",), ("MENU",)])
def test_loose_words_become_a_case_whatever_comes_after_them(house: House, after: tuple[str, ...]) -> None:
    house.say("a", "halo", "anak tetangga saya kurus sekali dan sering menangis malam")
    house.answer("a", *after)
    house.clock.shift(minutes=KENDAL.profile.quiet_minutes + 1)
    with house.database.write() as conn:
        house.reminder.keep_silent_stories(conn)
    [(case_id, _)] = house.cases()
    assert any("kurus sekali" in e.text("text") for e in house.events(case_id))


def test_words_after_closing_come_back_into_the_queue(house: House) -> None:
    house.answer("a", "halo", "Tidak", "Cerita", "Tetangga")
    code, pin = finish(house, "a")
    close(house, house.cases()[0][0])
    house.clock.shift(hours=30)
    house.say("b", "halo", f"CEK {code} {pin}")
    house.answer("b", "Tambah", "saya mau menambah keterangan")
    [(case_id, state)] = house.cases()
    assert (state.closed, state.unread > 0) == (False, True)
    assert house.events(case_id)[-1].text("text") == "saya mau menambah keterangan"


def test_one_story_that_cannot_be_kept_holds_up_nobody_elses(house: House) -> None:
    for who in "ab":
        house.answer(who, "halo", "Tidak", "Bantuan sosial", "1")
    with house.database.write() as conn:
        table = Contact.__table__  # type: ignore[attr-defined]
        first = conn.execute(table.select().order_by(table.c.quiet_at)).first()
        conn.execute(table.update().where(table.c.id == first.id).values(session_sealed=b"broken"))
    house.clock.shift(hours=1)
    with house.database.write() as conn:
        assert house.reminder.keep_silent_stories(conn) == 1
    assert house.say("a", "halo"), "and the person whose session broke is answered"


def test_a_message_that_cannot_be_worked_is_a_case_and_rings_when_it_sounds_of_danger(house: House) -> None:
    house.say("a", "halo")
    with house.database.write() as conn:
        conn.execute(Contact.__table__.update().values(session_sealed=b"broken"))  # type: ignore[attr-defined]
    assert len(house.say("a", "DARURAT tolong")) == 1
    assert lanes(house) == [(False, "AKTIF", True)]
    assert [e.text("text") for e in house.events(house.cases()[0][0]) if e.kind is EventKind.SAID] == ["DARURAT tolong"]


def test_a_phone_called_watched_is_not_made_safe_in_passing(house: House) -> None:
    house.answer("a", "halo", "Tidak", "Cerita", "Tetangga", "Orang itu bisa melihat")
    house.say("a", "DARURAT", "1", "1", "1")
    with house.database.read() as conn:
        assert conn.execute(Contact.__table__.select()).one().phone == "watched"  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", ["Wel\x00eri", "Wel\ud800eri", "\u1369 \u136a", "9" * 5000])
def test_letters_no_database_takes_are_taken(house: House, words: str) -> None:
    house.answer("a", *DANGEROUS)
    for _ in range(14):
        house.say("a", words)
    assert all(worked for _, _, worked in house.messages())


def test_after_stop_nobody_is_written_to_first_until_they_allow_it_anew(house: House) -> None:
    def permission() -> tuple[str, str, bool]:
        with house.database.read() as conn:
            row = conn.execute(select(_contact.c.phone, _contact.c.push, _contact.c.stopped)).one()
            return row.phone, row.push, bool(row.stopped)

    begun = ("halo", "Tidak", "Cerita", "Tetangga", "Hanya saya", "Boleh")
    house.answer("a", *begun)
    assert permission() == ("mine", "yes", False)
    house.say("a", "STOP")
    assert permission() == ("mine", "no", True)
    house.say("a", "terima kasih")
    assert permission() == ("mine", "no", False), "answered again, but not written to first"
    house.say("a", "/start")
    assert permission() == ("mine", "no", False)


def test_messages_that_come_at_once_belong_to_the_case_that_each_told_of(house: House) -> None:
    told = ("halo", "Tidak", "tolong saya dipukul bapak", "TUTUP", "dia bawa parang sekarang")
    assert all(house.take(*(house.incoming("a", words) for words in told)))
    [(first, _), (second, _)] = house.cases()
    assert [case for _, case, _ in house.messages()][:3] == [first] * 3 and house.messages()[-1][1] == second


@pytest.mark.parametrize(
    ("words", "more"),
    [("aku takut pulang", ()), ("guru ngaji pegang pegang", ("kata_cerita=SEDANG",)), ("😭😭", ()), ("tolong", ())],
)
def test_words_nobody_has_judged_are_not_of_the_lowest_level(house: House, words: str, more: tuple[str, ...]) -> None:
    house.say("a", words)
    house.clock.shift(minutes=KENDAL.profile.quiet_minutes + 1)
    with house.database.write() as conn:
        house.reminder.keep_silent_stories(conn)
    [(case_id, state)] = house.cases()
    assert (state.level, state.reasons) == (Level.SEDANG, ("R3=belum_ditanyakan", *more))
    assert any(words in e.text("text") for e in house.events(case_id))


def test_danger_in_what_is_added_stands_in_both_cases(house: House) -> None:
    """In the one it belongs to, and in the one that rings for it."""
    house.answer("a", "halo", "Tidak", "Cerita", "Tetangga", "Hanya saya", "Boleh")
    finish(house, "a")
    [(first, _)] = house.cases()
    house.answer("a", "Tidak, cukup")
    house.clock.shift(hours=30)
    house.answer("a", "halo", "Menambah cerita", "Menambah cerita")
    house.say("a", "tadi malam bapaknya bawa parang mau membunuh anak itu")
    told = dict(house.cases())
    assert len(told) == 2
    rings = next(state for case_id, state in told.items() if case_id != first)
    assert rings.level is Level.DARURAT
    for case_id in told:
        assert [e.text("text") for e in house.events(case_id) if "parang" in e.text("text")] == [
            "tadi malam bapaknya bawa parang mau membunuh anak itu"
        ]
