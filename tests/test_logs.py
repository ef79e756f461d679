"""Logs: planted secrets and people's words never come out, whoever logs them and however; what is needed to find an error does."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import logging
import threading
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import structlog
from hypothesis import example, given
from hypothesis import strategies as st

from hotline import logs
from hotline.redaction import GONE, LONGEST, Redaction
from hotline.settings import Settings, load_settings

TOKEN = "7012345678:" + "AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"  # split, so that no search for secrets stops at it
STORY = "bapak memukul saya tadi malam"
ENV = {
    "TEDUH_SECRET_KEY": base64.b64encode(bytes(range(32))).decode(),
    "TEDUH_DATABASE_URL": "postgresql://teduh:sandi-basis-data@127.0.0.1/teduh",
    "TELEGRAM_BOT_TOKEN": TOKEN,
    "TELEGRAM_WEBHOOK_SECRET": "rahasia_webhook",
    "TWILIO_ACCOUNT_SID": "AC" + "ab" * 16,
    "TWILIO_AUTH_TOKEN": "Bukan-Heksadesimal",
    "TWILIO_WHATSAPP_FROM": "whatsapp:+6281200000001",
}
PLANTED = [
    TOKEN,
    ENV["TEDUH_SECRET_KEY"].rstrip("="),
    "sandi-basis-data",
    "rahasia_webhook",
    "Bukan-Heksadesimal",
    "6281200000001",
    "+62 812-3456-7890",
    "0812 3456 7890",
    "(024) 8412 3456",
    "3324012345678901",
    "482 177 359",
    "whatsapp:ID.4566abc",
    "siti@contoh.id",
    "0123456789abcdef0123456789abcdef",
]


class Captured:
    """What was logged so far."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load_settings(ENV)


@pytest.fixture
def captured(settings: Settings) -> Iterator[Captured]:
    """Logging as the program sets it up, into memory; afterwards as it was."""
    root, level = logging.getLogger(), logging.getLogger().level
    handlers, hook = root.handlers[:], threading.excepthook
    capture = Captured()
    logs.configure(settings, capture.stream)
    yield capture
    logging.captureWarnings(False)
    root.handlers[:], threading.excepthook = handlers, hook
    root.setLevel(level)
    structlog.reset_defaults()


def _ours(text: str) -> None:
    structlog.get_logger("hotline.test").warning("something happened", detail=text, many=[text, {"deep": text}])


def _library_values(text: str) -> None:
    logging.getLogger("some.library").warning("refused %s for %s", text, {"to": text})


def _library_sentence(text: str) -> None:
    logging.getLogger("some.library").error(f"failed: {text}")


def _library_object(text: str) -> None:
    logging.getLogger("some.library").error(ValueError(text))


def _broken_template(text: str) -> None:
    # Given to our handler alone: the test runner's own handler would raise.
    record = logging.LogRecord("some.library", logging.ERROR, __file__, 1, "only %d", (text,), None)
    for handler in logging.getLogger().handlers:
        if handler.formatter and isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter):
            handler.handle(record)


def _exception(text: str) -> None:
    words = text
    try:
        try:
            raise KeyError(words)
        except KeyError as error:
            raise RuntimeError(words) from error
    except RuntimeError as error:
        error.add_note(words)
        structlog.get_logger("hotline.test").exception("turn failed")
        logging.getLogger("some.library").exception("turn failed")


def _error_as_value(text: str) -> None:
    structlog.get_logger("hotline.test").error("turn failed", error=ValueError(text), body=text.encode())


def _server(text: str) -> None:
    try:
        raise ValueError(text)
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")


def _thread(text: str) -> None:
    def fail() -> None:
        raise ValueError(text)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


def _lost_task(text: str) -> None:
    async def fail() -> None:
        raise ValueError(text)

    def callback(_: str) -> None:
        raise ValueError(text)

    async def main() -> None:
        task = asyncio.create_task(fail())
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_soon(callback, text)
        await asyncio.sleep(0)
        del task

    asyncio.run(main())


