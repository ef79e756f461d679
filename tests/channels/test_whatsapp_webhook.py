"""Twilio's calls at the WhatsApp door: real payloads as a table, receipts, and everything that must be refused."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.routing import BaseRoute

from hotline.messages import Incoming, Kind, Media, Place
from hotline.store.database import DatabaseUnavailable
from tests.channels import twilio_calls as twilio
from tests.channels.serving import PUBLIC_URL, Hotline, House, Reply, served, settings
from tests.channels.twilio_calls import MESSAGE_PATH, STATUS_PATH
from tests.support.clock import Clock
from webhooks import whatsapp
from webhooks.counts import Counts
from webhooks.wire import BODY_LIMIT

INTERACTIVE = {
    "MessageType": "interactive",
    "Body": "Ya",
    "ButtonPayload": "bahaya:ya",
    "ButtonText": "Ya",
    "ButtonType": "QUICK_REPLY",
    "ChannelMetadata": json.dumps({"type": "whatsapp", "data": {"context": {"ProfileName": "Ibu Guru", "WaId": "6281234567890"}}}),
    "ExternalUserId": "whatsapp:ID.4566778899",
    "OriginalRepliedMessageSid": "SM" + "9" * 32,
}
MEDIA = "https://api.twilio.com/2010-04-01/Accounts/AC0/Messages/MM1/Media/ME"
EXPECTED = Incoming(
    region="kendal",
    channel="whatsapp",
    sender="whatsapp:+6281234567890",
    message_id="SM" + "a1" * 16,
    received_at=Clock()(),
    text="Saya mau lapor",
)
TABLE = [
    ("a text", {}, {}),
    ("a text in many scripts", {"Body": "Tolong 😭\u200b مرحبا ꦲ 👨‍👩‍👧"}, {"text": "Tolong 😭\u200b مرحبا ꦲ 👨‍👩‍👧"}),
    ("ten thousand characters", {"Body": "aduh " * 2000}, {"text": "aduh " * 2000}),
    ("line breaks, plus and percent signs", {"Body": "a+b 100%\r\nc&d=e"}, {"text": "a+b 100%\r\nc&d=e"}),
    ("a sender without a number", {"From": "whatsapp:ID.4566778899", "WaId": ""}, {"sender": "whatsapp:ID.4566778899"}),
    ("a parameter Twilio added since", {"Suasana": "baru"}, {}),
    ("a tapped quick reply", INTERACTIVE, {"kind": Kind.CHOICE, "choice": "bahaya:ya", "text": "Ya"}),
    (
        "a picked list item",
        {"MessageType": "interactive", "Body": "Pagi", "ListId": "jam:08-12", "ListTitle": "Pagi hari"},
        {"kind": Kind.CHOICE, "choice": "jam:08-12", "text": "Pagi hari"},
    ),
    (
        "a photo with a caption",
        {"Body": "ini", "NumMedia": "1", "MediaUrl0": MEDIA, "MediaContentType0": "image/jpeg"},
        {"kind": Kind.MEDIA, "text": "ini", "media": (Media(reference=MEDIA, content_type="image/jpeg"),)},
    ),
    (
        "two files",
        {"Body": "", "NumMedia": "2", "MediaUrl0": MEDIA, "MediaContentType0": "audio/ogg", "MediaUrl1": MEDIA + "1"},
        {
            "kind": Kind.MEDIA,
            "text": "",
            "media": (Media(reference=MEDIA, content_type="audio/ogg"), Media(reference=MEDIA + "1", content_type="")),
        },
    ),
    ("a count of files that is none", {"NumMedia": "banyak"}, {}),
    ("files counted but not named", {"NumMedia": "99999999999999999999"}, {}),
    (
        "a location",
        {"MessageType": "location", "Body": "", "Latitude": "-6.9219", "Longitude": "110.2034", "Label": "Rumah"},
        {"kind": Kind.PLACE, "text": "", "place": Place(latitude=-6.9219, longitude=110.2034)},
    ),
    ("a location off the earth", {"Body": "", "Latitude": "nan", "Longitude": "500"}, {"kind": Kind.OTHER, "text": ""}),
    ("a location that is none", {"Body": "di sini", "Latitude": "utara", "Longitude": ""}, {"text": "di sini"}),
    ("something we cannot read", {"MessageType": "reaction", "Body": ""}, {"kind": Kind.OTHER, "text": ""}),
]


def _routes(hotline: Hotline, counts: Counts | None = None, **changed: object) -> list[BaseRoute]:
    return whatsapp.routes(accept=hotline.accept, receipt=hotline.receipt, settings=settings(**changed), counts=counts, clock=Clock())


@pytest.fixture(scope="module")
def open_house() -> Iterator[tuple[House, Hotline]]:
    hotline = Hotline()
    with served(_routes(hotline)) as house:
        yield house, hotline


@pytest.fixture
def house(open_house: tuple[House, Hotline]) -> House:
    return open_house[0]


@pytest.fixture
def hotline(open_house: tuple[House, Hotline]) -> Hotline:
    open_house[1].forget()
    return open_house[1]


def call(house: House, fields: twilio.Fields, path: str = MESSAGE_PATH, **signed: str) -> Reply:
    return house.send(path, twilio.body(fields), twilio.headers(fields, path, **signed))


@pytest.mark.parametrize(("label", "changed", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_a_payload_becomes_a_message(
    house: House,
    hotline: Hotline,
    label: str,
    changed: dict[str, str],
    expected: dict[str, Any],
) -> None:
    answer = call(house, twilio.message(**changed))
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, b"<Response/>", "text/xml")
    assert hotline.taken == [replace(EXPECTED, **expected)]


def test_the_new_signature_is_taken_and_its_region_kept(house: House, hotline: Hotline) -> None:
    fields, path = twilio.message(), "/webhooks/whatsapp/luwu-timur"
    assert call(house, fields, path, algorithm="HMAC_SHA256").status == 200
    assert [i.region for i in hotline.taken] == ["luwu-timur"]


def test_blank_and_repeated_fields_are_part_of_what_is_signed(house: House, hotline: Hotline) -> None:
    fields = [*twilio.message(ProfileName="").items(), ("Referral", "b"), ("Referral", "a"), ("Referral", "a")]
    assert call(house, fields).status == 200
    assert len(hotline.taken) == 1


def test_the_host_header_has_no_say_and_the_query_has(house: House, hotline: Hotline) -> None:
    fields = twilio.message()
    elsewhere = twilio.headers(fields) | {"Host": "penipu.example", "X-Forwarded-Host": "penipu.example"}
    assert house.send(MESSAGE_PATH, twilio.body(fields), elsewhere).status == 200
    for_penipu = twilio.headers(fields, base="https://penipu.example") | {"Host": "penipu.example"}
    assert house.send(MESSAGE_PATH, twilio.body(fields), for_penipu).status == 403
    path = MESSAGE_PATH + "?sumber=a%20b&kosong="
    assert call(house, twilio.message(MessageSid="SM2"), path).status == 200
    assert house.send(path, twilio.body(fields), twilio.headers(fields)).status == 403
    assert len(hotline.taken) == 2


def test_retry_settings_in_the_fragment_are_not_signed(hotline: Hotline) -> None:
    with served(_routes(hotline, public_url=PUBLIC_URL + "/#rc=5&rp=all")) as house:
        assert call(house, twilio.message()).status == 200


def test_a_redelivery_is_answered_like_the_first(hotline: Hotline) -> None:
    counts = Counts()
    with served(_routes(hotline, counts)) as house:
        assert [call(house, twilio.message()).status for _ in range(3)] == [200] * 3
    assert len(hotline.taken) == 1
    assert (counts["whatsapp", "taken"], counts["whatsapp", "again"]) == (1, 2)


def test_a_changed_missing_or_foreign_signature_is_refused_and_nothing_is_handed_on(house: House, hotline: Hotline) -> None:
    fields = twilio.message()
    good, body = twilio.headers(fields), twilio.body(fields)
    renamed = good | {"X-Twilio-Signature": twilio.signature(fields, PUBLIC_URL + MESSAGE_PATH, "HMAC_SHA256")}
    refused = [
        ("no signature", {k: v for k, v in good.items() if k != "X-Twilio-Signature"}, body),
        ("an empty one", good | {"X-Twilio-Signature": ""}, body),
        ("one that is no Base64", good | {"X-Twilio-Signature": "\xff\xfe"}, body),
        ("another account's", twilio.headers(fields, token="1" * 32), body),
        ("SHA-256 that does not say so", renamed, body),
        ("an unknown algorithm", good | {"X-Twilio-Webhooks-Signature-Settings": "key=a,algorithm=HMAC_MD5"}, body),
        ("a changed body", good, body.replace(b"lapor", b"batal")),
        ("an added field", good, body + b"&ButtonPayload=hapus"),
        ("JSON in place of a form", good | {"Content-Type": "application/json"}, json.dumps(fields).encode()),
        ("multipart in place of a form", good | {"Content-Type": "multipart/form-data; boundary=x"}, b"--x\r\n\r\n--x--"),
    ]
    for label, headers, sent in refused:
        assert house.send(MESSAGE_PATH, sent, headers).status == 403, label
    assert house.send(STATUS_PATH, body, good).status == 403, "signed for another path"
    assert hotline.calls == 0 and not hotline.receipts


@pytest.mark.parametrize("missing", ["MessageSid", "From"])
def test_a_signed_form_without_its_own_fields_is_malformed(house: House, hotline: Hotline, missing: str) -> None:
    assert call(house, twilio.message(**{missing: ""})).status == 400
    assert hotline.calls == 0


@pytest.mark.parametrize("field", ["MessageSid", "From"])
def test_an_identifier_that_no_database_keeps_is_malformed(house: House, hotline: Hotline, field: str) -> None:
    assert call(house, twilio.message(**{field: "whatsapp:+62\0"})).status == 400
    told = {"MessageSid": "SM1", "MessageStatus": "failed", "ErrorCode": "63018"}
    for name in told:
        assert call(house, told | {name: "6\0"}, STATUS_PATH).status == 400
    assert hotline.calls == 0 and not hotline.receipts


@pytest.mark.parametrize("body", [b"\xff\xfeBody=\x80", b"a=&" * 2000], ids=["not UTF-8", "thousands of fields"])
def test_a_body_that_is_no_form_is_malformed(house: House, hotline: Hotline, body: bytes) -> None:
    assert house.send(MESSAGE_PATH, body, {"X-Twilio-Signature": "x"}).status == 400
    assert hotline.calls == 0


def test_a_body_over_the_limit_is_refused_announced_or_not(house: House, hotline: Hotline) -> None:
    big = b"Body=" + b"a" * BODY_LIMIT
    assert house.send(MESSAGE_PATH, big).status == 413
    chunk = b"a" * 65_536
    assert house.send(MESSAGE_PATH, (chunk for _ in range(BODY_LIMIT // len(chunk) + 1))).status == 413
    assert hotline.calls == 0
    assert call(house, twilio.message()).status == 200


def test_a_call_without_a_route_of_its_own(house: House, hotline: Hotline) -> None:
    assert call(house, twilio.message(), "/webhooks/whatsapp/tidak-ada").status == 404
    assert house.send(MESSAGE_PATH, method="GET").status == 405
    assert hotline.calls == 0


def test_without_a_token_the_route_does_not_exist(hotline: Hotline) -> None:
    assert _routes(hotline, twilio_auth_token="") == []


def test_a_database_that_is_away_is_told_and_the_next_try_is_taken(house: House, hotline: Hotline) -> None:
    hotline.away = DatabaseUnavailable()
    assert call(house, twilio.message()).status == 503
    assert call(house, {"MessageSid": "SM1", "MessageStatus": "sent"}, STATUS_PATH).status == 503
    hotline.away = None
    assert call(house, twilio.message()).status == 200
    assert len(hotline.taken) == 1 and not hotline.receipts


STATUSES = [
    ("delivered", {"MessageStatus": "delivered"}, ("delivered", "")),
    ("outside the window", {"MessageStatus": "undelivered", "ErrorCode": "63016"}, ("undelivered", "63016")),
    ("a status nobody knows yet", {"MessageStatus": "berubah_menjadi_sesuatu_yang_sangat_panjang"}, ("berubah_menjadi_sesuatu_", "")),
]


@pytest.mark.parametrize(("label", "changed", "expected"), STATUSES, ids=[row[0] for row in STATUSES])
def test_a_receipt_is_handed_on(
    house: House,
    hotline: Hotline,
    label: str,
    changed: dict[str, str],
    expected: tuple[str, str],
) -> None:
    fields = {"MessageSid": "SM" + "b2" * 16, "SmsStatus": "sent", "ChannelToAddress": "+628123456XXXX"} | changed
    assert call(house, fields, STATUS_PATH).status == 200
    assert hotline.receipts == [("whatsapp", "SM" + "b2" * 16, *expected, Clock()())]


def test_a_receipt_at_the_door_for_messages_is_no_person(house: House, hotline: Hotline) -> None:
    fields = {"MessageSid": "SM" + "b2" * 16, "From": str(settings().twilio_whatsapp_from), "MessageStatus": "delivered"}
    assert call(house, fields).status == 200
    assert not hotline.taken and [told[2] for told in hotline.receipts] == ["delivered"]


def test_a_receipt_without_a_status_is_malformed(house: House, hotline: Hotline) -> None:
    assert call(house, {"MessageSid": "SM1"}, STATUS_PATH).status == 400
    assert not hotline.receipts


def test_nothing_of_a_call_is_logged(house: House, hotline: Hotline, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    call(house, twilio.message(Body="rahasia-sekali"))
    house.send(MESSAGE_PATH, urlencode(twilio.message(Body="rahasia-sekali")).encode(), {"X-Twilio-Signature": "x"})
    hotline.away = DatabaseUnavailable()
    call(house, twilio.message(Body="rahasia-sekali"))
    assert hotline.calls == 2
    for word in ("rahasia-sekali", "6281234567890", "Ibu Guru"):
        assert word not in caplog.text
