"""A message becomes a turn: deduplicated, in its contact's order, advanced, its case kept and its answer queued, all in one commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import Connection

from hotline.desk import Desk
from hotline.engine.advance import advance
from hotline.engine.effects import Effect, Fetch, Fetched, Finished, Language, SafeContact, Send, Stopped
from hotline.fetches import answer
from hotline.messages import Incoming, Outgoing
from hotline.seal import Seal
from hotline.store import conversations, outbox
from hotline.store.ledger import Ledger
from hotline.story import Story
from hotline.times import Clock, now, to_us
from hotline.visit import Visit
from hotline.writer import Writer

_MOST_FETCHES = 8
_log = structlog.get_logger(__name__)


class TooManyFetches(Exception):
    """A dialog asks the host again and again without asking the person: it is wrongly built."""


class UnknownRegion(Exception):
    """No profile of this name is served here."""


class Reception:
    """Works batches of messages inside the writer's transaction (`hotline.writer.Turns`)."""

    def __init__(self, desks: Mapping[str, Desk], seal: Seal, clock: Clock = now) -> None:
        self._desks, self._seal, self._clock = desks, seal, clock

    def work(self, conn: Connection, batch: Sequence[Incoming]) -> list[bool]:
        """One turn for each message not seen before, in the order given."""
        moment = self._clock()
        keys = [self._seal.fingerprint(i.region, i.channel, i.sender) for i in batch]
        conversations.lock(conn, keys)
        known = conversations.seen(conn, batch)
        people = conversations.load(conn, self._seal, set(keys))
        ledger = Ledger(conn, self._seal)
        ledger.read(case_id for p in people.values() if (case_id := p.case_id or p.last_case_id) is not None)
        replies: list[dict[str, Any]] = []
        worked = []
        for incoming, key in zip(batch, keys, strict=True):
            mark = (incoming.channel, incoming.message_id)
            worked.append(mark not in known)
            if mark in known:
                continue
            known.add(mark)
            person = people.get(key) or people.setdefault(key, conversations.begin(self._seal, incoming, key))
            person.messages.append(conversations.message_row(self._seal, person.id, incoming, worked=True))
            replies += _Turn(Visit(conn, self._seal, ledger, self._desk(incoming.region), person, moment)).take(incoming)
        conversations.save(conn, self._seal, people.values())
        ledger.flush()
        outbox.insert_rows(conn, replies)
        return worked

    def keep(self, conn: Connection, incoming: Incoming, error: Exception) -> bool:
        """The message is stored and the person answered although working it failed; the conversation stays where it was."""
        _log.error("turn failed, message kept", error=type(error).__name__, channel=incoming.channel, region=incoming.region)
        key = self._seal.fingerprint(incoming.region, incoming.channel, incoming.sender)
        conversations.lock(conn, [key])
        if conversations.seen(conn, [incoming]):
            return False
        person = conversations.load(conn, self._seal, [key]).get(key) or conversations.begin(self._seal, incoming, key)
        person.messages.append(conversations.message_row(self._seal, person.id, incoming, worked=False))
        desk = self._desk(incoming.region)
        turn = _Turn(Visit(conn, self._seal, Ledger(conn, self._seal), desk, person, self._clock()))
        replies = [turn.queue(desk.book.fallback(person.language))]
        person.changed = True
        conversations.save(conn, self._seal, [person])
        outbox.insert_rows(conn, replies)
        return True

    def _desk(self, region: str) -> Desk:
        try:
            return self._desks[region]
        except KeyError:
            raise UnknownRegion(UnknownRegion.__doc__) from None


class _Turn:
    """One message of one person."""

    def __init__(self, visit: Visit) -> None:
        self._visit, self._seal, self._desk, self._person, self._now = visit, visit.seal, visit.desk, visit.person, visit.now
        self._story = Story(visit)
        self._replies: list[dict[str, Any]] = []

    def take(self, incoming: Incoming) -> list[dict[str, Any]]:
        """Advance until the person is asked something; gives the replies as outbox rows."""
        person = self._person
        person.changed, person.last_in_at = True, to_us(self._now)
        if person.stopped:
            person.stopped = False
        step: Incoming | Fetched = incoming
        for _ in range(_MOST_FETCHES):
            person.session, effects = advance(self._desk.book, person.session, step, self._now)
            fetch = self._apply(effects)
            if fetch is None:
                self._settle()
                return self._replies
            step = Fetched(fetch.name, answer(self._visit, self._story, fetch))
        raise TooManyFetches(TooManyFetches.__doc__)

    def queue(self, message: Outgoing) -> dict[str, Any]:
        """The next message of this contact's line, as a row."""
        person = self._person
        person.sent_seq += 1
        return outbox.row(
            self._seal,
            region=person.region,
            channel=person.channel,
            contact_id=person.id,
            seq=person.sent_seq,
            message=message,
            purpose=outbox.REPLY,
            case_id=person.case_id,
            now=self._now,
        )

    def _apply(self, effects: Sequence[Effect]) -> Fetch | None:
        fetch = None
        for effect in effects:
            match effect:
                case Send(message):
                    self._replies.append(self.queue(message))
                case Fetch():
                    fetch = effect
                case Stopped(stopped):
                    self._person.stopped = stopped
                case Language(code):
                    self._person.language = code
                case SafeContact(phone, push, hours):
                    self._person.phone, self._person.push, self._person.push_hours = phone, push, hours
                case _:
                    self._story.hear(effect)
                    if isinstance(effect, Finished):
                        self._story.finish(effect)
        self._story.judge()
        return fetch

    def _settle(self) -> None:
        person = self._person
        # A story that had something in it keeps it: only at its beginning is it worth looking again.
        running = self._desk.track(person.session) is not None and (person.quiet_at is not None or self._story.has_content)
        person.quiet_at = to_us(self._now + timedelta(minutes=self._desk.profile.quiet_minutes)) if running else None


class Receiver:
    """The door for every channel: durable when it returns."""

    def __init__(self, writer: Writer, wake: Callable[[], None] = lambda: None) -> None:
        self._writer, self._wake = writer, wake

    async def accept(self, incoming: Incoming) -> bool:
        """True: worked now; False: a redelivery. Raises DatabaseUnavailable, with nothing kept."""
        worked = await self._writer.turn(incoming)
        self._wake()
        return worked
