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