def _warning(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn(text, UserWarning, stacklevel=1)


WAYS: list[Callable[[str], None]] = [
    _library_values,
    _library_sentence,
    _library_object,
    _broken_template,
    _exception,
    _error_as_value,
    _server,
    _thread,
    _lost_task,
    _warning,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_a_person_wrote_does_not_come_out_whoever_logs_it(
    captured: Captured,
    capsys: pytest.CaptureFixture[str],
    way: Callable[[str], None],
) -> None:
    way(STORY)
    assert captured.lines, "something must be logged, or the test shows nothing"
    assert STORY not in captured.text
    assert STORY not in "".join(capsys.readouterr())


@pytest.mark.parametrize("secret", PLANTED)
@pytest.mark.parametrize("way", [_ours, *WAYS], ids=lambda way: way.__name__)
def test_a_planted_secret_does_not_come_out(captured: Captured, way: Callable[[str], None], secret: str) -> None:
    way(f"kirim ke {secret}: gagal")
    assert captured.lines
    assert secret not in captured.text


@given(st.text(max_size=30), st.sampled_from(PLANTED), st.text(max_size=30), st.sampled_from([" ", "/", "=", '"', "\n", ": "]))
@example("https://api.telegram.org/bot", TOKEN, "/getMe", "")
def test_no_surroundings_hide_a_secret(before: str, secret: str, after: str, glue: str) -> None:
    shown = Redaction(logs.secrets_of(load_settings(ENV)))({"a": [before + glue + secret + glue + after]})
    assert secret not in repr(shown)


@given(st.integers(10**8, 10**15), st.sampled_from([" ", "-", ".", "", " - "]), st.integers(2, 4))
def test_a_number_is_struck_out_however_it_is_grouped(number: int, separator: str, size: int) -> None:
    digits = str(number)
    grouped = separator.join(digits[i : i + size] for i in range(0, len(digits), size))
    shown = str(Redaction()(f"telp {grouped} ya"))
    assert shown.startswith("telp ") and shown.endswith(" ya") and GONE in shown
    assert not any(character.isdigit() for character in shown)


SIMPLE = st.none() | st.integers() | st.text() | st.binary() | st.dates()


@given(st.recursive(SIMPLE, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_value_can_be_logged(value: object) -> None:
    json.dumps(Redaction()(value))


def test_the_token_in_a_client_s_own_log_line_stays_inside(captured: Captured) -> None:
    logging.getLogger("httpx").setLevel(logging.INFO)
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200))) as client:
        client.get(f"https://api.telegram.org/bot{TOKEN}/getMe")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    assert captured.lines
    assert "AAEhBOweik6" not in captured.text


def test_an_error_keeps_its_types_and_places(captured: Captured) -> None:
    _exception("x")
    line = captured.lines[0]
    assert line["error"] == "RuntimeError < KeyError"
    assert line["at"][-1].startswith("tests/test_logs.py:")
    assert (line["event"], line["level"], line["logger"]) == ("turn failed", "error", "hotline.test")


def test_ids_and_plain_words_stay(captured: Captured) -> None:
    structlog.get_logger("hotline.test").info("sent", outbox=58_123_456_789_012, channel="whatsapp", took=0.25, host="127.0.0.1")
    line = captured.lines[0]
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "sent",
        "level": "info",
        "logger": "hotline.test",
        "outbox": 58_123_456_789_012,
        "channel": "whatsapp",
        "took": 0.25,
        "host": "127.0.0.1",
    }


def test_the_server_says_where_it_listens(captured: Captured) -> None:
    logging.getLogger("uvicorn.error").info("Uvicorn running on %s://%s:%d", "http", "127.0.0.1", 8000)
    assert captured.lines[0]["event"] == "Uvicorn running on http://127.0.0.1:8000"


@pytest.mark.parametrize("name", ["httpx", "sqlalchemy.engine", "telegram.Bot", "uvicorn.access", "aiohttp.access"])
def test_chatter_is_quiet(captured: Captured, name: str) -> None:
    logging.getLogger(name).info("GET %s", "/webhooks/telegram/kendal")
    assert captured.text == ""


def test_a_long_text_is_cut(captured: Captured) -> None:
    structlog.get_logger("hotline.test").info("long", detail="kata " * 1000)
    assert len(captured.lines[0]["detail"]) == LONGEST + len(GONE)


def test_the_readable_form_redacts_too(captured: Captured) -> None:
    stream = io.StringIO()
    logs.configure(load_settings({**ENV, "TEDUH_LOG": "console"}), stream)
    _exception(STORY)
    _ours(TOKEN)
    assert "turn failed" in stream.getvalue() and "RuntimeError < KeyError" in stream.getvalue()
    assert STORY not in stream.getvalue() and TOKEN not in stream.getvalue()
