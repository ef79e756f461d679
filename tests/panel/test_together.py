"""Operators and the reporter at once: neither waits for the other in a circle, and no word of either is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from hotline import operate
from hotline.case import EventKind
from hotline.seal import Seal
from hotline.store import cases
from hotline.store.cases import CaseChanged
from hotline.store.database import Database
from hotline.store.tables.sending import Outbox
from tests.panel.site import Site, desks
from tests.support.clock import Clock
from tests.support.house import House

KENDAL = desks()["kendal"]
TURNS = 12
_outbox = Outbox.__table__  # type: ignore[attr-defined]


def test_answers_and_messages_at_once_are_all_kept_in_order(database: Database, seal: Seal, clock: Clock) -> None:
    # Given a reporter whose story already is a case
    house, site = House(database, seal, clock, {"kendal": KENDAL}), Site(database, seal, clock)
    house.answer("a", "halo", "Ya")
    [(case_id, _)] = house.cases()
    people = [site.operator(name) for name in ("sari", "budi")]

    def write(number: int) -> None:
        house.take(house.incoming("a", f"pesan {number}"))

    def answer(number: int) -> str:
        text = f"jawaban {number}"
        while True:
            with database.read() as conn:
                version = cases.load_state(conn, seal, case_id).version
            try:
                with database.write() as conn:
                    operate.reply(conn, seal, KENDAL, people[number % 2], case_id, version=version, text=text, now=clock())
                return text
            except CaseChanged:
                continue

    # When the reporter writes while two operators answer
    with ThreadPoolExecutor(4) as pool:
        writing = [pool.submit(write, number) for number in range(TURNS)]
        answering = [pool.submit(answer, number) for number in range(TURNS)]
        for work in (*writing, *answering):
            work.result(timeout=60)

    # Then every answer is in the case once, the events are numbered without a gap, and so are the messages to the reporter
    events = house.events(case_id)
    assert sorted(e.text("text") for e in events if e.kind is EventKind.REPLIED) == sorted(f"jawaban {n}" for n in range(TURNS))
    assert [e.seq for e in events] == list(range(1, len(events) + 1))
    with database.read() as conn:
        numbers = conn.execute(select(_outbox.c.seq).order_by(_outbox.c.seq)).scalars().all()
    assert numbers == list(range(1, len(numbers) + 1))
    assert len([m for m in house.messages() if m[2]]) == TURNS + 2
