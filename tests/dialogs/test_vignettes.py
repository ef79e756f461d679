"""The nineteen stories of domain 5.6, told by chat through the real house: each reaches its level by taps and words alone."""

from __future__ import annotations

import pytest

from hotline.case import CaseState, Level, Told, Track
from hotline.seal import Seal
from hotline.store.database import Database
from tests.support.clock import Clock
from tests.support.house import PASSING, House, desk

KENDAL = desk("kendal")
D, DT, T, S, R = Level.DARURAT, Level.DARURAT_TELAAH, Level.TINGGI, Level.SEDANG, Level.RENDAH
MINE = ("Hanya saya", "Boleh")
NO = "Tidak"
NONE = "Tidak ada yang sesuai"
UNSURE = "Tidak tahu / lewati"


def about_a_child(who: str, *answers: str, danger: str = NO) -> tuple[str, ...]:
    """A grown-up's way through the report."""
    return ("halo", danger, "Cerita tentang anak", who, *MINE, *answers)


def child(*answers: str) -> tuple[str, ...]:
    """A child's way: the phone is its own."""
    return ("halo", NO, "Aku anak", "Cuma aku", *answers)


FAMILY, NEIGHBOUR, TEACHER, SURVIVOR = "Orang tua", "Tetangga", "Guru", "Kejadian masa"
STORIES: list[tuple[str, tuple[str, ...], Level]] = [
    ("1 teacher, 8, bruises, father at home, unsure since when",
     about_a_child(TEACHER, "Kekerasan fisik", "6-12", "Ya, mereka serumah", NO, NO, "Di rumah", "Ya, ringan", NONE), T),
    ("2 neighbour hears beating now", ("halo", "Ya", "belakang pasar", "Aman"), D),
    ("3 girl of 14, assault yesterday, safe at her aunt's",
     about_a_child(FAMILY, "Kekerasan seksual", "13-17", NO, NO, NO, "Ya, 3 hari"), D),
    ("4 boy of 15 has thoughts of dying, no plan",
     child("Hal lain", UNSURE, "13-15", "Boleh", NO, NO, "Ya, kadang terpikir", NONE), T),
    ("5 the same, and the poison is there", child("Hal lain", UNSURE, "13-15", "Boleh", NO, NO, "Ya, ada rencana"), D),
    ("6 age 3, left alone tonight", about_a_child(NEIGHBOUR, "Penelantaran", "0-5", NO, NO, "Ya, sekarang"), D),
    ("7 age 10 works at a kiln, lives with the parents, no injury",
     about_a_child(TEACHER, "Anak bekerja", "6-12", "Ya, mereka serumah", NO, NO, "Di tempat lain", NONE), S),
    ("8 grown-up, five years ago, that person is dead",
     about_a_child(SURVIVOR, NO, "Ya, sudah lewat", "Kekerasan fisik", NO, NO), R),
    ("9 aid stopped", ("halo", NO, "Bantuan sosial", "Keluarga saya", "5", "Ikut program"), R),
    ("10 an old man alone, two days without food",
     ("halo", NO, "Bantuan sosial", "Orang lain", "1, 2", "Ya, sekarang", "Lansia"), D),
    ("12 a word of danger while asking for information", ("halo", NO, "Informasi", "adik saya dikurung"), D),
    ("13 girl of 16, married next week",
     about_a_child(FAMILY, "Hal lain", "13-17", NO, NO, NO, NO, NO, "Akan dibawa", "Cukup", "Tidak lama lagi"), T),
    ("14 sextortion online, threats go on",
     about_a_child(FAMILY, "Kekerasan seksual", "13-17", UNSURE, NO, "Ya, lewat internet", UNSURE, NO, "Masih terjadi", "Cukup", "Ya"), T),
    ("15 nothing is known",
     about_a_child(NEIGHBOUR, *(UNSURE,) * 6, danger="Tidak tahu"), T),
    ("16 the school sends a victim away",
     about_a_child(FAMILY, "Hal lain", "13-17", NO, NO, NO, NO, NO, "Terancam putus", "Cukup", "Ya, sudah"), S),
    ("17 afraid to go home, that person lives there, it goes on",
     about_a_child(TEACHER, "Kekerasan fisik", "6-12", "Ya, mereka serumah", NO, NO, "Di rumah", "Ya, ringan", "2, 3", UNSURE), DT),
    ("18 grown-up, sexual, long ago, that person far away",
     about_a_child(SURVIVOR, NO, "Ya, sudah lewat", "Kekerasan seksual", "Ya, sudah lebih lama", NO), S),
    ("19 sexual, time not known, 6 to 12",
     about_a_child(FAMILY, "Kekerasan seksual", "6-12", NO, NO, NO, UNSURE), T),
]  # fmt: skip


@pytest.fixture
def house(sqlite_database: Database, seal: Seal, clock: Clock) -> House:
    return House(sqlite_database, seal, clock, {"kendal": KENDAL})


def told(house: House, story: tuple[str, ...]) -> CaseState:
    """The case after this story, told to its end where it has one."""
    house.answer("a", *story)
    for _ in range(30):
        labels = [o.label for o in house.heard("a")[-1].options]
        if not labels or "Cukup dulu" in labels:
            break
        house.say("a", next((label for label in (*PASSING, "Tidak, cukup") if label in labels), labels[0]))
    [(_, state)] = house.cases()
    return state


@pytest.mark.requirement("LUT-03", "LUT-05")
@pytest.mark.parametrize(("story", "level"), [s[1:] for s in STORIES], ids=[s[0] for s in STORIES])
def test_the_story_reaches_its_level(house: House, story: tuple[str, ...], level: Level) -> None:
    state = told(house, story)
    assert (state.level, state.reasons) == (level, state.reasons)
    assert state.track is (Track.LAYANAN if "Bantuan sosial" in story else Track.ANAK)


def test_eleven_the_story_breaks_off_after_the_weapon_and_nobody_is_nudged(house: House, clock: Clock) -> None:
    house.answer("a", *about_a_child(NEIGHBOUR, "Kekerasan fisik"))
    house.say("a", "dia pegang parang")
    heard = len(house.heard("a"))
    [(_, state)] = house.cases()
    assert (state.level, state.told) == (D, Told.BERJALAN)

    clock.shift(hours=2)
    with house.database.write() as conn:
        assert house.reminder.keep_silent_stories(conn) == 1

    [(_, state)] = house.cases()
    assert (state.level, state.told) == (D, Told.TERPUTUS)
    assert len(house.heard("a")) == heard
