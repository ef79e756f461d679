"""Quick exit: what both sides wrote in the last 48 hours leaves the chat, whatever Telegram or our own process does meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select

from bot.telegram import Client, TelegramSender
from hotline.deliver import Deliverer
from hotline.messages import TELEGRAM
from hotline.seal import Seal
from hotline.store import wipes
from hotline.store.database import Database
from hotline.store.tables.media import Wipe
from hotline.store.tables.people import Contact
from hotline.store.tables.sending import Outbox
from hotline.wipe import Wiper
from hotline.writer import Writer
from tests.channels.fake_telegram import TOKEN, FakeTelegram, busy
from tests.channels.fakes import Fault
from tests.channels.provider import DROPPED
from tests.support.clock import Clock
from tests.support.house import House, desk
from webhooks.update import read

_wipe = Wipe.__table__  # type: ignore[attr-defined]
_outbox = Outbox.__table__  # type: ignore[attr-defined]
_contact = Contact.__table__  # type: ignore[attr-defined]
CHAT = 77
NEUTRAL = "Terima kasih, jadwal layanan akan kami infokan."


class Phone:
    """One person at Telegram, and the hotline behind it."""

    def __init__(self, house: House, telegram: FakeTelegram) -> None:
        self.house, self.telegram = house, telegram

    def say(self, *texts: str) -> None:
        """Write these; each is answered before the next."""
        for text in texts:
            self.house.clock.shift(seconds=5)
            update = self.telegram.say(CHAT, text)
            incoming = read(update, "kendal", self.house.clock()).incoming
            assert incoming is not None
            self.house.take(incoming)
            self.work(deliver=True)

    def work(self, *, deliver: bool = False, wipe: bool = False) -> None:
        """One look of the worker."""

        async def look() -> None:
            house = self.house
            writer = Writer(house.database, house.reception, inline=house.database.dialect == "sqlite")
            client = Client(TOKEN, self.telegram.url)
            sender = TelegramSender(client)
            if deliver:
                zones: dict[str, Any] = {"kendal": ZoneInfo("Asia/Jakarta")}
                running = asyncio.create_task(Deliverer(TELEGRAM, sender, writer, house.seal, zones, clock=house.clock).run())
                for _ in range(200):
                    await asyncio.sleep(0.01)
                    house.clock.shift(seconds=0.2)
                    with house.database.read() as conn:
                        if conn.execute(select(_outbox.c.id).where(_outbox.c.state.in_(["due", "sending"]))).first() is None:
                            break
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
            if wipe:
                await Wiper({TELEGRAM: sender}, writer, house.seal, clock=house.clock).once()
            await sender.close()

        asyncio.run(look())

    @property
    def sees(self) -> list[str]:
        """What stands in the chat: ours as text, the person's own messages as numbers."""
        return [*self.telegram.shown_to(CHAT), *(str(n) for n in self.telegram.said.get(CHAT, []))]

    def state(self) -> tuple[str, int, int]:
        """(state, deleted, remaining) of the last wish."""
        with self.house.database.read() as conn:
            row = conn.execute(select(_wipe).order_by(_wipe.c.id.desc()).limit(1)).one()
        return row.state, row.deleted, row.remaining


@pytest.fixture
def phone(database: Database, seal: Seal, clock: Clock) -> Iterator[Phone]:
    with FakeTelegram() as telegram:
        yield Phone(House(database, seal, clock, {"kendal": desk("kendal")}), telegram)


def test_after_tutup_nothing_stands_in_the_chat_but_a_sentence_that_means_nothing(phone: Phone) -> None:
    phone.say("halo", "Tidak", "aku takut pulang", "TUTUP")
    assert len(phone.sees) > 6
    phone.work(wipe=True)
    assert phone.sees == [NEUTRAL]
    state, deleted, remaining = phone.state()
    assert (state, remaining) == ("done", 0) and deleted >= 7


def test_what_was_told_stays_with_us(phone: Phone) -> None:
    phone.say("halo", "DARURAT", "TUTUP")
    phone.work(wipe=True)
    assert phone.sees == [NEUTRAL] and len(phone.house.cases()) == 1 and len(phone.house.messages()) == 3


def test_what_is_older_than_two_days_cannot_be_deleted_and_is_not_asked_for(phone: Phone) -> None:
    phone.say("halo")
    old = list(phone.sees)
    phone.house.clock.shift(hours=49)
    phone.say("halo lagi", "TUTUP")
    phone.work(wipe=True)
    asked = {n for method, fields in phone.telegram.calls if method == "deleteMessages" for n in fields["message_ids"]}
    assert phone.sees == [old[0], NEUTRAL, old[1]] and not asked & {int(old[1])}


