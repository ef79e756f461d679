"""Delivery: tries and retries as rows, the gate before every one, and a person's messages in order through any trouble."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, select

from hotline.deliver import GIVE_UP_AFTER, LONGEST_PAUSE_OF_ALERTS, Deliverer, Failure, NotSent
from hotline.messages import Incoming, Outgoing
from hotline.seal import Seal
from hotline.store import outbox
from hotline.store.database import Database
from hotline.store.tables.sending import Attempt, Outbox
from hotline.writer import Writer
from tests.store.people import arrive
from tests.support.clock import Clock

WAITS = 5.0
"""Seconds for what must come, on a busy machine."""


class NoTurns:
    """A writer's turns where nobody writes."""

    def work(self, conn: Connection, batch: Sequence[Incoming], *, guarded: bool = True) -> list[bool]:
        raise AssertionError

    def keep(self, conn: Connection, incoming: Incoming, error: Exception) -> bool:
        raise AssertionError


class Provider:
    """Takes messages, or refuses them as told."""

    def __init__(self, *refusals: NotSent | Exception) -> None:
        self.refusals, self.taken, self.windows = list(refusals), [], []  # type: ignore[var-annotated]

    async def send(self, address: str, message: Outgoing, *, window_open: bool) -> str:
        await asyncio.sleep(0)
        self.windows.append(window_open)
        if self.refusals:
            raise self.refusals.pop(0)
        self.taken.append((address, message.text))
        return f"SM{len(self.taken)}"

    async def close(self) -> None:
        return


class House:
    """A database, a clock, a provider, and a deliverer that runs until nothing more happens."""

    def __init__(self, database: Database, seal: Seal, clock: Clock) -> None:
        self.database, self.seal, self.clock = database, seal, clock

    def queue(self, sender: str, *texts: str, purpose: str = "reply", channel: str = "whatsapp", **safe: object) -> None:
        with self.database.write() as conn:
            contact = arrive(conn, self.seal, sender, self.clock(), channel=channel, **safe)
            for text in texts:
                outbox.put(conn, self.seal, contact, Outgoing(text=text), purpose=purpose, case_id=None, now=self.clock())

    def run(self, provider: Provider, until: Callable[[], bool] | None = None, seconds: float = 0.6) -> None:
        async def deliver() -> None:
            writer = Writer(self.database, NoTurns(), inline=self.database.dialect == "sqlite")
            deliverer = Deliverer(
                "whatsapp",
                provider,
                writer,
                self.seal,
                {"kendal": ZoneInfo("Asia/Jakarta")},
                per_second=1000,
                clock=self.clock,
                chance=random.Random(1),
            )
            task = asyncio.create_task(deliverer.run())
            for _ in range(int((seconds if until is None else WAITS) / 0.05)):
                await asyncio.sleep(0.05)
                if until is not None and until():
                    break
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

        asyncio.run(deliver())

    def states(self) -> list[tuple[str, str, int]]:
        with self.database.read() as conn:
            table = Outbox.__table__  # type: ignore[attr-defined]
            return [
                tuple(r)
                for r in conn.execute(select(table.c.state, table.c.reason, table.c.tries).order_by(table.c.contact_id, table.c.seq))
            ]

    def attempts(self) -> list[str]:
        with self.database.read() as conn:
            return list(conn.execute(select(Attempt.outcome).order_by(Attempt.at, Attempt.id)).scalars())  # type: ignore[arg-type]


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock)


def test_messages_leave_in_each_persons_order(house: House) -> None:
    house.queue("a", "satu", "dua", "tiga")
    house.queue("b", "lain")
    provider = Provider()
    house.run(provider, until=lambda: len(provider.taken) == 4)
    assert [t for a, t in provider.taken if a == "a"] == ["satu", "dua", "tiga"]
    assert house.states() == [("sent", "", 1)] * 4
    assert house.attempts() == ["sent"] * 4


@pytest.mark.parametrize("failure", [f for f in Failure if f.retry])
def test_what_may_succeed_later_is_tried_again_and_holds_its_place(house: House, failure: Failure) -> None:
    house.queue("a", "satu", "dua")
    provider = Provider(NotSent(failure, detail="20429"))
    house.run(provider)
    assert provider.taken == []
    house.clock.shift(minutes=20)
    house.run(provider, until=lambda: len(provider.taken) == 2)
    assert [t for _, t in provider.taken] == ["satu", "dua"]
    assert house.attempts() == [failure.value, "sent", "sent"]


@pytest.mark.parametrize("failure", [Failure.BLOCKED, Failure.NO_SUCH_CONTACT, Failure.REFUSED])
def test_what_can_never_succeed_is_a_dead_letter(house: House, failure: Failure) -> None:
    house.queue("a", "satu", "dua")
    provider = Provider(NotSent(failure))
    house.run(provider, until=lambda: len(provider.taken) == 1)
    assert house.states() == [("dead", failure.value, 1), ("sent", "", 1)]


def test_an_error_nobody_foresaw_loses_nothing(house: House) -> None:
    house.queue("a", "satu")
    provider = Provider(ZeroDivisionError())
    house.run(provider)
    house.clock.shift(minutes=20)
    house.run(provider, until=lambda: len(provider.taken) == 1)
    assert house.attempts() == ["unknown", "sent"]


