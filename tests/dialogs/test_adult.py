"""Whoever is eighteen or more leaves the child track, keeps everything they told, and is in danger as much as anybody."""

from __future__ import annotations

import re

import pytest

from hotline.case import EventKind, Level, Track
from hotline.engine.book import Book
from hotline.seal import Seal
from hotline.store.database import Database
from tests.dialogs.host import Host
from tests.dialogs.test_many import go
from tests.support.clock import Clock
from tests.support.house import House, desk, finish

KENDAL = desk("kendal")
NEIGHBOUR = ("halo", "Tidak", "Cerita tentang anak", "Tetangga / warga", "Tidak tahu", "Kekerasan fisik")
MYSELF = ("halo", "Tidak", "Aku anak, butuh bantuan", "Orang itu bisa melihat", "Dipukul atau disakiti", "Tidak")


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock, {"kendal": KENDAL})


@pytest.mark.requirement("BLO-01", "LUT-02")
@pytest.mark.parametrize("story", [NEIGHBOUR, MYSELF])
@pytest.mark.parametrize("age", ["19 tahun", "18 tahun atau lebih", "umur 40"])
def test_eighteen_and_more_leaves_the_child_track(book: Book, story: tuple[str, ...], age: str) -> None:
    host = Host(book)
    go(host, *story, age)
    assert host.session.open_key == "anak_lain" and host.told["R4"] == "dewasa"
    go(host, "Tidak")
    assert host.session.dialog == "dewasa" and host.book.track(host.session) is Track.LAYANAN


def test_with_a_child_hurt_too_it_stays_the_childs(book: Book) -> None:
    host = Host(book)
    go(host, *NEIGHBOUR, "19 tahun", "Ya", "6-12 tahun")
    assert host.told["R4"] == "6-12" and host.book.track(host.session) is Track.ANAK
    child = Host(book)
    go(child, *MYSELF, "19 tahun", "Ya")
    assert child.book.track(child.session) is Track.ANAK and child.session.open_key == "lanjut"


def test_a_child_of_eighteen_with_a_phone_of_their_own_is_asked_whether_we_may_write(book: Book) -> None:
    host = Host(book)
    go(host, *MYSELF[:3], "Cuma aku yang pegang", *MYSELF[4:], "18 tahun", "Tidak", "Hanya jam tertentu", "Malam, jam 17-21")
    assert host.contacts[-1] == ("mine", "hours", "17-21")


BEATEN = ("saya dipukuli suami saya", "suami mukulin saya terus", "saya istri", "saya korban KDRT", "Aku sendiri, aku dewasa", "7")


@pytest.mark.requirement("BLO-01")
@pytest.mark.parametrize("said", BEATEN)
def test_a_beaten_wife_is_asked_about_no_child_but_whether_there_is_one(book: Book, said: str) -> None:
    host = Host(book)
    go(host, "halo", "Tidak", "Cerita tentang anak", said)
    if host.session.dialog == "salah_tangkap":
        go(host, "Tidak, lanjut")
    assert host.told["pelapor"] == "dewasa" and host.session.open_key == "hp"
    go(host, "Orang itu bisa melihat", "Tidak")
    assert host.session.open_key == "jenis" and not {"Anak bekerja", "Perundungan"} & {option.label for option in host.last.options}
    go(host, "Kekerasan fisik")
    assert host.session.dialog == "dewasa" and host.told["R4"] == "dewasa" and host.book.track(host.session) is Track.LAYANAN
    assert host.contacts[-1] == ("watched", "no", "")


def test_with_a_child_hurt_too_a_beaten_wife_goes_on_about_that_child(book: Book) -> None:
    host = Host(book)
    go(host, "halo", "Tidak", "saya dipukul suami", "Aku sendiri, aku dewasa", "Tidak tahu", "Ya")
    assert host.session.open_key == "jenis" and host.book.track(host.session) is Track.ANAK
    go(host, "Kekerasan fisik", "18 tahun atau lebih")
    assert host.session.dialog == "dewasa"
    go(host, "KEMBALI")
    assert host.session.open_key == "R4"


