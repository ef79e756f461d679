"""A message becomes a turn: deduplicated, in its contact's order, advanced, its case kept and its answer queued, all in one commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog
from sqlalchemy import Connection

from hotline.case import Emergency
from hotline.desk import Desk
from hotline.engine.advance import advance
from hotline.engine.effects import Closed, Effect, Fetch, Fetched, Finished, Language, PutAway, SafeContact, Send, Stopped, TakenUp
from hotline.messages import CHANNELS, Incoming, Outgoing
from hotline.seal import Seal
from hotline.store import attachments, audit, conversations, outbox, refiled, wipes
from hotline.store.alarm import pages
from hotline.store.crowd import Crowd
from hotline.store.handover import Handover
from hotline.store.ledger import Ledger
from hotline.store.outbox import Queued
from hotline.store.talks import Talk
from hotline.times import Clock, now, to_us
from hotline.turns import hiding
from hotline.turns.fetches import answer
from hotline.turns.officer import Phone, answered, concerns
from hotline.turns.overhear import leave, overhear, told_before
from hotline.turns.story import Story
from hotline.turns.visit import Visit
from hotline.writer import Writer

_MOST_FETCHES = 8
_log = structlog.get_logger(__name__)


class TooManyFetches(Exception):
    """A dialog asks the host again and again without asking the person: it is wrongly built."""


class UnknownRegion(Exception):
    """No profile of this name is served here."""


class Reception:
    """Works batches of messages inside the writer's transaction (`hotline.writer.Turns`)."""

    def __init__(self, desks: Mapping[str, Desk], seal: Seal, clock: Clock = now, handover: Handover | None = None) -> None:
        self._desks, self._seal, self._clock, self._handover = desks, seal, clock, handover or Handover()
        self._ladders = {slug: ladder for desk in desks.values() for slug, ladder in desk.ladders.items()}

    def work(self, conn: Connection, batch: Sequence[Incoming], *, guarded: bool = True) -> list[bool]:
        """One turn for each message not seen before, in the order given. Nothing else may follow in the transaction.

        Without `guarded` an alarm that fails raises AlarmNotMoved; with it, what was said is kept all the same.
        """
        moment, replies, trail, worked = self._clock(), list[Queued](), list[dict[str, Any]](), list[bool]()
        crowd = Crowd(conn, self._seal, self._ladders, batch, alarm_ids=answered(batch))
        addresses: dict[int, tuple[conversations.Conversation, str]] = {}
        for incoming in batch:
            worked.append(crowd.is_new(incoming))
            if not worked[-1]:
                continue
            person = crowd.sender(incoming)
            addresses[person.id] = person, incoming.sender
            turn = _Turn(Visit(conn, self._seal, crowd.ledger, self._desk(incoming.region), person, moment))
            said = self._one(turn, crowd, incoming.storable(), trail)
            if turn.closed:
                outbox.withdraw(conn, person.id, replies)
            replies += said
        self._handover.offer(conn, [row for row in replies if row["state"] == outbox.DUE], addresses, moment)
        crowd.write(quiet=not trail, guarded=guarded)
        outbox.insert_rows(conn, replies)
        for act in trail:
            audit.record(conn, self._seal, now=moment, **act)
        return worked

    def _one(self, turn: _Turn, crowd: Crowd, incoming: Incoming, trail: list[dict[str, Any]]) -> list[Queued]:
        person = crowd.sender(incoming)
        if incoming.edited and incoming.media:
            incoming = refiled.only_new(crowd.conn, self._seal, person, incoming)
        self._note(person, incoming, worked=True)
        talk = crowd.talk(person)
        said = turn.by_officer(incoming, trail) or (turn.take(incoming) if talk is None else turn.overhear(talk, incoming))
        if talk is not None:
            crowd.look_at_talks()
        person.place()
        return said

    def keep(self, conn: Connection, incoming: Incoming, error: Exception) -> bool:
        """A message that cannot be worked is stored, becomes a case for people and is answered; the conversation stays where it was."""
        _log.error("turn failed, message kept", error=type(error).__name__, channel=incoming.channel, region=incoming.region)
        incoming, moment, desk = incoming.storable(), self._clock(), self._desk(incoming.region)
        key = self._seal.fingerprint(incoming.region, incoming.channel, incoming.sender)
        conversations.lock(conn, [key])
        if conversations.seen(conn, [incoming]):
            return False
        known = conversations.load(conn, self._seal, [key], forgiving=True)
        person = known.get(key) or conversations.begin(self._seal, incoming, key)
        self._note(person, incoming, worked=False)
        person.changed, person.last_in_at = True, to_us(moment)
        ledger = Ledger(conn, self._seal, self._ladders)
        turn = _Turn(Visit(conn, self._seal, ledger, desk, person, moment))
        replies = [turn.rescue(incoming.text)]
        conversations.save(conn, self._seal, [person])
        ledger.flush()
        outbox.insert_rows(conn, replies)
        return True

    def _note(self, person: conversations.Conversation, incoming: Incoming, *, worked: bool) -> None:
        row = conversations.message_row(self._seal, person.id, incoming, worked=worked)
        person.messages.append(row)
        if incoming.media:
            person.files += attachments.rows(self._seal, row, incoming)

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
        self._replies: list[Queued] = []
        self.closed = False
        """The person wrote TUTUP: nothing that was said before may arrive after it."""

    def take(self, incoming: Incoming) -> list[Queued]:
        """Advance until the person is asked something; gives the replies as outbox rows."""
        person = self._person
        # A belated message opens no window and makes no late answer a fresh one.
        heard = incoming.received_at if incoming.late else self._now
        person.changed, person.last_in_at = True, max(person.last_in_at, to_us(heard))
        if person.stopped:
            person.stopped = False
        step: Incoming | Fetched = incoming
        for _ in range(_MOST_FETCHES):
            person.session, effects = advance(self._desk.book, person.session, step, self._now)
            fetch = self._apply(effects)
            if fetch is None:
                if incoming.media and self._desk.book.for_files(person.session) is None:
                    attachments.close_off(person.files[-len(incoming.media) :])
                self._settle()
                self._tell_unanswered()
                self._leave_no_trace()
                return self._replies
            step = Fetched(fetch.name, answer(self._visit, self._story, fetch))
        raise TooManyFetches(TooManyFetches.__doc__)

    def by_officer(self, incoming: Incoming, trail: list[dict[str, Any]]) -> list[Queued]:
        """An officer's phone registers or answers a call, before any dialog; nothing when the message is for the dialog."""
        said = Phone(self._visit, trail).hear(incoming) if concerns(incoming) else None
        if said is None:
            return []
        self._person.changed, self._person.last_in_at, self._person.stopped = True, to_us(self._now), False
        return [self.queue(said)]

    def overhear(self, talk: Talk, incoming: Incoming) -> list[Queued]:
        """The same while an operator answers in the chat: the tree yields, unless the talk is over by now."""
        person = self._person
        person.changed, person.last_in_at, person.stopped = True, to_us(self._now), False
        found = overhear(self._visit, talk, incoming)
        if found is None:
            return self.take(incoming)
        effects, ending = found
        self._apply(effects)
        if ending is not None:
            leave(self._visit, talk, ending)
        if not told_before(self._visit, talk):
            self._settle()
        self._leave_no_trace()
        return self._replies

    def _tell_unanswered(self) -> None:
        """Who could not be told outside their own conversation that no officer has answered yet is told in it."""
        person, ledger = self._person, self._visit.ledger
        # Whoever writes after TUTUP may be somebody else who holds the phone.
        if self.closed or person.stopped or not hiding.is_met(person):
            return
        # Who goes on with one story may have cried for help in the one before it; a newcomer after TUTUP did not.
        before = None if person.session.hidden else person.last_case_id
        for case_id in (i for i in (person.case_id, before) if i):
            page = ledger.untold(case_id) if ledger.state(case_id).emergency is Emergency.AKTIF else None
            if page is not None:
                unanswered = self._desk.book.phrase("unanswered", self._desk.book.speaks(person.language))
                self._replies.append(self.queue(Outgoing(text=unanswered)))
                pages.told_after_all(self._visit.conn, page, self._replies[-1]["id"])
                break

    def _leave_no_trace(self) -> None:
        """After TUTUP the chat is emptied where the messenger can; of this turn only the neutral sentence stays."""
        person, kept = self._person, self._replies[-1]["id"] if self._replies else None
        if self.closed and CHANNELS[person.channel].erases:
            wipes.begin(
                self._visit.conn, contact_id=person.id, channel=person.channel, region=person.region, keep_outbox_id=kept, now=self._now
            )

    def rescue(self, words: str) -> Queued:
        """Without the engine: the words become a case, and the person hears that they are kept."""
        self._story.rescue(words, _sounds_dangerous(self._desk, words))
        return self.queue(self._desk.book.fallback(self._person.language))

    def queue(self, message: Outgoing) -> Queued:
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
                    self._stop(stopped)
                case Language(code):
                    self._person.language = code
                case Closed():
                    self.closed = True
                    hiding.hide(self._person)
                case PutAway(last):
                    self._person.quiet_at = None
                    self._story.put_away(last)
                case TakenUp():
                    hiding.show(self._person)
                    self._story.take_up()
                case SafeContact():
                    hiding.keep_safe(self._person, effect, self._now)
                case _:
                    self._story.hear(effect)
                    if isinstance(effect, Finished):
                        self._story.finish(effect)
        self._story.judge()
        return fetch

    def _stop(self, stopped: bool) -> None:
        """Who writes again is answered again, but is written to first only after they have said so anew."""
        self._person.stopped = stopped
        if stopped:
            self._person.push = "no"
            hiding.forget(self._person)

    def _settle(self) -> None:
        person = self._person
        # A story that had something in it keeps it: only at its beginning is it worth looking again.
        telling = self._desk.track(person.session) is not None or bool(person.session.said)
        running = telling and (person.quiet_at is not None or self._story.has_content)
        at = to_us(self._now)
        if not running:
            person.quiet_at = None
        elif person.quiet_at is None or not at < person.quiet_at <= at + self._desk.patience_us or person.last_in_at != at:
            person.quiet_at = at + self._desk.patience_us
        # Else it stays: whoever looks then sees that they wrote since (`hotline.remind`), and no index is changed at every turn.


def _sounds_dangerous(desk: Desk, words: str) -> bool:
    try:
        return "darurat" in words.casefold() or bool(desk.book.danger(words))
    except Exception:
        return True  # It may be the very thing that failed; a false alarm is the smaller harm.


class Receiver:
    """The door for every channel: durable when it returns."""

    def __init__(self, writer: Writer, wake: Callable[[], None] = lambda: None) -> None:
        self._writer, self._wake = writer, wake

    async def accept(self, incoming: Incoming) -> bool:
        """True: worked now; False: a redelivery. Raises DatabaseUnavailable, as `hotline.writer.Writer.turn` does."""
        worked = await self._writer.turn(incoming)
        self._wake()
        return worked
