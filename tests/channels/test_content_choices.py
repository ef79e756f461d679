"""Buttons and lists on WhatsApp where they are configured and fit; numbered lines everywhere else, and whenever they are refused."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.commands import channels
from bot.whatsapp import TwilioSender, content, templates
from bot.whatsapp.templates import ContentRefused
from hotline.deliver import Failure, NotSent
from hotline.messages import Option, Outgoing
from hotline.settings import SettingInvalid, load_settings
from hotline.store import outbox, receipts
from hotline.store.database import Database
from hotline.store.tables.sending import Outbox
from tests.channels.fake_twilio import ACCOUNT, FakeTwilio
from tests.channels.fakes import Fault
from tests.channels.serving import TWILIO_TOKEN, settings
from tests.peers.install import TWILIO_OPENAPI, peers, twilio_api
from tests.support.clock import Clock

_outbox = Outbox.__table__  # type: ignore[attr-defined]
SIDS = {n: f"HX{n:032x}" for n in range(1, 11)}
PERSON = "whatsapp:+6281234567890"


@pytest.fixture
def api() -> Iterator[FakeTwilio]:
    with FakeTwilio() as fake:
        yield fake


def asking(*labels: str, text: str = "Apakah ada bahaya sekarang?") -> Outgoing:
    return Outgoing(text=text, options=tuple(Option(f"1.R1.{i}", label) for i, label in enumerate(labels)))


def sent(api: FakeTwilio, message: Outgoing, choices: Mapping[int, str] = SIDS) -> str:
    async def send() -> str:
        sender = TwilioSender(ACCOUNT, TWILIO_TOKEN, "whatsapp:+15550000000", base_url=api.url, choices=choices)
        try:
            return await sender.send(PERSON, message, window_open=True)
        finally:
            await sender.close()

    return asyncio.run(send())


@pytest.mark.parametrize("count", range(1, 11))
def test_up_to_ten_choices_go_by_their_template(api: FakeTwilio, count: int) -> None:
    message = asking(*(f"Pilihan {i}" for i in range(count)))
    sent(api, message)
    [made] = api.sent
    assert made.fields["ContentSid"] == SIDS[count] and made.text == ""
    shown = [message.text, *(part for o in message.options for part in (o.label, o.token))]
    assert made.variables == {str(i): v for i, v in enumerate(shown, 1)}


@pytest.mark.parametrize(
    "message",
    [
        asking("Ya", "Tidak, kami aman sekarang"),  # 21 characters and more on a button
        asking("Ya", "Tidak", "Tidak tahu", "Pilihan yang panjangnya lebih"),  # more than 24 in a list
        asking(*(str(i) for i in range(11))),  # more than ten
        asking("Ya", "Ya"),  # WhatsApp wants labels that differ
        asking("Ya", "Tidak", text="a" * 1025),
        asking(),
    ],
    ids=["long button", "long item", "eleven", "twice the same", "long text", "none"],
)
def test_what_does_not_fit_goes_as_numbered_lines_and_is_never_cut(api: FakeTwilio, message: Outgoing) -> None:
    sent(api, message)
    assert all("ContentSid" not in m.fields for m in api.sent)
    said = "".join(api.shown_to(PERSON))
    assert all(f"{i}. {o.label}" in said for i, o in enumerate(message.options, 1))


def test_without_templates_everything_is_numbered(api: FakeTwilio) -> None:
    sent(api, asking("Ya", "Tidak"), choices={})
    assert api.shown_to(PERSON) == ["Apakah ada bahaya sekarang?\n\n1. Ya\n2. Tidak"]


def test_a_refused_template_becomes_numbered_lines_in_the_same_breath(api: FakeTwilio) -> None:
    api.refused_content.add(SIDS[2])
    sent(api, asking("Ya", "Tidak"))
    assert api.shown_to(PERSON) == ["Apakah ada bahaya sekarang?\n\n1. Ya\n2. Tidak"] and api.asked == 2


def test_a_blocked_phone_is_not_tried_twice(api: FakeTwilio) -> None:
    api.blocked.add(PERSON)
    with pytest.raises(NotSent) as caught:
        sent(api, asking("Ya", "Tidak"))
    assert caught.value.failure is Failure.BLOCKED and api.asked == 1


@pytest.mark.parametrize(("error", "again"), [("63013", True), ("63005", True), ("63021", True), ("63024", False)])
def test_content_that_whatsapp_refuses_later_is_sent_once_more_as_text(database: Database, clock: Clock, error: str, again: bool) -> None:
    row = {name.name: None for name in _outbox.c} | {"id": 1, "region": "kendal", "channel": "whatsapp", "contact_id": 1, "seq": 1}
    row |= {"purpose": "reply", "body_sealed": b"", "state": outbox.SENT, "due_at": 0, "tries": 1, "reason": "", "created_at": 0}
    with database.write() as conn:
        conn.execute(_outbox.insert(), row | {"provider_id": "SM1"})
        receipts.take(conn, "whatsapp", "SM1", "undelivered", error, clock())
        state = conn.execute(select(_outbox.c.state, _outbox.c.reason)).one()
    assert tuple(state) == ((outbox.DUE, receipts.AS_TEXT) if again else (outbox.DEAD, "no_such_contact"))
    plain = Outgoing(text="Siapa?", options=asking("Ya").options, plain=True)
    assert content.as_text(plain) == [{"body": "Siapa?\n\n1. Ya"}]


def test_templates_are_made_once_and_found_again(api: FakeTwilio) -> None:
    house = settings(twilio_api_base_url=api.url)
    first = asyncio.run(templates.make(house))
    assert sorted(first) == list(range(1, 11)) and len(api.contents) == 10
    assert asyncio.run(templates.make(house)) == first and len(api.contents) == 10
    kinds = [next(iter(made["types"])) for made in api.contents]
    assert kinds == ["twilio/quick-reply"] * 3 + ["twilio/list-picker"] * 7
    buttons, items = api.contents[1]["types"]["twilio/quick-reply"], api.contents[9]["types"]["twilio/list-picker"]
    assert [(a["title"], a["id"]) for a in buttons["actions"]] == [("{{2}}", "{{3}}"), ("{{4}}", "{{5}}")]
    assert len(items["items"]) == 10 and items["items"][9]["item"] == "{{20}}" and items["items"][9]["id"] == "{{21}}"
    assert all(len(made["variables"]) == 2 * count + 1 for count, made in enumerate(api.contents, 1))


@pytest.mark.parametrize("fault", [Fault(status=500), Fault(status=403, body={"code": 20003, "message": "no", "status": 403})])
def test_a_content_api_that_refuses_says_so_without_its_words(api: FakeTwilio, fault: Fault) -> None:
    api.always(fault)
    with pytest.raises(ContentRefused) as caught:
        asyncio.run(templates.make(settings(twilio_api_base_url=api.url)))
    assert "no" not in str(caught.value).split()


def test_the_setting_takes_what_the_command_prints() -> None:
    line = " ".join(f"{n}={sid}" for n, sid in SIDS.items())
    assert dict(load_settings({"TWILIO_CONTENT_CHOICES": line}).twilio_content_choices) == SIDS
    for wrong in ("HX1", "11=HX" + "1" * 32, "2=HX1", "dua=HX" + "1" * 32):
        with pytest.raises(SettingInvalid):
            load_settings({"TWILIO_CONTENT_CHOICES": wrong})


def test_twilios_openapi_allows_our_templates() -> None:
    specification = Path(TWILIO_OPENAPI).with_name("twilio_content_v1.json")
    assert (peers() / specification).is_file()
    with twilio_api(str(specification)) as url:
        made = asyncio.run(templates.make(settings(twilio_api_base_url=url)))
    assert len(made) == 10 and all(sid.startswith("HX") for sid in made.values())
    assert json.dumps(templates.definition(4))


def test_the_command_prints_the_setting(api: FakeTwilio, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    house = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TWILIO_TOKEN, "TWILIO_WHATSAPP_FROM": "whatsapp:+15550000000"}
    for name, value in (house | {"TWILIO_API_BASE_URL": api.url}).items():
        monkeypatch.setenv(name, value)
    channels.content()
    line = capsys.readouterr().out.splitlines()[-1]
    name, _, value = line.partition("=")
    assert len(dict(load_settings({name: value}).twilio_content_choices)) == 10
