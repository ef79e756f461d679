"""What an officer's own phone sends: the code that registers it, and the answers to a call, before any dialog hears them.

Everything else from such a phone goes to the dialog: officers are citizens too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hotline.alarm import words
from hotline.alarm.bell import State
from hotline.alarm.reach import Outcome
from hotline.case import Event, EventKind, operator_author
from hotline.messages import Incoming, Kind, Outgoing
from hotline.staff import RIGHTS, Right, Role
from hotline.store import conflicts, officers, throttle
from hotline.store.alarm import alarms, bells, pages, ringing
from hotline.store.alarm.bells import Held
from hotline.store.alarm.on_call import OnCall
from hotline.store.alarm.pages import Call
from hotline.store.officers import Officer
from hotline.turns.visit import Visit

_CODE = re.compile(r"(?:/start[ @_a-z]*)?\s*petugas[\s_:=-]*(\d[\d ]{3,10}\d)\s*\.?", re.IGNORECASE)
_BUTTON = re.compile(rf"{words.TOKEN}:([{words.TAKE}{words.DECLINE}]):(\d{{1,19}})", re.ASCII)
_FIXED = re.compile(rf"{words.TOKEN}:([{words.TAKE}{words.DECLINE}])")
"""The buttons of an approved template, which are the same in every message: they answer this phone's last call."""
_WORDS = {"ambil": words.TAKE, "tidak bisa": words.DECLINE, "tdk bisa": words.DECLINE, "gak bisa": words.DECLINE, "take": words.TAKE}
_WORDS |= {"can't come": words.DECLINE, "cannot": words.DECLINE, "tidakbisa": words.DECLINE}
_NUMBERS = {"1": words.TAKE, "2": words.DECLINE}
_THROTTLE, _LONGEST = "officer code", 60
_NO_ROW = 1 << 63
_MOST_DIGITS = 8
_CANNOT = "petugas tidak bisa datang"


def concerns(incoming: Incoming) -> bool:
    """Whether this may be a code or an answer to a call: cheap, and true for little else."""
    if incoming.kind is Kind.CHOICE:
        return incoming.choice.startswith(words.TOKEN + ":")
    text = incoming.text.strip()
    if incoming.kind is not Kind.TEXT or len(text) > _LONGEST:
        return False
    return text in _NUMBERS or _plain(text) in _WORDS or _CODE.fullmatch(text) is not None


def answered(batch: Iterable[Incoming]) -> list[int]:
    """The alarms that taps in these messages name, so that their cases can be held together with all others."""
    taps = (_BUTTON.fullmatch(i.choice) for i in batch if i.kind is Kind.CHOICE and i.choice.startswith(words.TOKEN))
    return [number for tap in taps if tap is not None and (number := int(tap[2])) < _NO_ROW]


def _plain(text: str) -> str:
    return " ".join(text.casefold().strip(" .!").split())


