"""What stands behind /start is heard: a link's word chooses the way after the danger question, own words are kept, danger rings."""

from __future__ import annotations

import pytest

from hotline.engine.book import Book
from tests.dialogs.host import Host
from tests.dialogs.test_many import go

WAYS = [("anak", "hp"), ("lapor", "pelapor"), ("bantuan", "untuk"), ("info", "topik"), ("bansos", "untuk"), ("mau_lapor", "pelapor")]


@pytest.fixture
def host(book: Book) -> Host:
    return Host(book)


@pytest.mark.parametrize(("link", "key"), WAYS)
def test_a_links_word_chooses_the_way_but_danger_is_asked_first(host: Host, link: str, key: str) -> None:
    go(host, f"/start {link}")
    assert host.session.open_key == "R1" and host.said == []
    go(host, "Tidak")
    assert host.session.open_key == key


def test_the_link_of_a_poster_means_nothing(host: Host) -> None:
    go(host, "/start poster-balai_7")
    assert host.session.open_key == "R1" and host.said == []
    go(host, "Tidak")
    assert host.session.open_key == "menu"


def test_danger_behind_start_rings(host: Host) -> None:
    go(host, "/start dia bawa parang")
    assert host.alarms[0].words == ("parang",) and host.said == ["dia bawa parang"]
    assert host.session.open_key == "salah_tangkap"


def test_an_emergency_link_is_an_emergency(host: Host) -> None:
    go(host, "/start darurat")
    assert [a.source for a in host.alarms] == ["word"] and host.session.open_key == "tempat"


def test_words_behind_start_in_a_story_choose_nothing_in_it(host: Host) -> None:
    go(host, "halo", "Tidak", "Cerita tentang anak", "/start@teduh_bot bantuan")
    assert host.session.open_key == "menu_cerita" and host.session.answers["menu"] == "lapor"


def test_words_of_ones_own_behind_start_are_kept(host: Host) -> None:
    go(host, "/start saya mau tanya soal bansos ibu", "Tidak")
    assert host.said == ["saya mau tanya soal bansos ibu"]
