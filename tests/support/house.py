"""The whole house without doors: the real desks, writer and database, spoken to as a person would."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Mapping

from sqlalchemy import select

import dialogs
from hotline.case import CaseState, Event
from hotline.compact import loads
from hotline.desk import Desk
from hotline.messages import Incoming, Kind, Outgoing, numbers
from hotline.receive import Reception
from hotline.regions import load_profile
from hotline.remind import Reminder
from hotline.seal import Seal
from hotline.store import cases
from hotline.store.database import Database
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.people import Contact, Message
from hotline.store.tables.sending import Outbox
from hotline.writer import Writer
from tests.support.clock import Clock

_case, _outbox, _contact, _message = (t.__table__ for t in (CaseFile, Outbox, Contact, Message))  # type: ignore[attr-defined]
_numbers = itertools.count(1)
DANGEROUS = ("halo", "Tidak", "Cerita", "Tetangga", "Hanya saya", "Boleh", "Kekerasan fisik", "0-5", "Ya, mereka serumah")
PASSING = (
    "Sudah benar",
    "Cukup",
    "Lewati",
    "Tanpa nama",
    "Tidak ada yang sesuai",
    "Tidak ada",
    "Tidak",
    "Tidak tahu",
    "Tidak tahu / lewati",
)


def desk(slug: str) -> Desk:
    """The desk of a region as shipped."""
    profile = load_profile(slug)
    return Desk(profile, dialogs.book(profile))


class House:
    """Everything between a channel's door and the outbox."""

    def __init__(self, database: Database, seal: Seal, clock: Clock, desks: Mapping[str, Desk]) -> None:
        self.database, self.seal, self.clock, self.desks = database, seal, clock, desks
        self.reception = Reception(desks, seal, clock)
        self.reminder = Reminder(desks, seal, clock)

    def incoming(
        self, sender: str, text: str = "", *, message_id: str = "", channel: str = "sim-whatsapp", choice: str = "", region: str = ""
    ) -> Incoming:
        """One message of this person."""
        return Incoming(
            region=region or next(iter(self.desks)),
            channel=channel,
            sender=sender,
            message_id=message_id or f"m{next(_numbers)}",
            received_at=self.clock(),
            kind=Kind.CHOICE if choice else Kind.TEXT,
            text=text,
            choice=choice,
        )

    def take(self, *batch: Incoming) -> list[bool]:
        """Through the writer, all at once."""

        async def together() -> list[bool]:
            writer = Writer(self.database, self.reception, inline=self.database.dialect == "sqlite")
            return list(await asyncio.gather(*(writer.turn(i) for i in batch)))

        return asyncio.run(together())

    def say(self, sender: str, *texts: str, channel: str = "sim-whatsapp") -> list[Outgoing]:
        """Say these one after another, a minute apart; what was answered to the last."""
        before = 0
        for text in texts:
            before = len(self.heard(sender, channel))
            self.clock.shift(seconds=20)
            self.take(self.incoming(sender, text, channel=channel))
        return self.heard(sender, channel)[before:]

    def heard(self, sender: str, channel: str = "sim-whatsapp") -> list[Outgoing]:
        """Everything ever put in the outbox for this person, in order."""
        key = self.seal.fingerprint(next(iter(self.desks)), channel, sender)
        with self.database.read() as conn:
            query = select(_outbox.c.id, _outbox.c.body_sealed).join(_contact, _contact.c.id == _outbox.c.contact_id)
            rows = conn.execute(query.where(_contact.c.address_key == key).order_by(_outbox.c.created_at, _outbox.c.id))
            return [Outgoing.from_json(loads(self.seal.open(r.body_sealed, "outbox", r.id, "body"))) for r in rows]

    def answer(self, sender: str, *labels: str, channel: str = "sim-whatsapp") -> list[Outgoing]:
        """Choose by the beginning of a label wherever one fits the last question, else say it."""
        replies: list[Outgoing] = []
        for label in labels:
            last = self.heard(sender, channel)
            shown = zip(numbers(last[-1].options), last[-1].options, strict=True) if last else ()
            chosen = [option.label if number is None else str(number) for number, option in shown if option.label.startswith(label)]
            replies = self.say(sender, chosen[0] if chosen else label, channel=channel)
        return replies

    def cases(self) -> list[tuple[int, CaseState]]:
        """All cases, oldest first."""
        with self.database.read() as conn:
            ids = conn.execute(select(_case.c.id).order_by(_case.c.opened_at, _case.c.id)).scalars().all()
            return [(i, cases.load_state(conn, self.seal, i)) for i in ids]

    def events(self, case_id: int) -> list[Event]:
        """What happened to a case."""
        with self.database.read() as conn:
            return cases.load_events(conn, self.seal, case_id)

    def messages(self) -> list[tuple[str, int | None, bool]]:
        """(message id, case, worked) of everything that came in."""
        with self.database.read() as conn:
            query = select(_message.c.message_id, _message.c.case_id, _message.c.worked).order_by(_message.c.received_at, _message.c.id)
            return [(r.message_id, r.case_id, bool(r.worked)) for r in conn.execute(query)]


def finish(house: House, sender: str) -> tuple[str, str]:
    """Answer whatever is asked until a code and a PIN are given: skip, deny, or take the first."""
    for _ in range(40):
        last = house.heard(sender)[-1]
        ticket = next((m.text for m in house.heard(sender)[-3:] if "PIN:" in m.text), None)
        if ticket is not None:
            digits = "".join(c for c in ticket if c.isdigit())
            return digits[:9], digits[9:13]
        labels = [o.label for o in last.options]
        wanted = [label for label in PASSING if label in labels]
        house.answer(sender, (wanted or labels)[0])
    raise AssertionError("the story has no end")
