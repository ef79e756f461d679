"""A stolen database or log tells nobody who reported whom, nor what: the running program's files are searched for what people wrote."""

from __future__ import annotations

import base64
import itertools
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
import sqlalchemy as sa
from twilio.request_validator import RequestValidator

from hotline.seal import Seal
from hotline.store.database import Database
from hotline.store.tables import metadata
from tests.support.postgres import Server
from tests.support.program import Program
from tests.support.provider import Provider, provider

TOKEN = "0123456789abcdef0123456789abcdef"
ACCOUNT = "AC" + "0" * 32
BOT = "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
SECRET_HEADER = "rahasia-untuk-pengujian"
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
    *("Rini Puspitasari", PHONE, PHONE[2:], str(CHAT), TOKEN, BOT, SECRET_HEADER),
]


@pytest.fixture
def peer() -> Iterator[Provider]:
    with provider() as fake:
        yield fake


@pytest.fixture
def program(tmp_path: Path, database_url: str, peer: Provider) -> Iterator[Program]:
    environment = {
        "TEDUH_PUBLIC_URL": "https://hotline.example.org",
        "TELEGRAM_BOT_TOKEN": BOT,
        "TELEGRAM_WEBHOOK_SECRET": SECRET_HEADER,
        "TELEGRAM_API_BASE_URL": peer.url,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_WHATSAPP_FROM": "whatsapp:+15550000000",
        "TWILIO_API_BASE_URL": peer.url,
    }
    program = Program(tmp_path, database_url, environment)
    program.start()
    yield program
    program.stop()


_numbers = itertools.count(1)


def whatsapp(program: Program, text: str, *, signed: bool = True) -> int:
    path, sid = "/webhooks/whatsapp/kendal", f"SM{next(_numbers):032x}"
    fields = {
        "MessageSid": sid,
        "AccountSid": ACCOUNT,
        "From": f"whatsapp:+{PHONE}",
        "To": "whatsapp:+15550000000",
        "Body": text,
        "NumMedia": "0",
        "WaId": PHONE,
        "ProfileName": "Rini Puspitasari",
    }
    signature = RequestValidator(TOKEN if signed else "another").compute_signature("https://hotline.example.org" + path, fields)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
    return program.request("POST", path, urlencode(fields).encode(), headers)[0]


def telegram(program: Program, text: str, *, secret: str = SECRET_HEADER) -> int:
    person = {"id": CHAT, "is_bot": False, "first_name": "Rini", "last_name": "Puspitasari", "username": "RiniPuspitasari"}
    number = next(_numbers)
    message = {"message_id": number, "date": 1_790_000_000, "chat": {"id": CHAT, "type": "private"}, "from": person, "text": text}
    update = json.dumps({"update_id": number, "message": message}).encode()
    headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret}
    return program.request("POST", "/webhooks/telegram/kendal", update, headers)[0]


def until(true: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def an_evening(program: Program, peer: Provider) -> list[str]:
    """Two people report, callers without the key try, the providers refuse for a while; all that the program answered over HTTP."""
    assert {whatsapp(program, words) for words in WORDS} == {200}
    assert {telegram(program, words) for words in WORDS} == {200}
    assert whatsapp(program, WORDS[1], signed=False) == telegram(program, WORDS[1], secret="wrong") == 403
    until(lambda: {str(CHAT), f"whatsapp:+{PHONE}"} <= {f.get("To") or f.get("chat_id") for f in peer.sent})
    peer.refuses = True
    assert whatsapp(program, "MENU Kusumawardhani") == telegram(program, "MENU Kusumawardhani") == 200
    until(lambda: "63013" in program.log or "refused" in program.log.lower() or len(attempts(program)) >= 2)
    broken = json.dumps({"update_id": "Kusumawardhani", "message": ["Kusumawardhani"]}).encode()
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET_HEADER}
    pages = [program.request("POST", "/webhooks/telegram/kendal", broken, headers)[1], program.request("GET", "/metrics")[1]]
    return [*pages, *(program.request("GET", path)[1] for path in ("/Kusumawardhani", "/panel/?q=Kusumawardhani", "/health/ready"))]


def attempts(program: Program) -> list[tuple[str, str]]:
    """The tries that did not succeed."""
    database = Database(program.database_url)
    try:
        with database.read() as connection:
            rows = connection.execute(sa.text("SELECT outcome, detail FROM attempt WHERE outcome <> 'sent'")).all()
            return [(outcome, detail) for outcome, detail in rows]
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
    request: pytest.FixtureRequest, program: Program, peer: Provider, database_url: str, seal: Seal
) -> None:
    pages = an_evening(program, peer)
    sqlite = database_url.startswith("sqlite")
    running = sqlite_files(database_url) if sqlite else b""
    program.stop()
    stored = sqlite_files(database_url) if sqlite else postgresql_rows(request.getfixturevalue("postgres_server"), database_url)

    assert len(stored) > 10_000
    assert found(SECRETS, running + stored) == []
    assert found(SECRETS, program.log.encode()) == []
    assert found(SECRETS, "".join(pages).encode()) == []

    # With the key it is all there: nothing was merely thrown away.
    assert {"Kusumawardhani", "Suprapto"} <= set(found(SECRETS, opened(database_url, seal).encode()))


def opened(database_url: str, seal: Seal) -> str:
    """All messages, unsealed."""
    database = Database(database_url)
    with database.read() as connection:
        rows = connection.execute(sa.text("SELECT id, body_sealed FROM message")).all()
    database.close()
    return "".join(seal.open(body, "message", id_, "body") for id_, body in rows)


@pytest.mark.parametrize(
    "dress", [str.encode, lambda s: s.encode("utf-16-le"), lambda s: b"x" + base64.b64encode(b"ab" + s.encode() + b"c")]
)
def test_the_search_finds_a_secret_in_any_dress(dress: Callable[[str], bytes]) -> None:
    assert "Kusumawardhani" in found(SECRETS, b"\x00\x01" + dress("nama: Kusumawardhani, 8 tahun") + b"\xff")
