"""A file sent before a track is chosen is closed off as in a child's case until aid is asked for; a change brings only a new file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from hotline.messages import Kind, Media
from hotline.seal import Seal
from hotline.store.database import Database
from hotline.store.tables.media import Attachment
from tests.support.clock import Clock
from tests.support.house import House, desk, finish

KENDAL = desk("kendal")
AID = ("halo", "Tidak", "Bantuan sosial", "Keluarga saya", "5", "Ikut program")
_file = Attachment.__table__  # type: ignore[attr-defined]


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock, {"kendal": KENDAL})


def send(house: House, reference: str, caption: str = "", *, edited: bool = False) -> None:
    house.clock.shift(seconds=20)
    message = house.incoming("a", caption)
    media = (Media(reference=reference, content_type="image/jpeg"),)
    house.take(replace(message, kind=Kind.MEDIA, media=media, edited=edited))


def files(house: House) -> list[tuple[int | None, bool]]:
    with house.database.read() as conn:
        return [tuple(row) for row in conn.execute(select(_file.c.case_id, _file.c.closed_off).order_by(_file.c.id))]


def aid_case(house: House) -> int:
    house.answer("a", *AID)
    finish(house, "a")
    [(case_id, _)] = house.cases()
    return case_id


def test_a_file_that_comes_first_is_closed_until_aid_is_asked_for(house: House) -> None:
    send(house, "f1")
    assert files(house) == [(None, True)]
    case_id = aid_case(house)
    assert files(house) == [(case_id, False)]


def test_a_file_outside_any_story_joins_an_open_aid_case_closed(house: House) -> None:
    case_id = aid_case(house)
    send(house, "f2", "lihat ini")
    assert files(house) == [(case_id, True)]


def test_a_file_inside_the_aid_story_is_open(house: House) -> None:
    house.answer("a", *AID)
    send(house, "f3")
    finish(house, "a")
    assert files(house) == [(house.cases()[0][0], False)]


def test_a_file_added_to_the_aid_case_by_code_and_pin_is_open(house: House) -> None:
    house.answer("a", *AID)
    code, pin = finish(house, "a")
    [(case_id, _)] = house.cases()
    house.answer("a", f"CEK {code} {pin}", "Tambah pesan")
    send(house, "f4")
    assert files(house) == [(case_id, False)]


def test_a_changed_caption_brings_no_second_file_and_another_photo_does(house: House) -> None:
    send(house, "f5", "satu")
    send(house, "f5", "dua", edited=True)
    assert len(files(house)) == 1, "the same photo"
    send(house, "f6", edited=True)
    assert len(files(house)) == 2


def test_a_file_sent_from_another_phone_with_code_and_pin_joins_that_case(house: House) -> None:
    house.answer("a", *AID)
    code, pin = finish(house, "a")
    [(case_id, _)] = house.cases()
    house.say("b", f"CEK {code} {pin}", "Tambah pesan")
    house.clock.shift(seconds=20)
    message = replace(house.incoming("b", "ini fotonya"), kind=Kind.MEDIA, media=(Media(reference="f9", content_type="image/jpeg"),))
    house.take(message)
    assert files(house) == [(case_id, False)]
    assert [e.text("text") for e in house.events(case_id) if e.kind.value == "said"][:1] == ["[lampiran: image/jpeg]"]
    assert len(house.cases()) == 1
