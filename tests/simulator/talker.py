"""A stand-in for the engine: every message is kept and answered from a script, through the real tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from hotline.engine.session import Session
from hotline.ids import new_id
from hotline.messages import Incoming, Outgoing
from hotline.seal import Seal
from hotline.store import conversations, outbox
from hotline.store.database import Database
from hotline.times import Clock, to_us

Script = Callable[[Incoming], Sequence[Outgoing]]


class Talker:
    """Accepts messages as the receiver does, and sends at once what the script says."""

    def __init__(self, database: Database, seal: Seal, script: Script, clock: Clock) -> None:
        self._database, self._seal, self._script, self._clock = database, seal, script, clock
        self.heard: list[Incoming] = []

    async def accept(self, incoming: Incoming) -> bool:
        """True: worked now; False: a redelivery."""
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

    def push(self, channel: str, region: str, sender: str, message: Outgoing) -> None:
        """Write first, as an operator's news would."""
        with self._database.write() as conn:
            key = self._seal.fingerprint(region, channel, sender)
            self._send(conn, conversations.load(conn, self._seal, [key])[key].id, message, outbox.PUSH)

    def _send(self, conn: conversations.Connection, contact: int, message: Outgoing, purpose: str) -> None:
        now = self._clock()
        row = outbox.put(conn, self._seal, contact, message, purpose=purpose, case_id=None, now=now)
        sent = outbox.Outcome(id=row, at=now, took=timedelta(), outcome="sent", state=outbox.SENT, provider_id=str(new_id()))
        outbox.settle(conn, [sent])
