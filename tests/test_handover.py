"""Answers handed to this process's own sender: claimed by the commit that decided them, and everything else as for any other message."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, select

from hotline.deliver import Deliverer, Failure, NotSent, in_flight
from hotline.messages import Incoming, Outgoing
from hotline.receive import Reception, UnknownRegion
from hotline.seal import Seal
from hotline.store import handover
from hotline.store.claims import claim
from hotline.store.database import Database
from hotline.store.handover import Handover, Lane
from hotline.store.tables.sending import Outbox
from hotline.writer import Writer
from tests.support.clock import Clock
from tests.support.house import desk

CHANNEL = "sim-whatsapp"
LEASE = timedelta(seconds=45)
_outbox = Outbox.__table__  # type: ignore[attr-defined]
DESKS = {"kendal": desk("kendal")}


class Provider:
    """Takes messages after a while, or refuses them as told."""

    def __init__(self, *refusals: NotSent, seconds: float = 0.0) -> None:
        self.refusals, self.seconds, self.taken = list(refusals), seconds, []  # type: ignore[var-annotated]

    async def send(self, address: str, message: Outgoing, *, window_open: bool) -> str:
        await asyncio.sleep(self.seconds)
        if self.refusals:
            raise self.refusals.pop(0)
        self.taken.append((address, message.text))
        return f"SM{len(self.taken)}"

    async def close(self) -> None:
        return


class Place:
    """A reception that hands over to one lane."""

    def __init__(self, database: Database, seal: Seal, clock: Clock) -> None:
        self.database, self.seal, self.clock, self.room = database, seal, clock, 10
        self.handover = Handover()
        self.lane = Lane(1000, 0.0, LEASE, lambda: self.room, open=True)
        self.handover.lanes[CHANNEL] = self.lane
        self.reception = Reception(DESKS, seal, clock, self.handover)
        self.writer = Writer(database, self.reception, inline=database.dialect == "sqlite")

    def incoming(self, sender: str, text: str, number: int = 0, region: str = "kendal") -> Incoming:
        return Incoming(
            region=region, channel=CHANNEL, sender=sender, message_id=f"{sender}{text}{number}", received_at=self.clock(), text=text
        )

    def work(self, *senders: str, text: str = "halo") -> list[str]:
        """One turn of each in one transaction; gives whose answers were offered."""
        self.lane.offered = []
        with self.database.write() as conn:
            self.reception.work(conn, [self.incoming(sender, text) for sender in senders])
        return [c.address for c in self.lane.offered]

    def rows(self) -> list[tuple[str, int]]:
        with self.database.read() as conn:
            return [(r.state, r.tries) for r in conn.execute(select(_outbox).order_by(_outbox.c.contact_id, _outbox.c.seq))]

    def claimed(self) -> list[str]:
        with self.database.write() as conn:
            values = {"per_second": 1000, "pair_seconds": 0.0, "lease": LEASE, "now": self.clock()}
            return [c.address for c in claim(conn, self.seal, CHANNEL, most=10, **values).messages]  # type: ignore[arg-type]

    def deliverer(self, provider: Provider, stop_seconds: float = 5, per_second: float | None = None) -> Deliverer:
        zones = {"kendal": ZoneInfo("Asia/Jakarta")}
        more = {"clock": self.clock, "handover": self.handover, "stop_seconds": stop_seconds, "per_second": per_second}
        return Deliverer(CHANNEL, provider, self.writer, self.seal, zones, **more)  # type: ignore[arg-type]


class Offers:
    """A rider before the deliverer's: how many answers each commit handed over."""

    def __init__(self, handover: Handover) -> None:
        self.handover, self.numbers = handover, list[int]()

    def board(self, conn: Connection) -> None:
        return

    def arrived(self, kept: bool) -> None:
        assert kept
        self.numbers += [len(lane.offered) for lane in self.handover.lanes.values() if lane.offered]

    def landed(self) -> None:
        return


@pytest.fixture
def place(database: Database, seal: Seal, clock: Clock) -> Place:
    return Place(database, seal, clock)


def test_an_answer_is_claimed_by_the_commit_that_decides_it_and_again_by_others_after_its_lease(place: Place) -> None:
    assert place.work("a", "b") == ["a", "b"]
    assert place.rows() == [("sending", 1)] * 2
    offered = place.lane.offered[0]
    assert offered.message.text and offered.tries == 0 and offered.last_in_at == int(place.clock().timestamp() * 1e6)
    assert place.claimed() == []
    place.clock.shift(seconds=45)
    assert sorted(place.claimed()) == ["a", "b"], "this process may have died"
    assert place.rows() == [("sending", 2)] * 2


def test_an_answer_behind_another_that_waits_is_not_handed_over(place: Place) -> None:
    assert place.work("a", "b") == ["a", "b"]
    assert place.work("a", "c", text="menu") == ["c"]
    assert sorted(place.rows()) == [("due", 0), ("sending", 1), ("sending", 1), ("sending", 1)]


def test_with_two_answers_to_one_message_only_the_first_goes_at_once(place: Place) -> None:
    with place.database.write() as conn:
        place.reception.work(conn, [place.incoming("a", "halo"), place.incoming("a", "menu"), place.incoming("a", "menu", 2)])
    assert [c.address for c in place.lane.offered] == ["a"]
    assert [state for state, _ in place.rows()] == ["sending", "due", "due"]


