"""Messages whose webhook was lost are found at Twilio and taken in once, as an addition, by whoever holds the lease."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime

import pytest
from sqlalchemy import text

from bot.whatsapp.missed import MissedMessages
from hotline.messages import WHATSAPP
from hotline.seal import Seal
from hotline.store.database import Database
from hotline.writer import Writer
from tests.channels.fake_twilio import ACCOUNT, FakeTwilio
from tests.channels.serving import settings
from tests.support.clock import Clock
from tests.support.house import House, desk

PERSON = "whatsapp:+6281234567890"


@pytest.fixture
def api() -> Iterator[FakeTwilio]:
    with FakeTwilio() as fake:
        yield fake


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock, {"kendal": desk("kendal")})


def kept(api: FakeTwilio, house: House, body: str, *, ago: timedelta = timedelta(minutes=10), **changed: object) -> str:
    """Twilio has this message; gives its SID."""
    sid = f"SM{len(api.listed) + 1:032x}"
    at = format_datetime(house.clock() - ago)
    message = {"sid": sid, "from": PERSON, "to": "whatsapp:+15550000000", "body": body, "direction": "inbound", "num_media": "0"}
    api.listed.append(message | {"date_sent": at, "date_created": at, "status": "received"} | changed)
    return sid


def look(api: FakeTwilio, house: House, **given: object) -> int:
    async def once() -> int:
        writer = Writer(house.database, house.reception, inline=house.database.dialect == "sqlite")
        missed = MissedMessages(settings(twilio_api_base_url=api.url, **given), house.database, writer.turn, house.clock)
        try:
            return await missed.once()
        finally:
            await missed.close()

    return asyncio.run(once())


def test_a_missed_message_is_taken_in_once(api: FakeTwilio, house: House) -> None:
    sid = kept(api, house, "anak tetangga dipukuli tiap malam")
    assert look(api, house) == 1 and [m for m, _, _ in house.messages()] == [sid]
    assert look(api, house) == 0 and len(house.messages()) == 1


def test_what_came_by_webhook_is_known(api: FakeTwilio, house: House) -> None:
    sid = kept(api, house, "halo")
    house.take(house.incoming(PERSON, "halo", message_id=sid, channel=WHATSAPP))
    assert look(api, house) == 0


def test_a_belated_message_answers_no_question_and_is_not_lost(api: FakeTwilio, house: House) -> None:
    house.say(PERSON, "halo", "Tidak", "Cerita", channel=WHATSAPP)
    asked = house.heard(PERSON, WHATSAPP)[-1].options
    kept(api, house, "1", ago=timedelta(hours=2))
    look(api, house)
    assert house.heard(PERSON, WHATSAPP)[-1].options == asked, "the same question stands"


def test_danger_in_a_belated_message_rings(api: FakeTwilio, house: House) -> None:
    kept(api, house, "DARURAT", ago=timedelta(hours=1))
    look(api, house)
    [(_, state)] = house.cases()
    assert state.level.rings


def test_a_missed_photo_is_fetched_like_any_other(api: FakeTwilio, house: House) -> None:
    sid = kept(api, house, "ini", num_media="1")
    api.listed_media[sid] = [f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}/Media/ME{1:032x}.json"]
    assert look(api, house) == 1
    with house.database.read() as conn:
        assert conn.execute(text("SELECT count(*) FROM attachment")).scalar() == 1


def test_our_own_messages_and_quite_new_ones_are_left_alone(api: FakeTwilio, house: House) -> None:
    kept(api, house, "Halo, ini layanan", direction="outbound-api")
    kept(api, house, "baru saja", ago=timedelta(seconds=30))
    assert look(api, house) == 0 and house.messages() == []


def test_each_number_belongs_to_its_region(api: FakeTwilio, database: Database, seal: Seal, clock: Clock) -> None:
    house = House(database, seal, clock, {"kendal": desk("kendal"), "luwu-timur": desk("luwu-timur")})
    numbers = (("kendal", "whatsapp:+15550000000"), ("luwu-timur", "whatsapp:+15550000001"))
    kept(api, house, "DARURAT", to=numbers[1][1])
    assert look(api, house, regions=("kendal", "luwu-timur"), twilio_senders=numbers) == 1
    with database.read() as conn:
        assert conn.execute(text("SELECT region FROM contact")).scalars().all() == ["luwu-timur"]
        assert conn.execute(text("SELECT region FROM case_file")).scalars().all() == ["luwu-timur"]
