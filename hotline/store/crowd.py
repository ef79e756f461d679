"""Everybody who writes in one batch of messages: read together, each changed in memory, written together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from hotline.messages import Incoming
from hotline.seal import Seal
from hotline.store import conversations, talks
from hotline.store.alarm import pages
from hotline.store.conversations import Conversation
from hotline.store.ledger import Ladders, Ledger
from hotline.store.sql.bulk import last_words, together, travels
from hotline.store.talks import Talk


class Crowd:
    """The people of a batch, locked until the commit, with their cases and their talks with operators.

    `alarm_ids` are those named by taps in the batch: their cases are locked with all others.
    """

    def __init__(self, conn: Connection, seal: Seal, ladders: Ladders, batch: Sequence[Incoming], *, alarm_ids: Sequence[int]) -> None:
        self.conn, self._seal, self.ledger = conn, seal, Ledger(conn, seal, ladders)
        self._keys: Mapping[tuple[str, str, str], bytes] = {
            (i.region, i.channel, i.sender): seal.fingerprint(i.region, i.channel, i.sender) for i in batch
        }
        keys = list(set(self._keys.values()))
        with together(conn):
            met = conversations.meet(conn, seal, batch, keys)
            if travels(conn) and not alarm_ids:
                self.ledger.foresee(keys)
        self._known, self._people = met.known(), met.people()
        held = [person.id for person in self._people.values() if person.held]
        cases = [*self._cases(), *pages.cases_of(conn, alarm_ids)]
        with together(conn):
            self.ledger.read(cases)
            answering = talks.ask(conn, held)
        self._talks = talks.by_contact(answering)

    def _cases(self) -> list[int]:
        people = self._people.values()
        return [i for p in people for i in (p.case_id, p.last_case_id, p.waits_case_id) if i]

    def is_new(self, incoming: Incoming) -> bool:
        """Whether this message was never worked before; from now on it was."""
        mark = (incoming.channel, incoming.message_id)
        if mark in self._known:
            return False
        self._known.add(mark)
        return True

    def sender(self, incoming: Incoming) -> Conversation:
        """Who wrote it."""
        key = self._keys[incoming.region, incoming.channel, incoming.sender]
        return self._people.get(key) or self._people.setdefault(key, conversations.begin(self._seal, incoming, key))

    def talk(self, person: Conversation) -> Talk | None:
        """The talk in which an operator answers them now."""
        return self._talks.get(person.id)

    def look_at_talks(self) -> None:
        """One of the talks may have ended."""
        self._talks = talks.by_contact(talks.ask(self.conn, list(self._talks)))

    def write(self, *, quiet: bool, guarded: bool) -> None:
        """Write every change; alarms that begin call their officers (`guarded` as in `Ledger.flush`).

        `quiet`: after it only rows are written in this transaction, by `Bulk`.
        """
        if quiet and not self.ledger.rings:
            last_words(self.conn)
        with together(self.conn):
            conversations.save(self.conn, self._seal, self._people.values())
            self.ledger.write()
        self.ledger.flush(guarded=guarded)
        if quiet:
            last_words(self.conn)
