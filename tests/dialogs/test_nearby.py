"""A shared location is asked about by the middles of the kecamatan that a Dinas gave; it never answers the question by itself."""

from __future__ import annotations

import pytest

import dialogs
from hotline.engine.book import Book
from hotline.messages import Kind, Place
from tests.dialogs.host import Host
from tests.dialogs.region import Region
from tests.dialogs.test_many import go

CENTRES = {"Tirta Barat": (-6.90, 110.00), "Tirta Timur": (-6.90, 110.40), "Gunungsari": (-7.10, 110.20)}
TO_THE_PLACE = (
    "halo",
    "Tidak",
    "Cerita tentang anak",
    "Tetangga / warga",
    "Tidak tahu",
    "Kekerasan fisik",
    "6-12 tahun",
    "Tidak tahu / lewati",
)


@pytest.fixture(scope="module")
def near() -> Book:
    return dialogs.book(Region(centres=CENTRES))


def at_the_place(book: Book) -> Host:
    host = Host(book)
    go(host, *TO_THE_PLACE)
    for _ in range(12):
        if host.session.open_key == "kecamatan":
            return host
        labels = [o.label for o in host.last.options]
        host.tap(next(label for label in ("Tidak ada yang sesuai", "Tidak", "Tidak tahu / lewati") if label in labels))
    raise AssertionError(host.session.open_key)


def share(host: Host, latitude: float, longitude: float) -> str:
    [told] = host.send(Kind.PLACE, place=Place(latitude=latitude, longitude=longitude))
    return told.text


def test_the_nearest_is_offered_first_and_the_others_beside_it(near: Book) -> None:
    host = at_the_place(near)
    assert "mungkin ini di kecamatan Tirta Timur" in share(host, -6.92, 110.38)
    assert [o.label for o in host.last.options] == ["Tirta Timur", "Gunungsari", "Tirta Barat", "Tidak tahu / lewati"]
    assert "kecamatan" not in host.told, "it is asked, not decided"
    host.tap("Gunungsari")
    assert host.told["kecamatan"] == "Gunungsari"


def test_by_number_and_by_name_as_ever(near: Book) -> None:
    host = at_the_place(near)
    share(host, -6.92, 110.38)
    go(host, "1")
    assert host.told["kecamatan"] == "Tirta Timur"
    other = at_the_place(near)
    share(other, -6.92, 110.38)
    go(other, "pesisir lor")
    assert other.told["kecamatan"] == "Pesisir Lor", "also one whose middle nobody gave"


@pytest.mark.parametrize("spot", [(-2.0, 120.0), (51.0, 0.0), (-8.5, 110.2)])
def test_far_from_all_of_them_nothing_is_guessed(near: Book, spot: tuple[float, float]) -> None:
    assert "belum kami tahu" in share(at_the_place(near), *spot)


def test_without_points_it_is_as_before(book: Book) -> None:
    assert "belum kami tahu" in share(at_the_place(book), -6.92, 110.38)


def test_outside_the_question_a_location_is_no_question(near: Book) -> None:
    host = Host(near)
    go(host, "halo", "Tidak", "Aku anak, butuh bantuan")
    assert "Lokasi tidak diperlukan" in share(host, -6.92, 110.38)
