"""The running program: a photo is answered at once, kept after a kill -9, deleted at the provider; and quick exit empties the chat."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from hotline.store.database import Database
from hotline.store.tables.media import Attachment
from tests.channels.fakes import FakeTelegram, FakeTwilio
from tests.channels.serving import eventually
from tests.channels.whole import running
from tests.media import pictures
from tests.support.program import Program

_file = Attachment.__table__  # type: ignore[attr-defined]
BOT_TOKEN, CHAT = "123456789:" + "B" * 35, 7_712_345_679
PHOTO = pictures.photo(900, 700)


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram(BOT_TOKEN) as fake:
        yield fake


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with FakeTwilio() as fake:
        yield fake


@pytest.fixture
def program(tmp_path: Path, database_url: str, telegram: FakeTelegram, twilio: FakeTwilio) -> Iterator[Program]:
    with running(tmp_path, database_url, telegram, twilio, BOT_TOKEN) as started:
        yield started


def rows(url: str) -> list[Any]:
    database = Database(url)
    try:
        with database.read() as conn:
            return list(conn.execute(select(_file.c.state, _file.c.provider).order_by(_file.c.id)))
    finally:
        database.close()


def end_leases(url: str) -> None:
    """As if the minutes had passed that a dead worker's lease holds."""
    database = Database(url)
    with database.write() as conn:
        conn.execute(text("UPDATE attachment SET lease_until = NULL, due_at = 0"))
    database.close()


def test_a_photo_survives_a_kill_between_download_and_deletion(
    program: Program, telegram: FakeTelegram, twilio: FakeTwilio, database_url: str, tmp_path: Path
) -> None:
    twilio.deletes = False
    url = twilio.keep_media(PHOTO)
    assert twilio.say("ini fotonya", NumMedia="1", MediaUrl0=url, MediaContentType0="image/jpeg") == 200
    telegram.send_photo(CHAT, PHOTO)
    eventually(lambda: sorted(tuple(r) for r in rows(database_url)) == [("kept", ""), ("kept", "check")], 30)
    assert twilio.media and not twilio.deleted
    program.kill()
    end_leases(database_url)
    twilio.deletes = True
    program.start()
    eventually(lambda: ("kept", "gone") in [tuple(r) for r in rows(database_url)], 30)
    assert len(twilio.deleted) == 1 and not twilio.media
    eventually(lambda: telegram.shown_to(CHAT), 10)
    told = (pictures.CAMERA, pictures.COMMENT, "MediaUrl", BOT_TOKEN, url.rpartition("/")[2])
    assert [word for word in told if word in program.log] == []
    files = [p for p in tmp_path.rglob("*") if p.is_file() and p.name != "program.log"]
    assert [(p.name, w) for p in files for w in (pictures.CAMERA, pictures.COMMENT) if w.encode() in p.read_bytes()] == []


def test_quick_exit_leaves_one_sentence_in_the_chat(program: Program, telegram: FakeTelegram, database_url: str) -> None:
    telegram.say(CHAT, "halo")
    eventually(lambda: telegram.shown_to(CHAT), 15)
    telegram.say(CHAT, "TUTUP")
    eventually(lambda: telegram.shown_to(CHAT) == ["Terima kasih, jadwal layanan akan kami infokan."] and not telegram.said[CHAT], 20)
    database = Database(database_url)
    with database.read() as conn:
        assert conn.execute(text("SELECT count(*) FROM message")).scalar() == 2, "what was said stays with the hotline"
    database.close()
