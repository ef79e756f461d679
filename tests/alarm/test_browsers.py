"""Officers' armed browsers in the night: called beside the phones and never in their stead, retired when gone, one officer's each."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.processes.parts import Parts
from bot.web_push import WebPushSender
from hotline.messages import WEB_PUSH
from hotline.push import PushKey
from hotline.seal import Seal
from hotline.settings import load_settings
from hotline.store.alarm import alarms, pushes
from hotline.store.database import Database
from hotline.store.tables.people import Contact
from hotline.store.tables.sending import Outbox
from tests.support.clock import Clock
from tests.support.house import House
from tests.support.nights import Night
from tests.support.push_service import Browser, PushService

_contact, _outbox = Contact.__table__, Outbox.__table__  # type: ignore[attr-defined]
_, KEY = PushKey.made()


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService(KEY.public) as service:
        yield service


def arm(night: Night, name: str, browser: Browser) -> int:
    with night.house.database.write() as conn:
        return pushes.arm(
            conn,
            night.house.seal,
            operator_id=night.ids[name],
            region=night.region,
            endpoint=browser.endpoint,
            subscription=browser.subscription,
            name="Chrome · Android",
            now=night.clock(),
        )


def deliver(night: Night) -> None:
    """The real worker's way out to browsers, until nothing waits for them."""

    async def run() -> None:
        parts = Parts(load_settings({}), night.house.database, night.house.seal, night.house.desks, night.clock)
        parts.deliver(WEB_PUSH, WebPushSender(KEY, trusted=("127.0.0.1",)))
        work = asyncio.create_task(parts.deliverers[0].run())
        for _ in range(200):
            with night.house.database.read() as conn:
                waits = conn.execute(
                    select(_outbox.c.id).where(_outbox.c.channel == WEB_PUSH, _outbox.c.state.in_(["due", "sending"]))
                ).first()
            if waits is None:
                break
            await asyncio.sleep(0.02)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        await parts.senders[0].close()

    asyncio.run(run())


@pytest.mark.requirement("LUT-22")
def test_a_cry_reaches_the_browser_of_whoever_is_on_duty(night: Night, service: PushService) -> None:
    browser = service.subscribe()
    arm(night, "ani", browser)
    alarm = night.cry()
    deliver(night)
    night.send()
    night.look()
    (pushed,) = service.taken
    code = alarm.code
    assert pushed.told == {"code": f"{code[:3]} {code[3:6]} {code[6:]}", "level": "DARURAT", "area": pushed.told["area"]}
    assert [(c, p.channel, p.outcome) for _, c, p in night.pages()] == [("ani", "sim-telegram", "sent"), ("ani", WEB_PUSH, "sent")]
    assert night.unsent() == []


def test_a_browser_alone_is_no_phone_and_the_next_rung_rings_at_once(bare: Night, service: PushService) -> None:
    night = bare.people(phones=False)
    night.register("budi")
    arm(night, "ani", service.subscribe())
    night.cry()
    deliver(night)
    night.look()
    assert len(service.taken) == 1
    assert night.rang() == {0: 0.0, 1: 0.0}
    assert ("ani", "no_chat") in night.unsent()


def test_what_the_push_service_does_not_know_any_more_is_shown_and_called_no_more(night: Night, service: PushService) -> None:
    gone, other = service.subscribe(), service.subscribe()
    service.gone.add(gone.endpoint)
    arm(night, "ani", gone)
    arm(night, "ani", other)
    night.cry()
    deliver(night)
    night.send()
    night.look()
    assert night.unsent() == [("ani", "no_such_contact")]
    with night.house.database.read() as conn:
        listed = pushes.of_officer(conn, night.ids["ani"])
        assert sorted(b.retired_at is None for b in listed) == [False, True]
        assert len(pushes.armed(conn, [night.ids["ani"]])[night.ids["ani"]]) == 1
    night.clock.shift(minutes=2)
    arm(night, "ani", service.subscribe())
    night.cry(sender="tetangga lain")
    deliver(night)
    night.send()
    night.look()
    assert len(service.taken) == 3
    assert night.unsent() == []


def test_a_refused_call_is_not_hidden_by_another_browser_of_the_same_officer(night: Night, service: PushService) -> None:
    refused, fine = Browser(service.url + "/wpush/v2/x"), service.subscribe()
    refused.endpoint = "https://10.0.0.1/x"
    arm(night, "ani", refused)
    arm(night, "ani", fine)
    night.cry()
    deliver(night)
    night.send()
    night.look()
    assert night.unsent() == [("ani", "refused")]


def test_a_browser_belongs_to_whoever_armed_it_last(night: Night, service: PushService) -> None:
    browser = service.subscribe()
    arm(night, "ani", browser)
    arm(night, "citra", browser)
    night.cry()
    deliver(night)
    assert service.taken == []
    with night.house.database.read() as conn:
        assert pushes.of_officer(conn, night.ids["ani"]) == []
        assert len(pushes.of_officer(conn, night.ids["citra"])) == 1


def test_what_is_taken_off_is_forgotten_and_a_waiting_call_never_leaves(night: Night, service: PushService) -> None:
    browser_id = arm(night, "ani", service.subscribe())
    night.cry()
    with night.house.database.write() as conn:
        assert not pushes.disarm(conn, night.ids["budi"], browser_id)
        assert pushes.disarm(conn, night.ids["ani"], browser_id)
        assert not pushes.disarm(conn, night.ids["ani"], browser_id)
        assert conn.execute(select(_contact.c.id).where(_contact.c.channel == WEB_PUSH)).first() is None
    deliver(night)
    assert service.taken == []


def test_an_officer_has_so_many_browsers_and_the_newest_stay(night: Night) -> None:
    for n in range(pushes.MOST + 3):
        night.clock.shift(seconds=1)
        arm(night, "ani", Browser(f"https://push.example.com/{n}"))
    with night.house.database.read() as conn:
        mine = pushes.of_officer(conn, night.ids["ani"])
        assert len(mine) == pushes.MOST and mine[0].armed_at == night.clock()
        assert len(conn.execute(select(_contact.c.id).where(_contact.c.channel == WEB_PUSH)).all()) == pushes.MOST


def test_the_address_is_stored_sealed(sqlite_database: Database, seal: Seal, clock: Clock) -> None:
    from tests.support.house import desk

    night = Night(House(sqlite_database, seal, clock, {"kendal": desk("kendal")})).people()
    browser = Browser("https://push.example.com/rahasia-sekali")
    arm(night, "ani", browser)
    with sqlite_database.read() as conn:
        stored = conn.execute(select(_contact).where(_contact.c.channel == WEB_PUSH)).one()
        assert b"rahasia-sekali" not in b"".join(v for v in stored if isinstance(v, bytes))
        assert seal.open(stored.address_sealed, "contact", stored.id, "address") == browser.subscription
        assert alarms.unsent(conn, "kendal", clock() + timedelta(hours=1)) == []
