"""Words beneath a picture, or beside what we cannot read, are words like any others."""

from __future__ import annotations

import pytest

from hotline.engine.book import Book
from hotline.engine.effects import Closed
from hotline.messages import Kind, Media
from tests.dialogs.host import Host
from tests.dialogs.test_many import go

GRAVE = "bapak pukul aku lagi sampai berdarah"
PICTURE = (Media(reference="file-1", content_type="image/jpeg"),)


@pytest.fixture
def host(book: Book) -> Host:
    made = Host(book)
    go(made, "halo", "Tidak", "Aku anak, butuh bantuan")
    return made


@pytest.mark.parametrize("kind", [Kind.MEDIA, Kind.OTHER])
@pytest.mark.parametrize("held", [False, True])
def test_danger_beneath_anything_rings(host: Host, kind: Kind, held: bool) -> None:
    if held:
        host.officer("ambil alih")
    host.send(kind, text=GRAVE, media=PICTURE if kind is Kind.MEDIA else ())
    assert host.alarms and GRAVE in host.said


def test_words_beneath_a_belated_picture_answer_no_question(host: Host) -> None:
    host.send(Kind.MEDIA, text="1", media=PICTURE, late=True)
    assert "hp" not in host.session.answers and "(terlambat sampai) 1" in host.said


def test_the_quick_exit_beneath_a_picture_ends_the_talk_with_an_officer_too(host: Host) -> None:
    host.officer("ambil alih")
    host.send(Kind.MEDIA, text="TUTUP", media=PICTURE)
    assert any(isinstance(effect, Closed) for effect in host.effects) and not host.held


@pytest.mark.parametrize("kind", [Kind.MEDIA, Kind.OTHER])
def test_words_beneath_are_not_answered_a_second_time(host: Host, kind: Kind) -> None:
    [told] = host.send(kind, text="ini kamarku dan tempat tidurku", media=PICTURE if kind is Kind.MEDIA else ())
    assert "pilih salah satu jawaban" not in told.text and told.text.count("kami simpan") <= 1
    assert "ini kamarku dan tempat tidurku" in host.said and host.session.missed == 0


def test_words_beneath_the_first_picture_of_all_are_not_answered_twice(book: Book) -> None:
    new = Host(book)
    told = new.photo("halo ini fotonya ya")
    assert "".join(m.text for m in told).count("simpan") == 1 and "halo ini fotonya ya" in new.said


def test_a_changed_picture_is_an_addition_with_its_words(host: Host) -> None:
    host.send(Kind.MEDIA, text="1", media=PICTURE, edited=True)
    assert host.said == ["(diubah) [lampiran: image/jpeg]", "(diubah) 1"] and "hp" not in host.session.answers


def test_a_picture_for_an_aid_case_that_is_being_added_to_is_welcome(book: Book) -> None:
    owner = Host(book, has_case=True)
    owner.track = "layanan"
    assert "tidak diperlukan" in owner.photo()[0].text, "no track is chosen yet"
    go(owner, "Menambah cerita", "Menambah cerita")
    assert "Foto kami simpan aman" in owner.photo()[0].text
