"""A drill through the real channels' own code: the Telegram and Twilio clients, against programs that nobody here wrote."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from bot.processes.parts import Parts
from bot.telegram import Client, TelegramPoller, TelegramSender
from bot.whatsapp import TwilioSender
from hotline.alarm.ladder import FIRST_ON_CALL, SECOND_ON_CALL, Ladder, Step
from hotline.drill import Drill, faults, measured
from hotline.escalate import Escalator
from hotline.messages import TELEGRAM, WHATSAPP, Incoming
from hotline.seal import Seal
from hotline.settings import load_settings
from hotline.store import officers
from hotline.store.alarm import drills
from hotline.store.database import Database
from hotline.times import now
from tests.channels.serving import TWILIO_TOKEN
from tests.channels.test_peers import TOKEN, Person
from tests.peers.install import bot_api, twilio_api
from tests.support.house import desk
from tests.support.rosters import reachable

CHAT, NUMBER = 93, "whatsapp:+6281234500093"
BOTH = Ladder((Step(0, (FIRST_ON_CALL, SECOND_ON_CALL)),), timedelta(minutes=10), timedelta(minutes=15))


@pytest.fixture(scope="module")
def peers() -> Iterator[tuple[str, str]]:
    with bot_api() as telegram, twilio_api() as twilio:
        yield telegram, twilio


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not await asyncio.to_thread(true):
            await asyncio.sleep(0.05)


def test_a_drill_goes_through_telegram_and_twilio_and_comes_back_by_a_tap(
    peers: tuple[str, str], sqlite_database: Database, seal: Seal
) -> None:
    ids = reachable(sqlite_database, phones=False)
    person = Person(peers[0], CHAT)
    parts = Parts(load_settings({}), sqlite_database, seal, {"kendal": desk("kendal")}, now)

    def invited(name: str) -> str:
        with sqlite_database.write() as conn:
            return f"PETUGAS {officers.invite(conn, ids[name], now())}"

    def registered(name: str) -> bool:
        with sqlite_database.read() as conn:
            return bool(officers.chats(conn, [ids[name]]))

    def read(drill_id: int) -> Drill:
        with sqlite_database.read() as conn:
            found = drills.read(conn, drill_id)
        assert found is not None
        return found

    def look() -> None:
        with sqlite_database.write() as conn:
            Escalator(parts.desks, seal).look(conn)

    async def drill() -> Drill:
        client = Client(TOKEN, peers[0])
        sender = TelegramSender(client)
        parts.deliver(TELEGRAM, sender)
        parts.deliver(WHATSAPP, TwilioSender("AC" + "0" * 32, TWILIO_TOKEN, "whatsapp:+15550000000", base_url=peers[1]))
        poller = TelegramPoller(client, "kendal", parts.receiver.accept, sender.tapped, wait=2)
        work = [asyncio.create_task(w) for w in (poller.run(), *(d.run() for d in parts.deliverers))]
        await asyncio.to_thread(person.say, invited("ani"))
        await parts.receiver.accept(
            Incoming(region="kendal", channel=WHATSAPP, sender=NUMBER, message_id="SM1", received_at=now(), text=invited("budi"))
        )
        await until(lambda: registered("ani") and registered("budi"))
        with sqlite_database.write() as conn:
            drill_id = drills.begin(conn, seal, "kendal", BOTH, now(), all_rungs=True)
        parts.wake()
        await until(lambda: [c for c in read(drill_id).calls if c.sent_at is None] == [])
        calls: list[dict[str, object]] = []
        await until(lambda: calls.extend(m for m in person.received() if "LATIHAN" in str(m)) or calls)
        button = f"piket:a:{drill_id}"
        assert button in str(calls[-1])
        await asyncio.to_thread(person.tap, calls[-1], button)
        await until(lambda: read(drill_id).acknowledged_at)
        await asyncio.to_thread(look)
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)
        for one in parts.senders:
            await one.close()
        return read(drill_id)

    found = asyncio.run(drill())
    assert {(c.channel, c.outcome) for c in found.calls} == {(TELEGRAM, "taken"), (WHATSAPP, "sent")}
    assert found.acknowledged_by == "ani" and faults(found, timedelta(minutes=15)) == ()
    (first,) = measured(found)
    assert first.sent is not None and first.answered is not None and timedelta(0) < first.sent < first.answered
