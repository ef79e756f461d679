"""Nights on call: officers with phones, a roster, and everything between a cry and the last rung, over a house without doors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select, update

from hotline.alarm.bell import State
from hotline.case import SYSTEM, Event, EventKind, operator_author
from hotline.deliver import Failure
from hotline.escalate import Escalator
from hotline.messages import Outgoing
from hotline.staff import Role
from hotline.store import accounts, cases, officers, outbox
from hotline.store.alarm import alarms, roster
from hotline.store.alarm.alarms import Alarm
from hotline.store.alarm.rungs import Page, Rung
from hotline.store.tables.office import Operator
from hotline.store.tables.people import Contact
from hotline.store.tables.sending import Outbox
from hotline.times import to_us
from tests.support.house import House

_operator, _outbox, _contact = (t.__table__ for t in (Operator, Outbox, Contact))  # type: ignore[attr-defined]
CRY = "anaknya dipukuli sekarang"
REPORTER = "tetangga"
LADDER = {"ani": "PIKET", "budi": "PIKET", "citra": "SUPERVISOR", "dewi": "KEPALA_UNIT", "eko": "MANAJER"}
"""First on call, second on call, and one for each role of the default ladder."""


class Night:
    """A house with officers. `refuses` says for an officer's name why the provider takes nothing for them; None: it takes it."""

    def __init__(self, house: House) -> None:
        self.house, self.clock, self.region = house, house.clock, next(iter(house.desks))
        self.ids: dict[str, int] = {}
        self.refuses: Callable[[str], Failure | None] = lambda name: None
        self.holds = False
        """The safe-contact gate lets no answer through."""
        self.schedulers = [Escalator(house.desks, house.seal, house.clock)]

    def people(self, *, roles: dict[str, str] = LADDER, phones: bool = True, duty: bool = True) -> Night:
        """Accounts for these, a registered phone each, and the first two on duty for two days."""
        for name, role in roles.items():
            with self.house.database.write() as conn:
                self.ids[name] = accounts.insert_account(
                    conn, region=self.region, name=name, display_name=name.title(), role=Role(role), password_hash="-", now=self.clock()
                )
            if phones:
                self.register(name)
        if duty:
            self.duty("ani", 1)
            self.duty("budi", 2)
        return self

    def duty(self, name: str, position: int, hours: int = 48) -> None:
        """On duty from now on."""
        start = self.clock() - timedelta(hours=1)
        with self.house.database.write() as conn:
            roster.add_duty(
                conn,
                self.region,
                operator_id=self.ids[name],
                position=position,
                starts_at=start,
                ends_at=start + timedelta(hours=hours),
            )

    def register(self, name: str, channel: str = "sim-telegram") -> list[Outgoing]:
        """The officer sends the panel's code from their phone."""
        with self.house.database.write() as conn:
            code = officers.invite(conn, self.ids[name], self.clock())
        return self.house.say(self.phone(name), f"PETUGAS {code}", channel=channel)

    def phone(self, name: str) -> str:
        """The sender's id of an officer's phone."""
        return f"hp-{name}"

    def disable(self, name: str) -> None:
        """The account may no longer sign in."""
        with self.house.database.write() as conn:
            conn.execute(update(_operator).where(_operator.c.id == self.ids[name]).values(disabled=True))

    def cry(self, text: str = CRY, sender: str = REPORTER, *, phone: str = "mine", push: str = "yes") -> Alarm:
        """Somebody writes of danger, on a phone of which they have said this before; the alarm it started."""
        self.house.say(sender, text)
        with self.house.database.write() as conn:
            theirs = _contact.c.address_key == self.house.seal.fingerprint(self.region, "sim-whatsapp", sender)
            conn.execute(update(_contact).where(theirs).values(phone=phone, push=push, push_hours="08-17" if push == "hours" else ""))
        return self.alarm()

    def alarm(self) -> Alarm:
        """The newest alarm."""
        with self.house.database.read() as conn:
            return alarms.started_between(conn, self.region, self.clock() - timedelta(days=3), self.clock() + timedelta(seconds=1))[-1]

    def rungs(self) -> list[Rung]:
        """The newest alarm's rungs."""
        with self.house.database.read() as conn:
            return alarms.rungs(conn, self.alarm().id)

    def rang(self) -> dict[int, float]:
        """Minutes after the start at which each rung of the newest alarm rang."""
        start = self.alarm().started_at
        return {r.number: round((r.rung_at - start).total_seconds() / 60, 1) for r in self.rungs() if r.rung_at is not None}

    def pages(self) -> list[tuple[int, str, Page]]:
        """(rung, whose phone, the call) in the order in which they were made."""
        return [(r.number, p.name.lower() or "pelapor", p) for r in self.rungs() for p in r.pages]

    def called(self) -> list[tuple[int, str]]:
        """(rung, whom) for every call that was really made."""
        return [(number, name) for number, name, page in self.pages() if page.channel]

    def unsent(self) -> list[tuple[str, str]]:
        """(whom, why) of every call that reached nobody."""
        with self.house.database.read() as conn:
            return sorted((u.name.lower(), u.reason) for u in alarms.unsent(conn, self.region, self.clock()))

    def send(self) -> None:
        """The provider takes what waits for officers and the reporter, or refuses it as told."""
        with self.house.database.write() as conn:
            waiting = conn.execute(
                select(_outbox.c.id, _outbox.c.contact_id, _outbox.c.purpose).where(
                    _outbox.c.state == outbox.DUE, _outbox.c.due_at <= to_us(self.clock())
                )
            ).all()
            names = {c.contact_id: name for name, i in self.ids.items() for c in officers.chats(conn, [i]).get(i, [])}
            settled = []
            for row in waiting:
                failure = self.refuses(names.get(row.contact_id, ""))
                reason = "" if failure is None else failure.value
                state = outbox.SENT if failure is None else outbox.DUE if failure.retry else outbox.DEAD
                if self.holds and row.purpose == outbox.REPLY:
                    state, reason = outbox.HELD, "late_reply_unsafe_phone"
                due = self.clock() + timedelta(seconds=2)
                kept = reason if state != outbox.DUE else ""
                settled.append(outbox.Outcome(id=row.id, at=self.clock(), outcome=reason or "sent", state=state, reason=kept, due_at=due))
            outbox.settle(conn, settled)

    def look(self) -> None:
        """Every scheduler looks once."""
        for scheduler in self.schedulers:
            with self.house.database.write() as conn:
                scheduler.look(conn)

    def wait(self, minutes: float, every: float | None = None) -> None:
        """Time passes while workers and schedulers look every `every` minutes, and whenever an alarm is due: it rings in that second."""
        end = self.clock() + timedelta(minutes=minutes)
        every = every or (0.25 if minutes <= 2 else 1.0)
        while self.clock() < end:
            step = min(self.clock() + timedelta(minutes=every), end)
            self.clock.set(min([step, *(at for at in self._due() if at > self.clock())]))
            self.send()
            self.look()

    def _due(self) -> list[datetime]:
        with self.house.database.read() as conn:
            found = [alarm.next_rung_at for alarm in alarms.open_alarms(conn, self.region)]
        return [at for at in found if at is not None and self.schedulers]

    def answer(self, name: str, text: str, channel: str = "sim-telegram") -> list[Outgoing]:
        """An officer writes, or taps the button of this label in their newest call."""
        calls = [m for m in self.heard(name, channel) if any(o.label == text for o in m.options)]
        if channel == "sim-telegram" and calls:
            token = next(o.token for o in calls[-1].options if o.label == text)
            before = len(self.heard(name, channel))
            self.house.take(self.house.incoming(self.phone(name), channel=channel, choice=token))
            return self.heard(name, channel)[before:]
        return self.house.say(self.phone(name), text, channel=channel)

    def heard(self, name: str, channel: str = "sim-telegram") -> list[Outgoing]:
        """Everything ever queued for this officer's phone, the oldest first."""
        return self.house.heard(self.phone(name), channel)

    def event(self, case_id: int, name: str, kind: EventKind, **body: object) -> None:
        """An officer does this to the case in the panel."""
        made = Event(kind=kind, at=self.clock(), author=operator_author(self.ids[name]), body=body)
        with self.house.database.write() as conn:
            cases.append(conn, self.house.seal, case_id, [made], ladders=self.house.desks[self.region].ladders)

    def handled(self, case_id: int, name: str) -> None:
        """An officer records an emergency action."""
        self.event(case_id, name, EventKind.HANDLED, note="polisi sudah di sana", emergency="DITANGANI")

    def open_without_ladder(self) -> None:
        """A case that rings, opened by somebody who does not know the region's profile."""
        opened = Event(kind=EventKind.OPENED, at=self.clock(), author=SYSTEM, body={"track": "anak", "stage": "PENGADUAN_DITERIMA"})
        raised = Event(kind=EventKind.RAISED, at=self.clock(), author=SYSTEM, body={"level": 5, "reasons": []})
        with self.house.database.write() as conn:
            cases.open_case(conn, self.house.seal, region=self.region, contact_id=None, events=[opened, raised], now=self.clock())

    def state(self) -> State:
        """The newest alarm's."""
        return self.alarm().state
