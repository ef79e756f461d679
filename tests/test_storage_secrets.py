"""A stolen database or log tells nobody who reported whom, nor what: the running program's files are searched for what people wrote."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
import sqlalchemy as sa

from hotline.seal import Seal
from hotline.store.database import Database
from hotline.store.tables import metadata
from tests.channels import twilio_calls
from tests.channels.fakes import FakeTelegram, FakeTwilio, Fault
from tests.channels.serving import TWILIO_TOKEN, eventually
from tests.channels.whole import running
from tests.support.postgres import Server
from tests.support.program import KEY, Program

BOT_TOKEN = "123456789:" + "A" * 35
PHONE, CHAT = "6281398765432", 7_712_345_678
WORDS = [
    "Assalamualaikum Bu Wulandari",
    "Melati Kusumawardhani dipukul ayahnya dengan ikat pinggang",
    "rumahnya di belakang Toko Cendrawasih, dekat jembatan Kalibodri",
    "wali kelasnya Pak Hendrawan, nomor 0813-5555-7788",
    "ya",
    "1",
    "2",
    "tolong jangan bilang pada Suprapto",
]
SECRETS = [
    *("Wulandari", "Kusumawardhani", "ikat pinggang", "Cendrawasih", "Kalibodri", "Hendrawan", "0813-5555-7788", "Suprapto"),
    *("Puspitasari", PHONE, PHONE[2:], str(CHAT), TWILIO_TOKEN, BOT_TOKEN, KEY),
]


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


def whatsapp_says(twilio: FakeTwilio, text: str) -> int:
    return twilio.say(text, sender=f"whatsapp:+{PHONE}", WaId=PHONE, ProfileName="Rini Puspitasari")


def telegram_says(telegram: FakeTelegram, text: str) -> None:
    person = {"id": CHAT, "is_bot": False, "first_name": "Rini", "last_name": "Puspitasari", "username": "RiniPuspitasari"}
    telegram.say(CHAT, text, **{"from": person})


def an_evening(program: Program, telegram: FakeTelegram, twilio: FakeTwilio) -> list[str]:
    """Two people report, somebody without the key tries, the providers refuse; all that strangers were answered over HTTP."""
    for words in WORDS:
        telegram_says(telegram, words)
        assert whatsapp_says(twilio, words) == 200
    eventually(lambda: len(telegram.shown_to(CHAT)) >= len(WORDS) and len(twilio.shown_to(f"whatsapp:+{PHONE}")) >= len(WORDS), 30)
    words = f"cannot send 'Kusumawardhani dipukul' to +{PHONE} or {CHAT}"
    telegram.always(Fault(status=400, body={"ok": False, "error_code": 400, "description": words}))
    twilio.always(Fault(status=400, body={"code": 63013, "message": words, "status": 400}))
    telegram_says(telegram, "MENU, kata Suprapto")
    assert whatsapp_says(twilio, "MENU, kata Suprapto") == 200
    eventually(lambda: {channel for channel, _ in refusals(program)} == {"telegram", "whatsapp"}, 30)
    fields = twilio_calls.message(Body="Kusumawardhani", From=f"whatsapp:+{PHONE}")
    forged = twilio_calls.headers(fields, token="another")
    assert program.request("POST", twilio_calls.MESSAGE_PATH, twilio_calls.body(fields), forged)[0] == 403
    broken = json.dumps({"Kusumawardhani": ["Kusumawardhani"]}).encode()
    pages = [program.request("POST", path, broken)[1] for path in ("/webhooks/telegram/kendal", "/webhooks/whatsapp/kendal")]
    return [*pages, *(program.request("GET", path)[1] for path in ("/metrics", "/Kusumawardhani", "/panel/?q=Kusumawardhani"))]


def refusals(program: Program) -> list[tuple[str, str]]:
    """The tries that did not succeed: channel and outcome."""
    query = "SELECT o.channel, a.outcome FROM attempt a JOIN outbox o ON o.id = a.outbox_id WHERE a.outcome <> 'sent'"
    database = Database(program.database_url)
    try:
        with database.read() as connection:
            return [(channel, outcome) for channel, outcome in connection.execute(sa.text(query)).all()]
    finally:
        database.close()


def found(secrets: list[str], data: bytes) -> list[str]:
    """The secrets that these bytes hold in any usual dress."""
    low = data.lower()
    return [secret for secret in secrets if any(form.lower() in low for form in forms(secret))]


def forms(secret: str) -> list[bytes]:
    raw = secret.encode()
    # base64 depends on where in a group of three the text begins; its ends depend on the neighbours.
    shifted = [base64.b64encode(b"\0" * shift + raw)[4 if shift else 0 : -4] for shift in range(3)]
    return [raw, secret.encode("utf-16-le"), raw.hex().encode(), urlencode({"": secret})[1:].encode(), *shifted]


def sqlite_files(database_url: str) -> bytes:
    path = Path(database_url.removeprefix("sqlite:///"))
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(path.name + "*")))


def postgresql_rows(server: Server, database_url: str) -> bytes:
    name = re.search(r"/(\w+)\?", database_url)
    assert name is not None
    with psycopg.connect(server.dsn(name[1])) as connection, connection.cursor() as cursor:
        copied = b""
        for table in metadata.tables:
            with cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copy:  # type: ignore[arg-type]
                copied += b"".join(bytes(block) for block in copy)
    return copied


def test_neither_database_nor_log_nor_page_holds_what_people_wrote(
    request: pytest.FixtureRequest, program: Program, telegram: FakeTelegram, twilio: FakeTwilio, database_url: str, seal: Seal
) -> None:
    pages = an_evening(program, telegram, twilio)
    sqlite = database_url.startswith("sqlite")
    running = sqlite_files(database_url) if sqlite else b""
    program.stop()
    stored = sqlite_files(database_url) if sqlite else postgresql_rows(request.getfixturevalue("postgres_server"), database_url)

    assert len(stored) > 10_000
    assert found(SECRETS, running + stored) == []
    assert found(SECRETS, program.log.encode()) == []
    assert found(SECRETS, "".join(pages).encode()) == []

    # With the key it is all there, in messages and in cases: nothing was merely thrown away.
    assert {"Kusumawardhani", "Suprapto"} <= set(found(SECRETS, opened(database_url, seal, "message").encode()))
    assert "Kusumawardhani" in opened(database_url, seal, "case_event")


def opened(database_url: str, seal: Seal, table: str) -> str:
    """All bodies of a table, unsealed."""
    database = Database(database_url)
    with database.read() as connection:
        rows = connection.execute(sa.text(f"SELECT id, body_sealed FROM {table}")).all()
    database.close()
    return "".join(seal.open(body, table, id_, "body") for id_, body in rows)


@pytest.mark.parametrize(
    "dress", [str.encode, lambda s: s.encode("utf-16-le"), lambda s: b"x" + base64.b64encode(b"ab" + s.encode() + b"c")]
)
def test_the_search_finds_a_secret_in_any_dress(dress: Callable[[str], bytes]) -> None:
    assert "Kusumawardhani" in found(SECRETS, b"\x00\x01" + dress("nama: Kusumawardhani, 8 tahun") + b"\xff")
