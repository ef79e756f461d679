"""What a reporter may wish after the ticket, through the real house: a call, data put right or erased, and to say how the service was."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from hotline.case import SYSTEM, Event, EventKind, Level, Told
from hotline.seal import Seal
from hotline.store import cases
from hotline.store.database import Database
from hotline.store.tables.cases import CaseEvent, CaseFile
from hotline.store.tables.intake import Survey
from hotline.store.tables.people import Contact
from tests.support.clock import Clock
from tests.support.house import House, desk, finish

KENDAL = desk("kendal")
_survey, _event, _contact, _file = (t.__table__ for t in (Survey, CaseEvent, Contact, CaseFile))  # type: ignore[attr-defined]
AID = ("halo", "Tidak", "Bantuan sosial", "Keluarga saya", "5", "Ikut program")
OWN = ("halo", "Tidak", "Cerita", "Tetangga", "Hanya saya", "Boleh")
"""A story from a phone of one's own: only there is whoever comes back known."""


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock, {"kendal": KENDAL})


def told(house: House, *story: str) -> tuple[int, str, str]:
    house.answer("a", *story)
    code, pin = finish(house, "a")
    [(case_id, _)] = house.cases()
    return case_id, code, pin


def closed(house: House, case_id: int) -> None:
    event = Event(kind=EventKind.CLOSED, at=house.clock(), author=SYSTEM, body={"reason": "SELESAI", "note": ""})
    with house.database.write() as conn:
        cases.append(conn, house.seal, case_id, [event])


def said(house: House, case_id: int) -> list[str]:
    return [e.text("text") for e in house.events(case_id) if e.kind is EventKind.SAID]


def surveys(house: House) -> list[dict[str, object]]:
    with house.database.read() as conn:
        return [dict(row._mapping) for row in conn.execute(select(_survey))]


@pytest.mark.requirement("ASA-07")
def test_after_the_end_of_an_aid_request_its_reporter_says_how_it_was_and_nothing_leads_back(house: House) -> None:
    case_id, code, pin = told(house, *AID)
    closed(house, case_id)
    house.say("a", f"CEK {code} {pin}")
    assert "sembilan hal" in house.heard("a")[-1].text
    house.answer("a", "Boleh", "Baik", "Sangat baik", "Kurang baik", "Tidak baik", "Lewati", "3", "4", "baik", "Sangat baik")

    [row] = surveys(house)
    assert [row[f"u{n}"] for n in range(1, 10)] == [3, 4, 2, 1, None, 3, 4, 3, 4]
    assert row["region"] == "kendal" and row["month"] == "2026-11"
    with house.database.read() as conn:
        ids = {case_id, *conn.execute(select(_contact.c.id)).scalars(), *conn.execute(select(_event.c.id)).scalars()}
    assert row["id"] not in ids and set(row) == {"id", "region", "month", *(f"u{n}" for n in range(1, 10))}
    assert [e.kind for e in house.events(case_id)][-1] is EventKind.SURVEYED

    house.say("a", "Selesai", f"CEK {code} {pin}")
    assert "sembilan hal" not in "".join(m.text for m in house.heard("a")[-2:]), "asked once"


def test_skipping_everything_keeps_nothing(house: House) -> None:
    case_id, code, pin = told(house, *AID)
    closed(house, case_id)
    house.answer("a", f"CEK {code} {pin}", "Boleh", *["Lewati"] * 9)
    assert surveys(house) == []


def test_an_open_request_is_not_asked_about(house: House) -> None:
    _, code, pin = told(house, *AID)
    house.say("a", f"CEK {code} {pin}")
    assert "sembilan hal" not in house.heard("a")[-1].text


def test_nobody_is_asked_about_a_childs_case(house: House) -> None:
    case_id, code, pin = told(house, "halo", "Tidak", "Cerita", "Tetangga")
    closed(house, case_id)
    house.answer("a", "Tidak, cukup")
    house.say("a", f"CEK {code} {pin}")
    assert "sembilan hal" not in "".join(m.text for m in house.heard("a")[-2:])