def test_a_provider_down_for_an_hour_gets_everything_afterwards_once_and_in_order(house: House) -> None:
    for person in "abcde":
        house.queue(person, "satu", "dua", "tiga")
    down = Provider(*[NotSent(Failure.PROVIDER_DOWN) for _ in range(500)])
    for _ in range(12):
        house.run(down, seconds=0.3)
        house.clock.shift(minutes=5)
    assert down.taken == []
    up = Provider()
    house.clock.shift(minutes=15)
    house.run(up, until=lambda: len(up.taken) == 15, seconds=5)
    assert sorted(up.taken) == sorted((p, t) for p in "abcde" for t in ("satu", "dua", "tiga"))
    assert all([t for a, t in up.taken if a == p] == ["satu", "dua", "tiga"] for p in "abcde")


def test_after_two_days_it_is_given_up(house: House) -> None:
    house.queue("a", "satu", phone="mine", push="yes")
    house.clock.shift(seconds=GIVE_UP_AFTER.total_seconds() + 1)
    house.run(Provider(NotSent(Failure.PROVIDER_DOWN)))
    assert house.states() == [("dead", "provider_down", 1)]


def test_a_push_to_an_unsafe_phone_is_held_and_never_leaves(house: House) -> None:
    house.queue("a", "ada kabar", purpose="push", phone="watched", push="yes")
    provider = Provider()
    house.run(provider)
    assert (provider.taken, house.states()) == ([], [("held", "unsafe_phone", 1)])


def test_a_push_waits_for_the_hours_the_person_named(house: House) -> None:
    house.queue("a", "ada kabar", purpose="push", phone="mine", push="hours", push_hours="13-15")
    provider = Provider()
    house.run(provider)
    assert provider.taken == []
    house.clock.shift(hours=4)
    house.run(provider, until=lambda: bool(provider.taken))
    assert provider.taken == [("a", "ada kabar")]


def test_an_answer_does_not_wait_for_a_push_that_waits_for_the_morning(house: House) -> None:
    house.queue("a", "ada kabar", purpose="push", phone="mine", push="hours", push_hours="13-15")
    with house.database.write() as conn:
        contact = conn.execute(select(Outbox.contact_id)).scalar_one()  # type: ignore[call-overload]
        outbox.put(conn, house.seal, contact, Outgoing(text="110"), purpose="reply", case_id=None, now=house.clock())
    provider = Provider()
    house.run(provider, until=lambda: bool(provider.taken))
    assert provider.taken == [("a", "110")]


def test_an_alert_leaves_while_every_other_way_out_is_taken_by_a_slow_provider(house: House) -> None:
    for person in range(30):
        house.queue(f"p{person}", "halo")
    rung = asyncio.Event()

    class Slow(Provider):
        async def send(self, address: str, message: Outgoing, *, window_open: bool) -> str:
            if message.text == "halo":
                if not self.taken:
                    self.taken.append(("", "halo"))
                    house.queue("petugas", "bahaya", purpose="alert")
                await rung.wait()
            else:
                rung.set()
            return await super().send(address, message, window_open=window_open)

    provider = Slow()
    house.run(provider, until=lambda: len(provider.taken) == 32, seconds=5)
    assert [text for _, text in provider.taken].index("bahaya") == 1
    assert {state for state, _, _ in house.states()} == {"sent"}


def test_an_alert_that_may_not_go_is_a_dead_letter_so_that_somebody_sees_it(house: House) -> None:
    house.queue("petugas", "bahaya", purpose="alert", stopped=True)
    house.queue("lain", "bahaya", purpose="alert")
    provider = Provider(NotSent(Failure.BLOCKED))
    house.run(provider, until=lambda: len(house.attempts()) == 2)
    assert provider.taken == []
    assert sorted(house.states()) == [("dead", "blocked", 1), ("dead", "stopped", 1)]


def test_an_alert_is_tried_again_within_seconds_however_often_it_failed(house: House) -> None:
    house.queue("petugas", "bahaya", purpose="alert")
    provider = Provider(*[NotSent(Failure.PROVIDER_DOWN) for _ in range(8)])
    for _ in range(9):
        house.run(provider, seconds=0.3)
        house.clock.shift(seconds=LONGEST_PAUSE_OF_ALERTS)
    assert [text for _, text in provider.taken] == ["bahaya"]


def test_a_row_that_does_not_open_holds_up_nobody_else(house: House) -> None:
    house.queue("a", "satu")
    with house.database.write() as conn:
        conn.execute(Outbox.__table__.update().values(body_sealed=b"broken"))  # type: ignore[attr-defined]
    house.queue("b", "dua")
    provider = Provider()
    house.run(provider, until=lambda: bool(provider.taken))
    assert provider.taken == [("b", "dua")]
    assert sorted(house.states()) == [("dead", "unreadable", 1), ("sent", "", 1)]


def test_after_the_window_a_template_is_asked_for_also_when_only_the_provider_knows(house: House) -> None:
    house.queue("a", "satu")
    house.queue("b", "dua")
    provider = Provider(NotSent(Failure.WINDOW_CLOSED))
    house.run(provider, until=lambda: len(provider.taken) == 2)
    assert sorted(provider.windows) == [False, True, True]
    house.clock.shift(hours=24)
    house.queue("c", "tiga", phone="mine", push="yes", last_in_at=0)
    house.run(provider, until=lambda: len(provider.taken) == 3)
    assert provider.windows[-1] is False
