"""A stand-in for the engine: every message is kept and answered from a script, through the real tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update
from starlette.routing import BaseRoute

from bot import simulator
from hotline.engine.session import Session
from hotline.ids import new_id
from hotline.messages import Incoming, Outgoing
from hotline.seal import Seal
from hotline.store import conversations, outbox, transcript
from hotline.store.database import Database, DatabaseUnavailable
from hotline.store.tables.people import Contact
from hotline.times import Clock, to_us

_contact = Contact.__table__  # type: ignore[attr-defined]
Script = Callable[[Incoming], Sequence[Outgoing]]


class Talker:
    """Accepts messages as the receiver does, and sends at once what the script says."""

    def __init__(self, database: Database, seal: Seal, script: Script, clock: Clock) -> None:
        self._database, self._seal, self._script, self._clock = database, seal, script, clock
        self.heard: list[Incoming] = []
        self.away = False
        self.closing = False

    def routes(self, title: str) -> list[BaseRoute]:
        """The simulator, wired to this."""
        return simulator.routes(
            accept=self.accept,
            database=self._database,
            seal=self._seal,
            titles={"kendal": title},
            clock=self._clock,
            closing=lambda: self.closing,
        )

    async def accept(self, incoming: Incoming) -> bool:
        """True: worked now; False: a redelivery. Raises DatabaseUnavailable while `away`."""
        if self.away:
            raise DatabaseUnavailable(DatabaseUnavailable.__doc__)
        with self._database.write() as conn:
            if conversations.seen(conn, [incoming]):
                return False
            self.heard.append(incoming)
            key = self._seal.fingerprint(incoming.region, incoming.channel, incoming.sender)
            person = conversations.load(conn, self._seal, [key]).get(key) or conversations.begin(self._seal, incoming, key)
            person.messages.append(conversations.message_row(self._seal, person.id, incoming, worked=True))
            person.session, person.changed, person.last_in_at = Session(), True, to_us(self._clock())
            conversations.save(conn, self._seal, [person])
            for message in self._script(incoming):
                self._send(conn, person.id, message, outbox.REPLY)
        return True

    def now(self) -> datetime:
        """The time it is here."""
        return self._clock()

    def push(self, channel: str, region: str, sender: str, message: Outgoing) -> None:
        """Write first, as an operator's news would."""
        self.release(self.queue(channel, region, sender, message))

    def queue(self, channel: str, region: str, sender: str, message: Outgoing) -> int:
        """Put a push in the outbox and leave it there; its row's id."""
        with self._database.write() as conn:
            contact = self._contact(conn, channel, region, sender)
            return outbox.put(conn, self._seal, contact, message, purpose=outbox.PUSH, case_id=None, now=self._clock())

    def release(self, row: int) -> None:
        """Let it have been sent now."""
        with self._database.write() as conn:
            self._sent(conn, row)

    def story_until(self, channel: str, region: str, sender: str, quiet_at: int) -> None:
        """As if a story were being told."""
        with self._database.write() as conn:
            contact = self._contact(conn, channel, region, sender)
            conn.execute(update(_contact).where(_contact.c.id == contact).values(quiet_at=quiet_at))

    def quiet_at(self, channel: str, region: str, sender: str) -> int | None:
        """When the running story falls quiet."""
        with self._database.read() as conn:
            contact = self._contact(conn, channel, region, sender)
            return conn.execute(select(_contact.c.quiet_at).where(_contact.c.id == contact)).scalar()

    def _contact(self, conn: Connection, channel: str, region: str, sender: str) -> int:
        contact = transcript.contact_id(conn, self._seal, region, channel, sender)
        assert contact is not None
        return contact

    def _send(self, conn: Connection, contact: int, message: Outgoing, purpose: str) -> None:
        self._sent(conn, outbox.put(conn, self._seal, contact, message, purpose=purpose, case_id=None, now=self._clock()))

    def _sent(self, conn: Connection, row: int) -> None:
        sent = outbox.Outcome(id=row, at=self._clock(), took=timedelta(), outcome="sent", state=outbox.SENT, provider_id=str(new_id()))
        outbox.settle(conn, [sent])