@pytest.mark.parametrize("fault", [Fault(status=502), busy(3), DROPPED], ids=["5xx", "flood control", "dropped"])
def test_a_telegram_that_is_away_is_asked_again(phone: Phone, fault: Fault) -> None:
    phone.say("halo", "Tidak", "TUTUP")
    phone.telegram.always(fault)
    phone.work(wipe=True)
    assert phone.state()[0] == "due" and len(phone.sees) > 1
    phone.telegram.always(None)
    phone.work(wipe=True)
    assert phone.state()[0] == "due", "it waits a moment"
    phone.house.clock.shift(seconds=5)
    phone.work(wipe=True)
    assert phone.sees == [NEUTRAL] and phone.state()[0] == "done"


def test_a_worker_that_died_over_it_is_followed_by_another(phone: Phone) -> None:
    phone.say("halo", "Tidak", "TUTUP")
    house = phone.house
    with house.database.write() as conn:
        [_claimed] = wipes.claim(conn, house.seal, [TELEGRAM], most=1, lease=timedelta(minutes=3), now=house.clock())
    phone.work(wipe=True)
    assert len(phone.sees) > 1
    house.clock.shift(minutes=4)
    phone.work(wipe=True)
    assert phone.sees == [NEUTRAL]


def test_one_message_that_cannot_be_deleted_spoils_nothing(phone: Phone) -> None:
    phone.say("halo", "Tidak", "TUTUP")
    stays = phone.telegram.said[CHAT][1]
    phone.telegram.undeletable.add(stays)
    phone.work(wipe=True)
    assert phone.sees == [NEUTRAL, str(stays)] and (phone.state()[0], phone.state()[2]) == ("done", 1)


def test_more_than_a_hundred_messages_go_in_several_calls(phone: Phone) -> None:
    for _ in range(110):
        update = phone.telegram.say(CHAT, "tolong")
        incoming = read(update, "kendal", phone.house.clock()).incoming
        assert incoming is not None
        phone.house.take(incoming)
    phone.say("TUTUP")
    phone.work(wipe=True)
    calls = [len(fields["message_ids"]) for method, fields in phone.telegram.calls if method == "deleteMessages"]
    assert calls[0] == 100 and len(calls) >= 2 and not phone.telegram.said[CHAT]


def test_who_has_blocked_us_ends_it(phone: Phone) -> None:
    phone.say("halo", "TUTUP")
    phone.telegram.blocked.add(CHAT)
    phone.work(wipe=True)
    assert phone.state()[0] == "failed"


def test_an_answer_that_still_waits_is_never_sent_after_tutup(phone: Phone) -> None:
    phone.telegram.always(Fault(status=502))
    house = phone.house
    for text in ("halo", "Tidak", "TUTUP"):
        house.clock.shift(seconds=5)
        incoming = read(phone.telegram.say(CHAT, text), "kendal", house.clock()).incoming
        assert incoming is not None
        house.take(incoming)
    phone.telegram.always(None)
    phone.work(wipe=True)
    phone.work(deliver=True)
    assert phone.sees == [NEUTRAL]


def test_whatsapp_has_no_such_door(phone: Phone) -> None:
    phone.house.say("whatsapp:+620000000001", "halo", "TUTUP", channel="whatsapp")
    with phone.house.database.read() as conn:
        assert conn.execute(select(_wipe)).first() is None


def test_an_address_that_does_not_open_is_given_up_alone_and_counted(phone: Phone) -> None:
    phone.say("halo", "TUTUP")
    house, now = phone.house, phone.house.clock()
    with house.database.write() as conn:
        for channel, contact in (("telegram", 1), ("telegram", 2)):
            wipes.begin(conn, contact_id=contact, channel=channel, region="kendal", keep_outbox_id=None, now=now - timedelta(minutes=1))
        spoilt = {
            **dict(conn.execute(select(_contact)).mappings().first() or {}),
            "id": 1,
            "address_key": b"x" * 16,
            "address_sealed": b"?" * 40,
        }
        conn.execute(insert(_contact), spoilt)
    phone.work(wipe=True)
    assert phone.sees == [NEUTRAL]
    with house.database.write() as conn:
        states = conn.execute(select(_wipe.c.contact_id, _wipe.c.state, _wipe.c.reason).where(_wipe.c.contact_id < 3)).all()
        assert sorted(map(tuple, states)) == [(1, "failed", "unreadable"), (2, "failed", "unreadable")]
        assert wipes.failed(conn) == 2
        assert wipes.claim(conn, house.seal, ["telegram"], most=5, lease=timedelta(seconds=40), now=now + timedelta(hours=1)) == []
