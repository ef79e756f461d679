"""The simulator's endpoints: a message posted is durable and worked once, and what is shown is what was sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.simulator.entries import incoming
from bot.simulator.page import HEADERS
from bot.simulator.phone import NoSuchPhone, phone
from bot.simulator.stream import Look, events
from hotline.messages import SIMULATED_WHATSAPP, Kind, Outgoing
from hotline.seal import Seal
from hotline.store import silence, transcript
from hotline.store.database import Database, DatabaseUnavailable
from hotline.times import to_us
from tests.channels.serving import House
from tests.simulator.talker import Talker
from tests.support.clock import Clock

TELEGRAM, WHATSAPP = "telegram.kendal.a1b2", "whatsapp.kendal.a1b2"
JSON = {"Content-Type": "application/json"}


def post(house: House, phone_id: str, path: str = "messages", **body: Any) -> tuple[int, Any]:
    reply = house.send(f"/simulator/phones/{phone_id}/{path}", json.dumps(body).encode(), JSON)
    return reply.status, json.loads(reply.body) if reply.status == 200 else None


def history(house: House, phone_id: str) -> list[dict[str, Any]]:
    return json.loads(house.send(f"/simulator/phones/{phone_id}/messages", method="GET").body)


def test_a_message_is_worked_once_however_often_it_is_delivered(house: House, talker: Talker) -> None:
    assert post(house, TELEGRAM, id="pesan-1", text="halo") == (200, {"worked": True})
    assert post(house, TELEGRAM, id="pesan-1", text="halo") == (200, {"worked": False})
    assert [i.text for i in talker.heard] == ["halo"]
    assert [(e["mine"], e["text"]) for e in history(house, TELEGRAM)] == [
        (True, "halo"),
        (False, "Apakah ada yang sedang dalam bahaya sekarang?"),
    ]


def test_the_same_message_id_on_another_phone_is_another_message(house: House, talker: Talker) -> None:
    assert post(house, TELEGRAM, id="pesan-1", text="halo") == (200, {"worked": True})
    assert post(house, WHATSAPP, id="pesan-1", text="halo") == (200, {"worked": True})
    assert {(i.channel, i.sender) for i in talker.heard} == {("sim-telegram", "a1b2"), ("sim-whatsapp", "a1b2")}


def test_telegram_has_buttons_and_whatsapp_numbers(sqlite_house: House) -> None:
    for phone_id in (TELEGRAM, WHATSAPP):
        post(sqlite_house, phone_id, id="pesan-1", text="halo")
    telegram, whatsapp = history(sqlite_house, TELEGRAM)[-1], history(sqlite_house, WHATSAPP)[-1]
    assert telegram["rows"] == [[["1.R1.ya", "Ya"], ["1.R1.tidak", "Tidak"], ["1.R1.tidak_tahu", "Tidak tahu"]]]
    assert whatsapp["rows"] == []
    assert whatsapp["text"].endswith("\n\n1. Ya\n2. Tidak\n3. Tidak tahu")


def test_a_tapped_button_says_its_label(house: House, talker: Talker) -> None:
    post(house, TELEGRAM, id="pesan-1", text="halo")
    assert post(house, TELEGRAM, id="pesan-2", kind="choice", token="1.R1.tidak")[0] == 200
    assert (talker.heard[-1].kind, talker.heard[-1].choice, talker.heard[-1].text) == (Kind.CHOICE, "1.R1.tidak", "")
    shown = [e for e in history(house, TELEGRAM) if e["mine"]][-1]
    assert (shown["kind"], shown["token"], shown["text"]) == ("choice", "1.R1.tidak", "Tidak")


def test_a_long_answer_comes_in_the_pieces_the_messenger_would_get(sqlite_house: House) -> None:
    for phone_id, limit, pieces in ((TELEGRAM, 4096, 2), (WHATSAPP, 1600, 4)):
        post(sqlite_house, phone_id, id="pesan-1", text="panjang")
        told = [e for e in history(sqlite_house, phone_id) if not e["mine"]]
        assert len(told) == pieces
        assert all(0 < len(e["text"]) <= limit for e in told)
        assert " ".join(e["text"] for e in told).split() == ["kata"] * 1000
        assert len({e["id"] for e in told}) == pieces


@pytest.mark.parametrize("kind", ["media", "place", "other"])
def test_attachments_arrive_as_what_they_are(sqlite_house: House, sqlite_talker: Talker, kind: str) -> None:
    assert post(sqlite_house, WHATSAPP, id="lampiran-1", kind=kind) == (200, {"worked": True})
    heard = sqlite_talker.heard[-1]
    assert (heard.kind, bool(heard.media), heard.place is not None) == (Kind(kind), kind == "media", kind == "place")
    assert history(sqlite_house, WHATSAPP)[0]["kind"] == kind


@pytest.mark.parametrize(
    "text", ["anak 🧒🏽 takut 👨‍👩‍👧", "مرحبا \u202eabc", "a\u200bb\ufeffc", "ya\nsudah", "x" * 10_000, "<script>alert(1)</script>"]
)
def test_whatever_is_written_survives(sqlite_house: House, sqlite_talker: Talker, text: str) -> None:
    assert post(sqlite_house, WHATSAPP, id="pesan-1", text=text)[0] == 200
    assert sqlite_talker.heard[-1].text == text
    assert history(sqlite_house, WHATSAPP)[0]["text"] == text


def test_only_what_was_sent_is_shown(house: House, talker: Talker) -> None:
    post(house, WHATSAPP, id="pesan-1", text="diam")
    talker.queue(SIMULATED_WHATSAPP, "kendal", "a1b2", Outgoing(text="belum dikirim"))
    assert [e["text"] for e in history(house, WHATSAPP)] == ["diam"]


def test_a_push_is_marked(house: House, talker: Talker) -> None:
    post(house, WHATSAPP, id="pesan-1", text="halo")
    talker.push(SIMULATED_WHATSAPP, "kendal", "a1b2", Outgoing(text="Info layanan: ada pembaruan untuk kode 482 177 359."))
    assert [e["push"] for e in history(house, WHATSAPP) if not e["mine"]] == [False, True]


def test_silence_lets_a_running_story_fall_quiet_now(house: House, talker: Talker, database: Database, seal: Seal, clock: Clock) -> None:
    assert post(house, WHATSAPP, "silence") == (200, {"story": False})
    post(house, WHATSAPP, id="pesan-1", text="halo")
    assert post(house, WHATSAPP, "silence") == (200, {"story": False})
    talker.story_until(SIMULATED_WHATSAPP, "kendal", "a1b2", to_us(clock()) + 60_000_000)
    assert post(house, WHATSAPP, "silence") == (200, {"story": True})
    assert talker.quiet_at(SIMULATED_WHATSAPP, "kendal", "a1b2") == silence.AT_ONCE


def test_phones_that_wrote_are_offered_to_a_new_browser_last_first(house: House, clock: Clock) -> None:
    assert json.loads(house.send("/simulator/phones", method="GET").body) == []
    for phone_id in (TELEGRAM, WHATSAPP):
        post(house, phone_id, id="pesan-1", text="halo")
        clock.shift(minutes=1)
    assert json.loads(house.send("/simulator/phones", method="GET").body) == [
        {"id": WHATSAPP, "app": "whatsapp", "region": "kendal"},
        {"id": TELEGRAM, "app": "telegram", "region": "kendal"},
    ]


@pytest.mark.parametrize(
    ("path", "body", "headers", "status"),
    [
        (f"phones/{TELEGRAM}/messages", b'{"id":"pesan-1","text":"halo"}', {"Content-Type": "text/plain"}, 415),
        (f"phones/{TELEGRAM}/silence", b"{}", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        (f"phones/{TELEGRAM}/messages", b"{", JSON, 400),
        (f"phones/{TELEGRAM}/messages", b"[" * 100_000, JSON, 400),
        (f"phones/{TELEGRAM}/messages", b"\xff\xfe", JSON, 400),
        (f"phones/{TELEGRAM}/messages", b"[]", JSON, 400),
        (f"phones/{TELEGRAM}/messages", b"{}", JSON, 400),
        (f"phones/{TELEGRAM}/messages", b'{"id":"pesan-1","text":""}', JSON, 400),
        (f"phones/{TELEGRAM}/messages", b'{"id":"pesan-1","text":5}', JSON, 400),
        (f"phones/{TELEGRAM}/messages", b'{"id":"pesan-1","kind":"choice"}', JSON, 400),
        (f"phones/{TELEGRAM}/messages", b'{"id":"pesan-1","kind":[]}', JSON, 400),
        (f"phones/{TELEGRAM}/messages", b'{"id":"../x","text":"halo"}', JSON, 400),
        (f"phones/{TELEGRAM}/messages", b'{"id":"pesan-1","text":"' + b"a" * 1_000_001 + b'"}', JSON, 413),
        ("phones/telegram.lain.a1/messages", b'{"id":"pesan-1","text":"halo"}', JSON, 404),
        ("phones/sms.kendal.a1/messages", b'{"id":"pesan-1","text":"halo"}', JSON, 404),
    ],
)
def test_what_cannot_be_a_message_is_refused(
    sqlite_house: House, sqlite_talker: Talker, path: str, body: bytes, headers: dict[str, str], status: int
) -> None:
    assert sqlite_house.send(f"/simulator/{path}", body, headers).status == status
    assert sqlite_talker.heard == []


def test_an_unavailable_database_is_said_so_and_nothing_is_kept(sqlite_house: House, sqlite_talker: Talker) -> None:
    sqlite_talker.away = True
    assert post(sqlite_house, TELEGRAM, id="pesan-1", text="halo")[0] == 503
    sqlite_talker.away = False
    assert history(sqlite_house, TELEGRAM) == []


@pytest.mark.parametrize("path", ["/simulator", "/simulator/", "/simulator/static/simulator.js", "/simulator/static/phone.css"])
def test_page_and_parts_carry_the_strict_headers(sqlite_house: House, path: str) -> None:
    reply = sqlite_house.send(path, method="GET")
    assert reply.status == 200
    assert {name: reply.headers.get(name.lower()) for name in HEADERS} == HEADERS
    assert "'unsafe" not in HEADERS["Content-Security-Policy"]


def test_the_page_needs_nothing_from_elsewhere(sqlite_house: House) -> None:
    static = Path(__file__).parents[2] / "bot" / "simulator" / "static"
    texts = [sqlite_house.send("/simulator", method="GET").body.decode(), *(p.read_text() for p in sorted(static.iterdir()))]
    for text in texts:
        assert "https://" not in text
        assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "onclick" not in texts[0] and "style=" not in texts[0] and "<style" not in texts[0]


def test_the_page_warns_that_it_is_a_simulator(sqlite_house: House) -> None:
    assert "Ini simulator." in sqlite_house.send("/simulator", method="GET").body.decode()


def test_the_page_speaks_english_on_request(sqlite_house: House) -> None:
    page = sqlite_house.send("/simulator?lang=en", method="GET").body.decode()
    assert '<html lang="en">' in page and "This is a simulator." in page and "Ini simulator." not in page
    assert '<html lang="id">' in sqlite_house.send("/simulator?lang=xx", method="GET").body.decode()


def test_a_phone_s_id_leads_back_to_it() -> None:
    assert phone(TELEGRAM, ["kendal"]).id == TELEGRAM
    for wrong in ("telegram.kendal.", "telegram.kendal", "telegram.kendal.a b", "telegram.kendal.a1b2\n", ""):
        with pytest.raises(NoSuchPhone):
            phone(wrong, ["kendal"])


class Page:
    """Someone who listens to the stream until told to go."""

    def __init__(self) -> None:
        self.left = False

    async def gone(self) -> bool:
        return self.left


def read(chunk: str) -> tuple[str, Any]:
    """(event, data) of one server-sent event."""
    lines = dict(line.split(": ", 1) for line in chunk.strip().splitlines())
    return lines.get("event", "message"), json.loads(lines["data"])


def test_the_stream_tells_the_past_and_then_what_is_new(database: Database, seal: Seal, talker: Talker) -> None:
    here = phone(WHATSAPP, ["kendal"])

    async def listen() -> list[tuple[str, Any]]:
        await talker.accept(incoming(here, {"id": "pesan-1", "text": "halo"}, talker.now()))
        page, heard = Page(), []
        async for chunk in events(Look(database, seal, [here]), page.gone):
            heard.append(read(chunk))
            if heard[-1][0] == "ready":
                await talker.accept(incoming(here, {"id": "pesan-2", "text": "baik"}, talker.now()))
            page.left = len(heard) == 5
        return heard

    heard = asyncio.run(listen())
    assert [kind for kind, _ in heard] == ["message", "message", "ready", "message", "message"]
    assert [(data["mine"], data["text"].split("?")[0]) for kind, data in heard if kind == "message"] == [
        (True, "halo"),
        (False, "Apakah ada yang sedang dalam bahaya sekarang"),
        (True, "baik"),
        (False, "Terima kasih (text)."),
    ]


def test_the_stream_outlives_an_unavailable_database() -> None:
    answers: Iterator[Any] = iter([DatabaseUnavailable("x"), [{"id": "1"}]])

    def look() -> list[dict[str, Any]]:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def listen() -> list[str]:
        page, heard = Page(), []
        async for chunk in events(look, page.gone):
            heard.append(read(chunk)[0])
            page.left = len(heard) == 3
        return heard

    assert asyncio.run(listen()) == ["away", "message", "ready"]


def test_open_streams_end_when_the_server_stops(sqlite_house: House, sqlite_talker: Talker) -> None:
    sqlite_talker.closing = True
    reply = sqlite_house.send(f"/simulator/events?phone={TELEGRAM}&phone=unsinn", method="GET")
    assert (reply.status, reply.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")


def test_a_late_line_is_not_missed(database: Database, seal: Seal, talker: Talker) -> None:
    """A message freed after younger ones were sent still appears, though its place in the line is before theirs."""
    here = phone(WHATSAPP, ["kendal"])

    async def begin() -> None:
        await talker.accept(incoming(here, {"id": "pesan-1", "text": "diam"}, talker.now()))

    asyncio.run(begin())
    held = talker.queue(SIMULATED_WHATSAPP, "kendal", "a1b2", Outgoing(text="tertahan"))
    talker.push(SIMULATED_WHATSAPP, "kendal", "a1b2", Outgoing(text="lebih dulu"))
    look = Look(database, seal, [here])
    assert [e["text"] for e in look()] == ["diam", "lebih dulu"]
    talker.release(held)
    assert [e["text"] for e in look()] == ["tertahan"]
    assert look() == []
    with database.read() as conn:
        contact = transcript.contact_id(conn, seal, "kendal", SIMULATED_WHATSAPP, "a1b2")
        assert contact is not None and not transcript.under_way(conn, contact)