@dataclass(frozen=True, slots=True)
class Phone:
    """The phone that writes, inside the transaction of its message. `trail` collects rows for the audit log, written last."""

    visit: Visit
    trail: list[dict[str, Any]] = field(default_factory=list)

    def hear(self, incoming: Incoming) -> Outgoing | None:
        """What to answer; None: it is for the dialog."""
        visit, person = self.visit, self.visit.person
        code = _CODE.fullmatch(incoming.text.strip()) if incoming.kind is Kind.TEXT else None
        digits = re.sub(r"\D", "", code[1]) if code is not None else ""
        if 0 < len(digits) <= _MOST_DIGITS:
            return self._register(digits)
        if digits:
            return None  # A phone number that somebody tells.
        owner = officers.owners(visit.conn, [person.id]).get(person.id) if person.officer else None
        call = None if owner is None else pages.last_call(visit.conn, person.id, visit.now)
        fixed = _FIXED.fullmatch(incoming.choice) if incoming.kind is Kind.CHOICE else None
        if owner is not None and call is not None and fixed is not None:
            return self._answer(owner, call.alarm_id, fixed[1])
        if incoming.kind is Kind.CHOICE:
            found = _BUTTON.fullmatch(incoming.choice)
            if owner is None or found is None or int(found[2]) >= _NO_ROW:
                return words.say(person.language, words.NOT_YOURS)
            return self._answer(owner, int(found[2]), found[1])
        return None if owner is None or call is None else self._said(owner, call, incoming.text.strip())

    def _said(self, owner: Officer, call: Call, text: str) -> Outgoing | None:
        answer = _WORDS.get(_plain(text))
        if answer is None and pages.last_message(self.visit.conn, self.visit.person.id) == call.outbox_id:
            # A bare number answers what this phone was told last; only if that was the call does it answer the call.
            answer = _NUMBERS.get(text)
        return None if answer is None else self._answer(owner, call.alarm_id, answer)

    def _register(self, code: str) -> Outgoing:
        visit, person = self.visit, self.visit.person
        name, address = f"{_THROTTLE} {person.address_key.hex()}", f"{_THROTTLE} {person.channel}"
        try:
            throttle.check(visit.conn, visit.seal, name, address, visit.now)
        except throttle.TooManyTries:
            return words.say(person.language, words.TOO_MANY)
        owner = officers.register(visit.conn, code, person.id, visit.now, channel=person.channel, region=person.region)
        if owner is None:
            throttle.failed(visit.conn, visit.seal, name, address, visit.now)
            return words.say(person.language, words.CODE_WRONG)
        throttle.succeeded(visit.conn, visit.seal, name)
        person.officer = True
        self._record(owner, "officer.register", None)
        return words.say(owner.language, words.REGISTERED)

    def _answer(self, owner: Officer, alarm_id: int, answer: str) -> Outgoing:
        visit = self.visit
        alarm = alarms.by_id(visit.conn, alarm_id)
        if alarm is None or alarm.region != owner.region or Right.WORK not in RIGHTS[Role(owner.role)]:
            return words.say(owner.language, words.NOT_YOURS)
        if alarm.case_id is not None:
            visit.ledger.read([alarm.case_id])  # The case before its alarm, as everybody takes them.
        held, code = bells.hold(visit.conn, alarm_id), words.spaced(alarm.code)
        if held is None:
            named = alarm.case_id is not None and owner.operator_id in conflicts.excluded(visit.conn, alarm.case_id)
            return words.say(owner.language, words.NOT_YOURS) if named else words.say(owner.language, words.OVER, code=code)
        if self._is_kept_from(owner, held):
            # Whoever must not have it cannot silence it: the next ones are called instead.
            pages.answered(visit.conn, alarm_id, owner.operator_id, Outcome.DECLINED, visit.now)
            bells.read_pages(visit.conn, held)
            if held.bell.state is State.RINGING:
                ringing.ring(visit.conn, visit.seal, bells.refreshed(held), visit.now)
            return words.say(owner.language, words.NOT_YOURS)
        outcome = Outcome.TAKEN if answer == words.TAKE else Outcome.DECLINED
        if not pages.answered(visit.conn, alarm_id, owner.operator_id, outcome, visit.now):
            return words.say(owner.language, words.NOT_YOURS)
        bells.read_pages(visit.conn, held)
        done = self._take(owner, held) if answer == words.TAKE else self._decline(owner, held)
        return words.say(owner.language, done, code=code, minutes=str(int(held.bell.rearm.total_seconds() // 60)))

    def _is_kept_from(self, owner: Officer, held: Held) -> bool:
        """Who holds the case already goes on with it."""
        if held.case_id is None or self.visit.ledger.state(held.case_id).owner_id == owner.operator_id:
            return held.case_id is not None and owner.operator_id in conflicts.excluded(self.visit.conn, held.case_id)
        return owner.operator_id in OnCall(self.visit.conn, self.visit.now, [held.case_id]).kept_from(held)

    def _take(self, owner: Officer, held: Held) -> str:
        """Who takes it has seen it, and holds the case; while it rings also in place of somebody who took it and did nothing."""
        if held.case_id is None:
            alarms.acknowledge(self.visit.conn, held.id, owner.operator_id, self.visit.now)
            return words.TAKEN_IN_DRILL
        holder = self.visit.ledger.state(held.case_id).owner_id
        if held.bell.state is State.SILENCED and holder not in (None, owner.operator_id):
            return words.TAKEN_BY_OTHER
        claimed = {"operator": owner.operator_id, "name": owner.display_name}
        self._write(
            owner, held.case_id, (EventKind.ACKNOWLEDGED, {}), *([(EventKind.CLAIMED, claimed)] if holder != owner.operator_id else [])
        )
        self._record(owner, "emergency.take", held.case_id)
        return words.TAKEN

    def _decline(self, owner: Officer, held: Held) -> str:
        """The next ones are called at once. Who had taken it gives it back, and it rings anew, in the panel too."""
        visit = self.visit
        if held.bell.state is State.RINGING:
            ringing.ring(visit.conn, visit.seal, bells.refreshed(held), visit.now)
        elif held.case_id is None:
            alarms.ring_anew(visit.conn, visit.seal, held.id, visit.now)
        elif visit.ledger.state(held.case_id).owner_id == owner.operator_id:
            again = {"level": held.level, "reasons": [], "by": "alarm", "again": True}
            self._write(owner, held.case_id, (EventKind.RELEASED, {"reason": _CANNOT}), (EventKind.RAISED, again))
        else:
            return words.TAKEN_BY_OTHER
        self._record(owner, "emergency.decline", held.case_id)
        return words.PASSED_ON

    def _write(self, owner: Officer, case_id: int, *made: tuple[EventKind, Mapping[str, object]]) -> None:
        author, at = operator_author(owner.operator_id), self.visit.now
        self.visit.ledger.append(case_id, [Event(kind=kind, at=at, author=author, body=body) for kind, body in made])

    def _record(self, owner: Officer, action: str, case_id: int | None) -> None:
        self.trail.append({"region": owner.region, "action": action, "operator_id": owner.operator_id, "case_id": case_id})
