"""The story a person is telling, on its way to being a case: opened at the first danger, at the end, or when it falls silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hotline.case import REPORTER, SYSTEM, Emergency, Event, EventKind, Level, Told, Track
from hotline.desk import answers, raised, told
from hotline.engine.asked_back import nods, thanks
from hotline.engine.commands import WISH
from hotline.engine.effects import Alarm, Answered, Effect, Finished, Said
from hotline.engine.fold import fold
from hotline.engine.session import Session
from hotline.engine.ticket import hidden
from hotline.staff import HOLDER_GONE
from hotline.store import officers
from hotline.turns.beside import Other, naming, tell
from hotline.turns.visit import Visit
from hotline.values import changed

OPENS_AT = Level.TINGGI
"""What was said so far makes a case at once from this level on; below it, the end of the story or silence does."""


MOST_SAID, MOST_LETTERS = 20, 20_000
"""Loose words kept in the session at most; with more they are a case at once, whatever they are about."""
_BY_REPORTER = "pelapor menulis lagi"


class Story:
    """Collects what one turn says and writes it to the person's case, if there is one or must be one."""

    def __init__(self, visit: Visit) -> None:
        self._conn, self._ledger, self._desk = visit.conn, visit.ledger, visit.desk
        self._person, self._now = visit.person, visit.now
        self._before = visit.person.session
        self._heard: list[Event] = []
        self._added: list[Event] = []
        """Words of this turn that went to a case told before."""
        self._moved = self._alarmed = False
        person = visit.person
        if person.case_id is not None and (state := self._ledger.state(person.case_id)).closed and state.told is not Told.LENGKAP:
            # People are done with that case: what is said now must stand in the queue again, as a case of its own. Told to its end, it is
            # opened again by what comes after (`_write`).
            person.last_case_id, person.case_id = person.case_id, None

    @property
    def has_content(self) -> bool:
        """Whether anything was said that must not be lost."""
        session = self._person.session
        if session.said:
            return True
        return self._desk.track(session) is not None and (self._person.case_id is not None or bool(self._desk.book.story(session)))

    def hear(self, effect: Effect) -> None:
        """Take note of one effect; it is written by `judge`."""
        match effect:
            case Answered(private=False):
                self._heard += answers([effect], self._now)
                self._moved = True
            case Alarm(_, words):
                self._moved = self._alarmed = True
                session = self._person.session
                self._person.session = changed(session, danger=list(dict.fromkeys([*session.danger, *words])))
            case Said(words):
                self._hear_words(words)

    def _hear_words(self, words: str) -> None:
        person = self._person
        if (opened := self._opened_with_pin()) is not None:
            self.add(opened, words)
            return
        if self._only_thanks(words):
            return
        if person.case_id is not None or (self._desk.track(person.session) is None and self._open_last() is not None):
            self._heard.append(_said(words, self._now))
        else:
            person.session = changed(person.session, said=[*person.session.said, words])

    def _only_thanks(self, words: str) -> bool:
        """Thanks when nothing is told and no case is open: kept with the message, but nothing for people to work on."""
        person, nothing = self._person, not self._person.session.said and self._desk.track(self._person.session) is None
        return nothing and person.case_id is None and thanks(fold(words)) and self._open_last() is None

    def _opened_with_pin(self) -> int | None:
        """The case that code and PIN have just opened, from whatever phone: what is sent there, a photo too, belongs to it."""
        return None if self._desk.track(self._person.session) is not None else self._proven()

    def _proven(self) -> int | None:
        looked = self._person.session.fetched.get("look_up", {})
        return self._ledger.find(self._person.region, "".join(looked["code"].split())) if looked.get("found") == "ok" else None

    def _open_last(self) -> int | None:
        """The case told before, while people still work on it."""
        last = self._person.last_case_id
        return last if last is not None and not self._ledger.state(last).closed else None

    def judge(self) -> None:
        """Open the case if what was said is grave, write what was heard, and raise the level if it rose. Never lowers it (I7)."""
        opens = self._person.case_id is None
        if opens and self._is_grave():
            self.open("danger")
        elif opens and self._is_much():
            self.open("silence")
        elif self._heard or (self._moved and not opens):
            self._write()
        self._moved = self._alarmed = False

    def _is_grave(self) -> bool:
        """Whether what this turn said makes a case of the story at once."""
        session = self._person.session
        return self._moved and self._desk.track(session) is not None and self._desk.said_so_far(session).level >= OPENS_AT

    def _is_much(self) -> bool:
        said = self._person.session.said
        return len(said) > MOST_SAID or sum(map(len, said)) > MOST_LETTERS

    def open(self, source: str, how: Told | None = None) -> int:
        """Make the story a case now; gives its id. Its answers so far are its first events."""
        person = self._person
        if person.case_id is None:
            said = [_said(words, self._now) for words in person.session.said] + [e for e in self._heard if e.kind is EventKind.SAID]
            person.session = changed(person.session, said=[])
            first, *more = self._desk.opening(person.session, source, self._now)
            others = self._others() if source == "danger" else []
            first = naming(self._ledger, first, others)
            self._begin([first, *more, *said, *self._added, *([told(how, self._now)] if how else [])])
            self._tell(others, said)
        else:
            self._write([*self._complete(person.case_id), told(how, self._now)] if how and not self._confirmed(how) else [])
        self._heard = []
        assert person.case_id is not None
        return person.case_id

    def _others(self) -> list[Other]:
        """The person's other cases that people work on: what code and PIN have opened here, then what this phone told before."""
        last, proven = self._open_last(), self._proven()
        if proven is None or self._ledger.state(proven).closed:
            return [] if last is None else [Other(last, proven=False)]
        return [Other(proven, proven=True)] + ([] if last in (None, proven) else [Other(last, proven=False)])

    def _tell(self, others: list[Other], said: list[Event]) -> None:
        for other in others:
            # By the PIN's way the words are in that case already.
            words = [] if other.proven and self._added else self._by_whoever(said)
            tell(self._ledger, self._desk, other, self._person.case_id, words, self._now)

    def _by_whoever(self, events: list[Event]) -> list[Event]:
        """As the case before keeps them: until its owner is back, what is written may be the words of those it is about."""
        if not self._person.session.hidden:
            return events
        return [replace(e, body={**e.body, "unsure": True}) if e.kind is EventKind.SAID else e for e in events]

    def _confirmed(self, how: Told) -> bool:
        """Who confirmed the summary and then falls silent over what is asked after the ticket has told everything."""
        person = self._person
        return how is Told.TERPUTUS and person.session.answers.get("ringkasan") == "ok"

    def _begin(self, events: list[Event]) -> None:
        person = self._person
        person.case_id = self._ledger.open(
            region=person.region, contact_id=person.id, events=events, now=self._now, deadlines=self._desk.deadlines
        )
        person.opened = person.said_to = person.case_id

    def rescue(self, words: str, danger: bool) -> None:
        """A message that could not be worked is a case for people, judged by nothing but its words: they may be a cry for help."""
        person, level, reasons = self._person, Level.DARURAT_TELAAH if danger else Level.TINGGI, ["pesan_tak_terolah"]
        known = None if person.case_id is None else self._ledger.state(person.case_id)
        if danger and known is not None and known.level > level:
            level, reasons = known.level, []  # A lower level would ring nobody: the graver case keeps its own, with its reasons.
        body = {"level": int(level), "reasons": reasons, "by": "rule", "again": danger}
        events = [_said(hidden(words), self._now), Event(kind=EventKind.RAISED, at=self._now, author=SYSTEM, body=body)]
        if person.case_id is None:
            self._begin([self._desk.opened(Track.ANAK, "failure", self._now), *events])
        else:
            self._ledger.append(person.case_id, events, self._desk.deadlines)

    def finish(self, effect: Finished) -> None:
        """The story ended: the next one is another case. Loose words that no case took stay until one does."""
        person = self._person
        if effect.cancelled:
            self._keep_given_up(effect.last)
        if person.case_id is not None:
            self._write()
            person.last_case_id, person.case_id = person.case_id, None
            person.session = changed(person.session, said=[], danger=[])

    def put_away(self, last: Session) -> None:
        """The person left, or the phone may be in other hands: what was told is a case now and waits; what comes next is another."""
        person, after = self._person, self._person.session
        person.session = changed(last, said=after.said, danger=after.danger)
        self.judge()
        person.turn_back()
        known = None if person.case_id is None else self._ledger.state(person.case_id).told
        if known is Told.BERJALAN or (known is None and self.has_content):
            self.open("silence", Told.TERPUTUS)
        waits = after.waits if last.put_away == after.put_away else person.case_id or 0
        person.session = changed(after, said=[], danger=[], waits=waits, told_in=0)
        if person.case_id is not None:
            person.last_case_id, person.case_id = person.case_id, None

    def take_up(self) -> None:
        """The story that waited goes on, in its own case while people still work on it."""
        person, waits = self._person, self._person.session.waits
        if person.case_id is not None:
            self._write()
            person.last_case_id, person.case_id = person.case_id, None
        if waits and not self._ledger.state(waits).closed:
            person.case_id = waits
            self._heard += [_said(words, self._now) for words in person.session.said]
            person.session = changed(person.session, said=[])
        person.session = changed(person.session, waits=0)

    def _keep_given_up(self, last: Session) -> None:
        """Who gives up has told us something, as who falls silent has: it is a case for people to judge. Giving up withdraws nothing."""
        person, after = self._person, self._person.session
        if person.case_id is None and not after.said and not self._desk.book.story(last):
            return
        person.session = changed(last, said=after.said)
        self.open("silence", Told.TERPUTUS)
        person.session = changed(after, said=[])

    def add(self, case_id: int, words: str) -> None:
        """Words for a case that was told before; a closed one is opened again, or nobody would see them. Thanks open nothing."""
        self._added.append(_said(words, self._now))
        self._ledger.append(case_id, self._reopened(case_id, self._added[-1:]), self._desk.deadlines)
        self._person.said_to = case_id
        alarmed = self._person.case_id
        if alarmed is not None and alarmed != case_id:
            # The danger in these words has made a case that rings: whoever is called there must find them too.
            self._ledger.append(alarmed, [_said(words, self._now)], self._desk.deadlines)

    def _reopened(self, case_id: int, events: list[Event]) -> list[Event]:
        """With what opens a closed case again, unless they only thank."""
        told = any(e.kind is not EventKind.SAID or not thanks(fold(e.text("text"))) for e in events)
        state = self._ledger.state(case_id)
        if not told or not state.closed:
            return events
        opened = [Event(kind=EventKind.REOPENED, at=self._now, author=SYSTEM, body={"reason": _BY_REPORTER})]
        if state.owner_id is not None and not officers.works(self._conn, self._person.region, state.owner_id):
            opened.append(Event(kind=EventKind.RELEASED, at=self._now, author=SYSTEM, body={"reason": HOLDER_GONE}))
        return [*opened, *events]

    def _write(self, more: list[Event] | None = None) -> None:
        person, heard = self._person, self._heard
        self._heard = []
        # Answers wait for the case of their own story, which begins with all of them; loose words may join the case before, and with
        # them the wish to speak with an officer.
        case_id = person.case_id if person.case_id is not None else self._open_last()
        loose = self._desk.track(person.session) is None and not person.session.hidden
        joins = [e for e in heard if e.kind is EventKind.SAID or (loose and e.text("key") == WISH)]
        events = (heard if person.case_id is not None else joins) + (more or [])
        if case_id is None:
            return
        if person.case_id is None:
            events = self._by_whoever(events)
        if person.case_id is not None and self._moved:
            events += self._risen(case_id) + self._rerouted(case_id)
        if events:
            self._ledger.append(case_id, self._reopened(case_id, events), self._desk.deadlines)
            person.said_to = case_id

    def _risen(self, case_id: int) -> list[Event]:
        judged, known = self._desk.judged(self._person.session), self._ledger.state(case_id)
        if self._alarmed and known.track is Track.LAYANAN and known.emergency is not Emergency.AKTIF and judged.level.rings:
            self._tell(self._others(), [])
        # An emergency that people ended rings again for what they did not know; what they lowered only rises by what makes it worse.
        ended = known.emergency is Emergency.SELESAI and known.level is judged.level
        anew = self._alarmed or (ended and not set(judged.reasons) <= set(self._desk.judged(self._before).reasons))
        if anew and judged.level.rings and known.emergency is not Emergency.TIDAK:
            return [raised(replace(judged, level=max(judged.level, known.level)), self._now, again=True)]
        if judged.level > known.level and judged.level > self._desk.judged(self._before).level:
            return [raised(judged, self._now)]
        return self._desk.denied(self._before, self._person.session, known.level, self._now)

    def _rerouted(self, case_id: int) -> list[Event]:
        """A case nobody has taken up yet leaves the child track with its story; an emergency stays with those whom it has called.

        Whose age was a mistake comes back in any case: a child is never left among the services for grown-ups.
        """
        known, desk, session = self._ledger.state(case_id), self._desk, self._person.session
        if known.owner_id is not None or known.stage != desk.profile.first_stage(known.track).code:
            return []
        if known.track is Track.LAYANAN and desk.a_childs(session):
            return [desk.rerouted(Track.ANAK, self._now)]
        if known.track is Track.ANAK and known.emergency is Emergency.TIDAK and desk.grown_up(session):
            return [desk.rerouted(Track.LAYANAN, self._now)]
        return []

    def _complete(self, case_id: int) -> list[Event]:
        """At the end of the story every answer that speaks for its level is named, not only those that had raised it on the way."""
        judged = self._desk.judged(self._person.session)
        return [raised(judged, self._now)] if judged.level == self._ledger.state(case_id).level else []


def _said(words: str, now: datetime) -> Event:
    nod = {"nod": True} if nods(words) or thanks(fold(words)) else {}
    return Event(kind=EventKind.SAID, at=now, author=REPORTER, body={"text": words, **nod})
