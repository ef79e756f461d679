"""What goes out to WhatsApp, against a Twilio that checks it and goes wrong: text, numbers, pieces, the window and every failure."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping
from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.routing import BaseRoute

from bot.whatsapp import TwilioSender
from bot.whatsapp.failures import FAILURES, failure_of
from bot.whatsapp.http import _quoted
from hotline.deliver import Failure, NotSent
from hotline.messages import Option, Outgoing
from tests.channels.fake_twilio import ACCOUNT, refused
from tests.channels.fakes import DROPPED, NO_JSON, SLOW, TAKEN_THEN_DROPPED, FakeTwilio, Fault, down
from tests.channels.serving import TWILIO_TOKEN, Hotline, served, settings
from webhooks import whatsapp

PERSON = "whatsapp:+6281234567890"
HELLO = Outgoing(text="Halo. Ada yang bisa dibantu?")
DANGER = Outgoing(text="Apakah sedang dalam bahaya?", options=(Option("b:ya", "Ya"), Option("b:tidak", "Tidak")))
UPDATE = Outgoing(text="Info layanan: ada pembaruan untuk kode 482 177 359. Balas CEK bila sudah sempat.")
TEMPLATE, TWO_BUTTONS = "HX" + "1" * 32, "HX" + "2" * 32


@pytest.fixture
def api() -> Iterator[FakeTwilio]:
    with FakeTwilio() as api:
        yield api


def sent(
    api: FakeTwilio,
    *messages: Outgoing,
    address: str = PERSON,
    window_open: bool = True,
    choices: Mapping[int, str] | None = None,
    **changed: object,
) -> list[str]:
    """Send these one after the other; gives their ids."""
    house = settings(**{"twilio_api_base_url": api.url, "twilio_content_sid": TEMPLATE} | changed)

    async def send_all() -> list[str]:
        sender = TwilioSender.of(house, "kendal")
        if choices is not None:
            await sender.close()
            sender = TwilioSender(ACCOUNT, TWILIO_TOKEN, house.twilio_whatsapp_from, base_url=api.url, choices=choices)
        try:
            return [await sender.send(address, message, window_open=window_open) for message in messages]
        finally:
            await sender.close()

    return asyncio.run(send_all())


def test_a_message_leaves_from_the_number_of_its_region(api: FakeTwilio) -> None:
    numbers = (("kendal", "whatsapp:+15550000000"), ("luwu-timur", "whatsapp:+15550000001"))
    sent(api, Outgoing(text="a", region="luwu-timur"), Outgoing(text="b", region="kendal"), Outgoing(text="c"), twilio_senders=numbers)
    assert [m.fields["From"] for m in api.sent] == ["whatsapp:+15550000001", "whatsapp:+15550000000", "whatsapp:+15550000000"]
    assert "/luwu-timur/status" in api.sent[0].fields["StatusCallback"]


def failure(api: FakeTwilio, message: Outgoing = HELLO, **where: object) -> NotSent:
    with pytest.raises(NotSent) as caught:
        sent(api, message, **where)  # type: ignore[arg-type]
    return caught.value


def test_a_text_goes_out_with_our_sender_and_the_door_for_its_receipts(api: FakeTwilio) -> None:
    text = "Baca dulu ya: a+b 100% & 😊\nمرحبا"
    assert sent(api, Outgoing(text=text)) == [api.sent[0].sid]
    assert api.sent[0].fields == {
        "To": PERSON,
        "ValidityPeriod": "3600",
        "From": "whatsapp:+15550000000",
        "Body": text,
        "StatusCallback": "https://hotline.example.org/webhooks/whatsapp/kendal/status",
    }


def test_a_person_without_a_number_can_be_written_to(api: FakeTwilio) -> None:
    sent(api, HELLO, address="whatsapp:ID.4566778899")
    assert api.shown_to("whatsapp:ID.4566778899") == [HELLO.text]


def test_choices_are_numbered_lines(api: FakeTwilio) -> None:
    sent(api, DANGER)
    assert api.shown_to(PERSON) == ["Apakah sedang dalam bahaya?\n\n1. Ya\n2. Tidak"]


def test_a_number_that_means_something_by_itself_stands_before_its_choice_also_from_the_outbox(api: FakeTwilio) -> None:
    asked = Outgoing(text="Umurmu?", options=(Option("a", "5 tahun", 5), Option("b", "6-9 tahun", 6), Option("c", "Lewati")))
    sent(api, Outgoing.from_json(asked.to_json()))
    assert api.shown_to(PERSON) == ["Umurmu?\n\n5. 5 tahun\n6. 6-9 tahun\n- Lewati"]


def test_choices_are_buttons_where_a_template_for_their_number_is_configured(api: FakeTwilio) -> None:
    long_label = Outgoing(text="Siapa?", options=(Option("a", "Seseorang yang saya kenal"), Option("b", "Lain")))
    three = Outgoing(text="Kapan?", options=tuple(Option(f"k:{i}", str(i)) for i in range(3)))
    sent(api, DANGER, long_label, three, HELLO, choices={2: TWO_BUTTONS})
    first, *others = api.sent
    assert first.fields["ContentSid"] == TWO_BUTTONS and first.text == ""
    assert first.variables == {"1": DANGER.text, "2": "Ya", "3": "b:ya", "4": "Tidak", "5": "b:tidak"}
    assert [bool(m.text) for m in others] == [True] * 3


def test_a_long_text_goes_in_pieces_that_twilio_takes(api: FakeTwilio) -> None:
    long = Outgoing(text="Baris yang cukup panjang. 😀\n" * 200 + "Selesai.", options=DANGER.options)
    ids = sent(api, long)
    assert "\n".join(api.shown_to(PERSON)).replace("\n\n", "\n") == long.text + "\n1. Ya\n2. Tidak"
    assert len(api.sent) > 3 and ids == [api.sent[-1].sid]


def test_outside_the_window_only_the_template_goes_with_nothing_but_the_code(api: FakeTwilio) -> None:
    api.closed.add(PERSON)
    sent(api, UPDATE, Outgoing(text="Petugas: ayahnya sudah dipanggil polisi.", options=DANGER.options), window_open=False)
    assert [m.fields["ContentSid"] for m in api.sent] == [TEMPLATE] * 2
    assert [m.variables for m in api.sent] == [{"1": "482 177 359"}, {"1": "Anda"}]
    assert [m.text for m in api.sent] == ["", ""]


def test_outside_the_window_without_a_template_nothing_goes(api: FakeTwilio) -> None:
    assert failure(api, UPDATE, window_open=False, twilio_content_sid="").failure is Failure.WINDOW_CLOSED
    assert api.asked == 0


ALERT = Outgoing(text="DARURAT 482 177 359, Kec. Contoh", options=DANGER.options, alert=("482 177 359", "DARURAT", ""))


def test_outside_the_window_an_alert_rings_by_a_template_of_its_own_and_never_by_the_other(api: FakeTwilio) -> None:
    api.closed.add(PERSON)
    sent(api, Outgoing.from_json(ALERT.to_json()), window_open=False, twilio_alert_content_sid=TWO_BUTTONS)
    assert api.sent[0].fields["ContentSid"] == TWO_BUTTONS
    assert api.sent[0].variables == {"1": "482 177 359", "2": "DARURAT", "3": "-"}
    assert failure(api, ALERT, window_open=False).failure is Failure.WINDOW_CLOSED


def test_inside_the_window_an_alert_is_a_text_with_its_choices(api: FakeTwilio) -> None:
    sent(api, ALERT, twilio_alert_content_sid=TWO_BUTTONS)
    assert api.shown_to(PERSON) == ["DARURAT 482 177 359, Kec. Contoh\n\n1. Ya\n2. Tidak"]


FAULTS = [
    ("window closed by Twilio's clock", refused(400, 63016), Failure.WINDOW_CLOSED, None, "63016"),
    ("stopped", refused(400, 21610), Failure.BLOCKED, None, "21610"),
    ("blocked by the person", refused(400, 63014), Failure.BLOCKED, None, "63014"),
    ("invalid recipient", refused(400, 63024), Failure.NO_SUCH_CONTACT, None, "63024"),
    ("invalid To", refused(400, 21211), Failure.NO_SUCH_CONTACT, None, "21211"),
    ("too many requests", refused(429, 20429, seconds=7), Failure.BUSY, 7.0, "429"),
    ("too many without seconds", refused(429, 20429), Failure.BUSY, None, "429"),
    ("the channel's rate", refused(400, 63018), Failure.BUSY, None, "63018"),
    ("suspended account", refused(401, 20005), Failure.NOT_ALLOWED, None, "20005"),
    ("too long", refused(400, 21617), Failure.REFUSED, None, "21617"),
    ("empty template variable", refused(400, 63013), Failure.REFUSED, None, "63013"),
    ("an error nobody listed", refused(400, 21999), Failure.REFUSED, None, "21999"),
    (
        "the new form of an error",
        Fault(status=403, body={"type": "x", "title": "t", "status": 403, "code": 70051}),
        Failure.NOT_ALLOWED,
        None,
        "70051",
    ),
    ("bad gateway", down(502), Failure.PROVIDER_DOWN, None, "502"),
    ("internal error in JSON", refused(500, 20500), Failure.PROVIDER_DOWN, None, "20500"),
    ("connection cut", DROPPED, Failure.UNREACHABLE, None, ""),
    ("no JSON", NO_JSON, Failure.UNKNOWN, None, ""),
]


@pytest.mark.parametrize(("label", "fault", "reason", "wait", "detail"), FAULTS, ids=[row[0] for row in FAULTS])
def test_a_failure_has_its_reason(
    api: FakeTwilio,
    label: str,
    fault: Fault,
    reason: Failure,
    wait: float | None,
    detail: str,
) -> None:
    api.play(fault)
    error = failure(api)
    assert (error.failure, error.retry_after, error.detail) == (reason, wait, detail)
    assert api.sent == []
    sent(api, HELLO)
    assert api.shown_to(PERSON) == [HELLO.text]


def test_what_the_fake_itself_refuses(api: FakeTwilio) -> None:
    api.closed.add("whatsapp:+628111111")
    api.blocked.add(PERSON)
    assert failure(api, address="whatsapp:+628111111").failure is Failure.WINDOW_CLOSED
    assert failure(api).failure is Failure.BLOCKED
    assert failure(api, address="halo").failure is Failure.NO_SUCH_CONTACT
    assert failure(api, twilio_auth_token="salah").failure is Failure.NOT_ALLOWED
    assert failure(api, twilio_account_sid="AC" + "9" * 32).failure is Failure.NOT_ALLOWED
    assert failure(api, twilio_api_base_url="http://127.0.0.1:1").failure is Failure.UNREACHABLE


def test_a_cut_after_twilio_took_the_message_is_a_retry_so_nothing_is_lost(api: FakeTwilio) -> None:
    api.play(TAKEN_THEN_DROPPED)
    assert failure(api).failure.retry
    assert api.shown_to(PERSON) == [HELLO.text]


def test_an_answer_that_comes_too_late_is_unreachable(api: FakeTwilio) -> None:
    api.play(SLOW)

    async def send() -> None:
        sender = TwilioSender(ACCOUNT, TWILIO_TOKEN, "whatsapp:+15550000000", base_url=api.url, seconds=0.1)
        try:
            await sender.send(PERSON, HELLO, window_open=True)
        finally:
            await sender.close()

    with pytest.raises(NotSent) as caught:
        asyncio.run(send())
    assert caught.value.failure is Failure.UNREACHABLE


def test_error_numbers_of_receipts_mean_the_same() -> None:
    assert {code: failure_of(code) for code in FAILURES} == dict(FAILURES)
    assert failure_of(30008) is Failure.REFUSED


def _routes(hotline: Hotline) -> list[BaseRoute]:
    return whatsapp.routes(accept=hotline.accept, receipt=hotline.receipt, settings=settings())


def test_a_receipt_that_comes_before_the_create_call_returns_is_taken(api: FakeTwilio) -> None:
    hotline = Hotline()
    with served(_routes(hotline)) as house:
        api.hotline, api.early = house.url, ("sent", "delivered")
        sid = sent(api, HELLO)[0]
    assert [(r[1], r[2]) for r in hotline.receipts] == [(sid, "sent"), (sid, "delivered")]


def test_a_person_of_the_fake_is_heard_and_its_receipts_too(api: FakeTwilio) -> None:
    hotline = Hotline()
    with served(_routes(hotline)) as house:
        api.hotline = house.url
        assert (api.say("Saya mau lapor"), api.receipt("SM1", "undelivered", "63016")) == (200, 200)
    assert [i.text for i in hotline.taken] == ["Saya mau lapor"]
    assert hotline.receipts[0][2:4] == ("undelivered", "63016")


def test_neither_token_nor_text_nor_address_is_logged_or_raised(api: FakeTwilio, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = Outgoing(text="rahasia-sekali")
    sent(api, secret)
    for fault in (row[1] for row in FAULTS):
        api.play(fault)
        error = failure(api, secret)
        assert error.__cause__ is None and error.__suppress_context__
    for word in ("rahasia-sekali", TWILIO_TOKEN, "6281234567890"):
        assert word not in caplog.text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_written_as_the_library_writes_it(text: str) -> None:
    assert _quoted(text) == quote_plus(text)
    assert _quoted(text.encode()) == quote_plus(text.encode())