def test_for_the_pause_only_the_last_message_is_read(sqlite_database: Database) -> None:
    with sqlite_database.read() as conn:
        sql, values = handover._sent_lately.written(conn, ids=[1, 2], quiet_since=0)
        plan = " ".join(str(row) for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", tuple(values)))
    assert "CORRELATED SCALAR SUBQUERY" in plan, "asked for each person, and ended by its LIMIT"
    assert "SCAN" not in plan and "TEMP B-TREE" not in plan, "in the order of the line, from its end"


@pytest.mark.parametrize("why", ["closed", "no room", "no lane", "no rate"])
def test_what_cannot_go_now_waits_for_a_claim(place: Place, why: str) -> None:
    place.lane.open = why != "closed"
    place.room = 0 if why == "no room" else 10
    if why == "no lane":
        place.handover.lanes.clear()
    if why == "no rate":
        place.lane.per_second = 1
        assert place.work("x") == ["x"]
    assert place.work("a") == []
    assert ("due", 0) in place.rows()


def test_the_pause_between_two_messages_to_one_person_is_kept(place: Place) -> None:
    place.lane.pair_seconds = 1.0
    assert place.work("a") == ["a"]
    with place.database.write() as conn:
        conn.execute(_outbox.update().values(state="sent", sent_at=int(place.clock().timestamp() * 1e6)))
    assert place.work("a", text="menu") == []
    place.clock.shift(seconds=1.1)
    with place.database.write() as conn:
        conn.execute(_outbox.update().values(state="sent"))
    assert place.work("a", text="bantu") == ["a"]


def test_handed_over_and_sent_in_order_with_retries(place: Place) -> None:
    provider = Provider(NotSent(Failure.BUSY), seconds=0.001)

    async def talk() -> None:
        running = asyncio.create_task(place.deliverer(provider).run())
        for number in range(6):
            await asyncio.gather(*(place.writer.turn(place.incoming(s, "menu", number)) for s in "abc"))
        for _ in range(200):
            await asyncio.sleep(0.02)
            place.clock.shift(seconds=0.5)
            if all(state == "sent" for state, _ in place.rows()):
                break
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(talk())
    assert {state for state, _ in place.rows()} == {"sent"}
    assert len(provider.taken) == len(place.rows())
    assert sum(tries for _, tries in place.rows()) == len(provider.taken) + 1, "one of them was refused once"


def test_tries_that_ended_take_no_place_from_the_next_answers(place: Place) -> None:
    provider, offers, crowd = Provider(), Offers(place.handover), in_flight(64)

    async def talk() -> None:
        place.writer.ride(offers)
        running = asyncio.create_task(place.deliverer(provider, per_second=64).run())
        while place.handover.lanes[CHANNEL] is place.lane or not place.handover.lanes[CHANNEL].open:
            await asyncio.sleep(0.01)
        for number in range(1, 4):
            await asyncio.gather(*(place.writer.turn(place.incoming(f"{s}/{number}", "halo")) for s in range(crowd)))
            while len(provider.taken) < number * crowd:
                await asyncio.sleep(0)
            place.clock.shift(seconds=1.5)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(talk())
    assert offers.numbers == [crowd] * 3
    assert {state for state, _ in place.rows()} == {"sent"}


def test_a_batch_that_one_message_spoils_sends_each_answer_once(place: Place) -> None:
    provider = Provider()

    async def talk() -> list[object]:
        running = asyncio.create_task(place.deliverer(provider).run())
        await asyncio.sleep(0.1)
        batch = [place.incoming("a", "halo"), place.incoming("b", "halo", region="entah"), place.incoming("c", "halo")]
        ends = await asyncio.gather(*(place.writer.turn(i) for i in batch), return_exceptions=True)
        await asyncio.sleep(0.3)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return list(ends)

    ends = asyncio.run(talk())
    assert ends[0] is True and isinstance(ends[1], UnknownRegion) and ends[2] is True
    assert sorted(address for address, _ in provider.taken) == ["a", "c"]
    assert place.rows() == [("sent", 1)] * 2


def test_a_stopped_process_leaves_no_claim_behind(place: Place) -> None:
    chance, provider = random.Random(5), Provider(seconds=0.002)

    async def talk() -> None:
        for number in range(25):
            place.clock.shift(seconds=1)
            running = asyncio.create_task(place.deliverer(provider).run())
            turns = [asyncio.create_task(place.writer.turn(place.incoming(f"p{s}", "menu", number))) for s in range(6)]
            await asyncio.sleep(chance.random() * 0.02)
            running.cancel()
            await asyncio.gather(running, *turns, return_exceptions=True)
            assert {state for state, _ in place.rows()} <= {"due", "sent"}

    asyncio.run(talk())
    sent = [row for row in place.rows() if row[0] == "sent"]
    assert len(provider.taken) == len(sent) > 0
    assert {tries for _, tries in sent} == {1}, "what was given back does not count as a try"


def test_what_has_not_ended_when_a_process_must_stop_is_tried_again_by_another(place: Place) -> None:
    async def stop_in_the_middle() -> None:
        running = asyncio.create_task(place.deliverer(Provider(seconds=60), stop_seconds=0.05).run())
        await asyncio.sleep(0.1)
        await place.writer.turn(place.incoming("a", "halo"))
        await asyncio.sleep(0.05)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(stop_in_the_middle())
    assert place.rows() == [("due", 1)]
    place.clock.shift(seconds=3)
    assert place.claimed() == ["a"]
