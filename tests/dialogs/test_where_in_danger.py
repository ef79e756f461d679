"""Where an emergency is, told in one's own words, is known to queue and alarm, and is not asked twice."""

from __future__ import annotations

import pytest

from dialogs import book as build
from hotline.engine.book import Book
from hotline.engine.effects import Said
from tests.dialogs.host import Host
from tests.dialogs.region import Region

WHERE = "Di mana kejadiannya?"
VILLAGES = {"Boja": ("Bebengan", "Salamsari"), "Weleri": ("Penyangkringan",), "Sukorejo": ("Sukorejo", "Genting"), "Patean": ()}


@pytest.fixture(scope="module")
def book() -> Book:
    """The dialogs of a region whose kecamatan people name."""
    return build(Region(villages=VILLAGES, elsewhere=("Semarang",)))


def in_danger(book: Book, place: str) -> Host:
    host = Host(book)
    for said in ("halo", "Ya"):
        host.write(said)
    assert WHERE in host.last.text
    host.write(place)
    return host


@pytest.mark.parametrize(
    ("place", "kecamatan"),
    [
        ("kecamatan Boja dekat pasar", "Boja"),
        ("di rumah, Weleri", "Weleri"),
        ("BOJA", "Boja"),
        ("desa Sukorejo dekat masjid", "Sukorejo"),
        ("desa Bebengan RT 3", "Boja"),
        ("Boja atau Weleri, tidak jelas", ""),
        ("dekat pasar, belakang masjid", ""),
        ("Semarang", ""),
        ("bukan di Boja", ""),
        ("saya lari dari Boja ke hutan", ""),
        ("anak jatuh di genting rumah", ""),
        ("Genting", "Sukorejo"),
        ("Tidak tahu / lewati", ""),
    ],
)
def test_a_kecamatan_named_beyond_doubt_is_kept_and_words_stay(book: Book, place: str, kecamatan: str) -> None:
    host = in_danger(book, place)
    assert host.session.answers.get("kecamatan", "") == kecamatan
    assert host.told["tempat"] in (place, "tidak_tahu")
    assert host.told.get("kecamatan", "") == kecamatan


@pytest.mark.parametrize("nothing", ["", "👋", "…"])
def test_a_message_that_says_nothing_is_greeted_and_not_kept(book: Book, nothing: str) -> None:
    host = in_danger(book, nothing)
    assert WHERE in host.last.text and "tempat" not in host.told and not any(isinstance(effect, Said) for effect in host.effects)


def test_what_was_told_before_stands(book: Book) -> None:
    host = Host(book)
    for said in ("halo", "Tidak", "Bantuan sosial"):
        host.write(said)
    for _ in range(20):
        if "Di kecamatan mana" in host.last.text:
            break
        labels = [option.label for option in host.last.options]
        host.write(next((w for w in ("Hanya saya yang pegang", "Boleh", "Saya sendiri", "Tidak ada") if w in labels), labels[-1]))
    host.write("Weleri")
    host.write("DARURAT")
    assert WHERE in host.last.text
    host.write("sekarang di Boja")
    assert host.session.answers["kecamatan"] == "Weleri" and "Boja" in host.told["tempat"], "officers read both"


def test_a_greeting_and_a_cry_are_no_place_and_the_place_after_them_is(book: Book) -> None:
    host = in_danger(book, "halo")
    host.write("cepat kak")
    assert WHERE in host.last.text and "tempat" not in host.told and "cepat kak" in host.said
    host.write("di belakang pasar")
    assert host.told["tempat"] == "di belakang pasar"


def test_the_third_time_anything_is_taken(book: Book) -> None:
    host = in_danger(book, "cepat")
    host.write("tolong cepat kak")
    host.write("cepat dong")
    assert host.told["tempat"] == "cepat dong"