@pytest.mark.parametrize(
    "said",
    [
        "aku disakiti",
        "saya sendiri",
        "saya disakiti",
        "suami saya mukul anak saya",
        "anak saya dipukul suami saya",
        "mamaku dipukul suami barunya",
    ],
)
def test_whoever_is_hurt_is_not_taken_for_a_grown_up(book: Book, said: str) -> None:
    host = Host(book)
    go(host, "halo", "Tidak", "Cerita tentang anak", said)
    assert host.told.get("pelapor") in (None, "anak", "keluarga")


def test_back_leads_to_the_question_that_led_away(book: Book) -> None:
    host = Host(book)
    go(host, *NEIGHBOUR, "19 tahun", "Tidak", "KEMBALI")
    assert host.session.open_key == "anak_lain" and host.session.dialog == "report"


def test_the_case_is_one_of_the_services_and_its_files_stay_closed(house: House) -> None:
    house.answer("a", *NEIGHBOUR[:-1], "Kekerasan fisik", "18 tahun", "Tidak")
    finish(house, "a")
    [(case_id, state)] = house.cases()
    assert state.track is Track.LAYANAN and state.stage == "KELUHAN_DITERIMA"
    assert not any(e.kind is EventKind.SURVEYED for e in house.events(case_id))


def test_a_case_that_had_begun_as_a_childs_goes_on_in_the_other_track(house: House) -> None:
    house.answer("a", *MYSELF)
    [(case_id, before)] = house.cases()
    assert before.track is Track.ANAK and before.level is Level.TINGGI
    house.answer("a", "18 tahun", "Tidak")
    [(same, after)] = house.cases()
    assert (same, after.track, after.stage, after.level) == (case_id, Track.LAYANAN, "KELUHAN_DITERIMA", Level.TINGGI)


def test_whose_age_was_a_mistake_is_a_child_again(house: House) -> None:
    house.answer("a", *NEIGHBOUR[:-1], "Kekerasan fisik", "18 tahun", "Tidak", "Ya, mereka", "Ya, perlu")
    assert [state.track for _, state in house.cases()] == [Track.LAYANAN]
    house.answer("a", *["KEMBALI"] * 4, "0-5")
    [(_, state)] = house.cases()
    assert (state.answers["R4"], state.track, state.stage) == ("0-5", Track.ANAK, "PENGADUAN_DITERIMA")


def test_an_emergency_stays_with_those_whom_it_has_called(house: House) -> None:
    house.answer("a", *MYSELF[:3], "DARURAT", "Tidak tahu", "Tidak aman", "Lanjutkan", *MYSELF[3:], "18 tahun", "Tidak")
    assert [(s.track, s.level) for _, s in house.cases()] == [(Track.ANAK, Level.DARURAT)]


def test_danger_in_the_grown_ups_story_rings(house: House) -> None:
    house.answer("a", *NEIGHBOUR[:-1], "Kekerasan fisik", "18 tahun", "Tidak", "Ya, mereka", "Ya, sangat berat")
    assert [state.level.rings for _, state in house.cases()] == [True]


def test_the_case_shows_each_question_as_it_was_put_to_a_grown_up(book: Book) -> None:
    host = Host(book)
    go(host, "halo", "Tidak", "saya dipukul suami", "Aku sendiri, aku dewasa", "Hanya saya", "Boleh", "Tidak", "Kekerasan fisik")
    assert host.session.dialog == "dewasa"
    shown = {answer.key: answer for answer in book.story(host.session)}
    assert (shown["jenis"].label, shown["jenis"].question) == ("Kekerasan fisik", "Apa yang terjadi?")


@pytest.mark.parametrize("who", ["Orang tua / keluarga", "Guru / sekolah", "Aku sendiri, aku dewasa"])
def test_what_was_asked_of_nobody_is_not_shown_in_a_child_s_words(book: Book, who: str) -> None:
    host = Host(book)
    host.write("halo")
    host.until("ringkasan", "Tidak", "Cerita tentang anak", who, "Hanya saya", "Boleh", "Kekerasan fisik", "13-17 tahun")
    asked = [answer.question for answer in book.story(host.session)]
    assert len(asked) > 8 and not [question for question in asked if re.search(r"\b(?:kamu|aku|\w+(?<!te)mu)\b", question)]