@pytest.mark.parametrize(
    ("wish", "words", "kept"),
    [
        ("Perbaiki data", "Nama saya salah", "[minta data diperbaiki]: Nama saya salah"),
        ("Hapus data", "Lewati", "[minta data dihapus]"),
    ],
)
def test_the_right_to_correct_and_erase_goes_to_people(house: House, wish: str, words: str, kept: str) -> None:
    case_id, code, pin = told(house, *AID)
    house.answer("a", f"CEK {code} {pin}", "Perbaiki/hapus", wish, words)
    assert said(house, case_id)[-1] == kept
    [(_, state)] = house.cases()
    assert state.waiting_since is not None and not state.closed


def test_a_call_is_asked_for_with_its_hours_and_cover(house: House) -> None:
    case_id, _, _ = told(house, *OWN)
    house.answer("a", "Tidak, cukup", "halo", "Menambah cerita", "Minta ditelepon", "Hanya saya", "Malam", "Salah sambung")
    assert said(house, case_id)[-1] == "[minta ditelepon, aman jam 17-21] [sebutan: salah sambung]"


def test_no_call_to_a_phone_that_others_hold(house: House) -> None:
    case_id, _, _ = told(house, *OWN)
    before = said(house, case_id)
    house.answer("a", "Tidak, cukup", "halo", "Menambah cerita", "Minta ditelepon", "Orang itu bisa melihat")
    assert said(house, case_id) == before
    with house.database.read() as conn:
        assert conn.execute(select(_contact.c.phone, _contact.c.push)).one() == ("watched", "no")


def test_the_wrong_number_is_never_written_to_first_again(house: House) -> None:
    told(house, *OWN)
    house.answer("a", "Tidak, cukup", "halo", "Menambah cerita", "salah sambung")
    with house.database.read() as conn:
        assert conn.execute(select(_contact.c.push)).scalar() == "no"


def test_silence_over_what_comes_after_the_ticket_leaves_the_story_complete(house: House, clock: Clock) -> None:
    told(house, "halo", "Tidak", "Cerita", "Tetangga")
    assert "atur" in house.heard("a")[-1].text
    clock.shift(hours=3)
    with house.database.write() as conn:
        house.reminder.keep_silent_stories(conn)
    [(_, state)] = house.cases()
    assert state.told is Told.LENGKAP


def test_the_chosen_word_rings_as_a_case_of_its_own_and_stands_nowhere(house: House) -> None:
    told(house, "halo", "Tidak", "Cerita", "Tetangga")
    house.answer("a", "Ya, atur", "kembang")
    answered = house.say("a", "Kembang")
    assert [m.text for m in answered] == ["Terima kasih, jadwal layanan akan kami infokan."]
    state = house.cases()[-1][1]
    assert state.level is Level.DARURAT
    for case_id, _ in house.cases():
        assert not any("kembang" in str(e.body).casefold() for e in house.events(case_id))


@pytest.mark.parametrize("before", [0, 1, 3])
def test_a_wish_to_speak_with_an_officer_is_marked_wherever_it_was_said(house: House, before: int) -> None:
    """As the first word, at the menu, in the middle of a story; after its end it is the wish of whom that case is."""
    house.answer("a", *AID[:before])
    house.say("a", "saya mau bicara dengan petugas")
    house.answer("a", *AID[before if before else 1 :])
    finish(house, "a")
    [(case_id, state)] = house.cases()
    assert state.answers["minta_petugas"] == "ya"
    with house.database.read() as conn:
        assert conn.execute(select(_file.c.wants_talk).where(_file.c.id == case_id)).scalar_one() == "ya"


def test_a_wish_to_speak_with_an_officer_after_the_end_is_marked_at_the_case_that_was_told(house: House) -> None:
    case_id, *_ = told(house, *OWN)
    house.answer("a", "Tidak, cukup")
    house.clock.shift(minutes=20)
    house.say("a", "saya mau bicara dengan petugas")
    [(found, state)] = house.cases()
    assert (found, state.answers.get("minta_petugas")) == (case_id, "ya") and "saya mau bicara dengan petugas" in said(house, case_id)
    house.say("b", "saya mau bicara dengan petugas")
    assert dict(house.cases())[case_id] == state
