"""A complaint about the service is a case of the aid track; about an officer it goes to somebody above; in a story it waits."""

from __future__ import annotations

import pytest

from hotline.case import EventKind, Track
from hotline.engine.book import Book
from hotline.seal import Seal
from hotline.store.database import Database
from tests.dialogs.host import Host
from tests.dialogs.test_many import go
from tests.support.clock import Clock
from tests.support.house import House, desk

KENDAL = desk("kendal")


@pytest.mark.parametrize(("about", "where"), [("Sikap petugas", "dinas"), ("Terlalu lama", None)])
def test_a_complaint_is_taken_and_one_about_an_officer_names_the_office(book: Book, about: str, where: str | None) -> None:
    host = Host(book)
    go(host, "halo", "Tidak", "Informasi", "Keluhan soal layanan", about, "Saya dibentak", "Tidak tahu", "Sudah benar")
    assert host.told["jenis"] == "layanan" and host.told.get("R14") == where
    assert [f.dialog for f in host.finished] == ["keluhan"]


def test_in_a_story_it_waits(book: Book) -> None:
    host = Host(book)
    go(host, "halo", "Tidak", "Cerita tentang anak", "MENU", "Informasi", "Keluhan soal layanan")
    assert "sesudah cerita ini" in host.last.text and host.session.open_key == "topik"


def test_danger_in_a_complaint_rings(book: Book) -> None:
    host = Host(book)
    go(host, "halo", "Tidak", "Informasi", "Keluhan soal layanan", "Sikap petugas", "petugasnya bawa parang")
    assert host.alarms and host.session.open_key == "salah_tangkap"


def test_the_case_says_that_it_came_by_chat(database: Database, seal: Seal, clock: Clock) -> None:
    house = House(database, seal, clock, {"kendal": KENDAL})
    house.answer("a", "halo", "Tidak", "Informasi", "Keluhan soal", "Sikap", "Saya dibentak", "Tidak tahu", "Sudah benar")
    [(case_id, state)] = house.cases()
    first = house.events(case_id)[0]
    assert (state.track, first.kind, first.text("by_way")) == (Track.LAYANAN, EventKind.OPENED, "CHAT")


@pytest.mark.parametrize(
    "way", [("Informasi", "Keluhan soal layanan", "Terlalu lama", "Lewati"), ("Cerita tentang anak", "Tetangga / warga")]
)
def test_who_could_look_is_that_person_only_where_one_was_spoken_of(book: Book, way: tuple[str, ...]) -> None:
    host = Host(book)
    go(host, "halo", "Tidak", *way)
    label = next(option.label for option in host.last.options if option.token.endswith(".watched"))
    assert label == ("Orang lain bisa melihat" if way[0] == "Informasi" else "Orang itu bisa melihat")
