"""Violence ticked in a request for aid is asked about once: a child's story goes on as one, a grown-up's request with the numbers."""

from __future__ import annotations

import pytest

from hotline.case import Level, Track
from hotline.engine.book import Book
from hotline.engine.effects import Send
from hotline.seal import Seal
from hotline.store.database import Database
from tests.dialogs.host import Host
from tests.dialogs.test_many import go
from tests.support.clock import Clock
from tests.support.house import House, desk

KENDAL = desk("kendal")
AID = ("halo", "Tidak", "Bantuan sosial", "Saya sendiri", "5", "Butuh bantuan", "Pendidikan")
CRITERION = (*AID, "Terkena kekerasan", "Cukup", "Lewati")
PERSON = (*AID, "Penghasilan", "Cukup", "Terkena kekerasan")
STRUCK = pytest.mark.parametrize("way", [CRITERION, PERSON], ids=["criterion", "person"])
LEFT_ALONE = (*AID[:4], "Ada yang ditinggal", "Cukup", "Ya, sering", "Bayi", "Hal lain", *PERSON[6:])
OF_THE_CHILD = ("Orang tua / keluarga", "Hanya saya yang pegang", "Boleh", "Kekerasan psikis", "6-12 tahun", "Tidak")


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock, {"kendal": KENDAL})


@STRUCK
@pytest.mark.parametrize("which", ["Tidak", "Tidak tahu / lewati"])
def test_a_grown_up_gets_the_numbers_and_the_request_goes_on(book: Book, way: tuple[str, ...], which: str) -> None:
    host = Host(book)
    go(host, *way)
    assert "di bawah 18 tahun?" in host.last.text
    go(host, which)
    said = " ".join(effect.message.text for effect in host.effects if isinstance(effect, Send))
    assert "110" in said and ("layanan perempuan" in said) is (which == "Tidak")
    assert (host.session.dialog, host.session.open_key, host.alarms) == ("aid", "anggota", [])


@STRUCK
def test_a_childs_story_goes_on_as_one(book: Book, way: tuple[str, ...]) -> None:
    host = Host(book)
    go(host, *way, "Ya")
    assert (host.session.dialog, host.session.open_key) == ("report", "pelapor")
    assert host.last.text.startswith("Baik, sekarang tentang anak itu.")
    go(host, *OF_THE_CHILD)
    assert host.told["jenis"] == "psikis" and host.told["kriteria"]


def test_nobody_else_is_asked(book: Book) -> None:
    host = Host(book)
    go(host, *AID, "Penghasilan", "Cukup", "Anak")
    assert host.session.open_key == "anggota"


@STRUCK
def test_the_case_is_sedang_and_says_why(house: House, way: tuple[str, ...]) -> None:
    house.answer("a", *way, "Tidak", "BATAL", "Ya")
    [(_, state)] = house.cases()
    assert (state.level, state.reasons, state.track) == (Level.SEDANG, ("terkena_kekerasan=ya",), Track.LAYANAN)


def test_what_was_asked_of_somebody_else_is_kept_in_words_and_asked_of_the_child(house: House) -> None:
    house.answer("a", *LEFT_ALONE, "Ya", *OF_THE_CHILD)
    [(case_id, state)] = house.cases()
    assert (state.track, state.level) == (Track.ANAK, Level.TINGGI), "it was a case of aid before, and the level never falls"
    said = [event.text("text") for event in house.events(case_id) if event.text("text").startswith("[")]
    assert said == ["[Tentang: Hal lain]", "[Ditinggal sendiri: Ya, sering]"]
    assert house.answer("a", "Ya")[-1].text.startswith("Apakah anak itu dikurung")


def test_back_leads_into_the_request_again(book: Book) -> None:
    host = Host(book)
    go(host, *PERSON, "Ya", "KEMBALI", "Butuh bantuan")
    assert (host.session.dialog, host.session.open_key) == ("aid", "yang_terkena")
    go(host, "Tidak")
    assert host.session.open_key == "anggota"


def test_going_back_behind_one_answer_keeps_what_another_still_says(book: Book) -> None:
    host = Host(book)
    go(host, *CRITERION[:-1], "Terkena kekerasan")
    assert "di bawah 18 tahun?" in host.last.text
    go(host, "KEMBALI")
    assert host.session.open_key == "ppks" and host.session.answers["terkena_kekerasan"] == "ya", "the criterion still says so"
    go(host, "Lanjut usia")
    assert "di bawah 18 tahun?" in host.last.text
