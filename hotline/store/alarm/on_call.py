"""Whom a rung calls at one moment, and the calls as rows. Read once for all alarms that ring in a transaction."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from hotline.alarm import bell as bells_of
from hotline.alarm.bell import Rung
from hotline.alarm.ladder import FIRST_ON_CALL, SECOND_ON_CALL
from hotline.alarm.reach import Outcome, Why, spent
from hotline.alarm.words import page
from hotline.case import Level
from hotline.ids import new_id
from hotline.messages import WEB_PUSH, Outgoing
from hotline.seal import Seal
from hotline.store import conflicts, officers, outbox
from hotline.store.alarm import pushes, roster
from hotline.store.alarm.bells import Held
from hotline.store.officers import Chat
from hotline.store.outbox import Queued
from hotline.store.sql.bulk import together
from hotline.times import to_us

_NUMBERS = 1 << 31
_POSITIONS = {FIRST_ON_CALL: roster.FIRST, SECOND_ON_CALL: roster.SECOND}
Tell = Callable[[Connection, Held], "tuple[int, int, str] | str"]
"""Queues the reporter's notice; gives its outbox id, contact id and channel, or why the reporter cannot be told now."""


@dataclass(frozen=True, slots=True)
class _Region:
    working: dict[int, Any]
    """Accounts that are not disabled, by id: `id`, `role`, `language`."""
    duties: list[roster.Duty]
    phones: dict[int, list[Chat]]
    browsers: dict[int, list[Chat]]


class OnCall:
    """Who can be called at this moment about these cases."""

    def __init__(self, conn: Connection, now: datetime, case_ids: Sequence[int]) -> None:
        self._conn, self._now, self._case_ids = conn, now, list(case_ids)
        self._regions: dict[str, _Region] = {}
        self._kept_from: dict[int, set[int]] | None = None
        self._above: set[int] = set()

    def _region(self, name: str) -> _Region:
        if name not in self._regions:
            with together(self._conn):
                people, duties = officers.ask_working(self._conn, name), roster.ask_on_duty(self._conn, name, self._now)
            working = officers.working_in(people)
            with together(self._conn):
                phones, browsers = officers.ask_chats(self._conn, working), pushes.ask_armed(self._conn, working)
            self._regions[name] = _Region(working, roster.on_duty_in(duties), officers.chats_in(phones), pushes.armed_in(browsers))
        return self._regions[name]

    def phones(self, region: str, operator_id: int) -> list[Chat]:
        """Their registered phones."""
        return self._region(region).phones.get(operator_id, [])

    def browsers(self, region: str, operator_id: int) -> list[Chat]:
        """The browsers that they armed: called beside the phones, never in their stead."""
        return self._region(region).browsers.get(operator_id, [])

    def people(self, held: Held, targets: Iterable[str]) -> tuple[list[Any], list[str]]:
        """The officers that these targets mean, each once, and for each target that means nobody why (`no_duty:PIKET_1`).

        Whom the case is kept from is not called: they must not even know that it rings, and could silence it.
        """
        kept_from, region = self.kept_from(held), self._region(held.region)
        found: dict[int, Any] = {}
        why = []
        for target in targets:
            ids = self._meant(region, target)
            if not ids:
                why.append(f"{Why.NO_DUTY if target in _POSITIONS else Why.NO_ROLE}:{target}")
            elif set(ids) <= kept_from:
                why.append(f"{Why.KEPT_FROM}:{target}")
            found |= {i: region.working[i] for i in ids if i in region.working and i not in kept_from}
        return list(found.values()), why

    @staticmethod
    def _meant(region: _Region, target: str) -> list[int]:
        position = _POSITIONS.get(target)
        if position is not None:
            return [d.operator_id for d in region.duties if d.position == position]
        return [row.id for row in region.working.values() if row.role == target]

    def kept_from(self, held: Held) -> set[int]:
        """Officers who are not called about this case: named ones, and all but those who lead when it is about the desk itself (R14).

        If the ladder names no leader who has a phone that takes calls, the others are called all the same: an emergency is never left
        to nobody (I3).
        """
        if held.case_id is None:
            return set()
        if self._kept_from is None:
            self._kept_from, self._above = conflicts.kept(self._conn, self._case_ids)
        named = self._kept_from.get(held.case_id, set())
        if held.case_id not in self._above:
            return named
        region = self._region(held.region)
        meant = {i for rung in held.bell.rungs for target in rung.targets for i in self._meant(region, target)}
        leaders = {row.id for row in region.working.values() if conflicts.leads(row.role)}
        can_hear = region.phones.keys() - named - _deaf(held)
        return named | (region.working.keys() - leaders if meant & leaders & can_hear else set())


def _deaf(held: Held) -> set[int]:
    """Officers whose phones took none of this alarm's calls, and will not: blocked, gone, refused."""
    calls = [p for p in held.pages if p.channel not in ("", WEB_PUSH)]
    took = {p.operator_id for p in calls if p.outcome in (Outcome.SENT, Outcome.TAKEN, Outcome.DECLINED)}
    return {p.operator_id for p in calls if p.outcome == Outcome.FAILED and p.operator_id not in took}


@dataclass(slots=True)
class Calls:
    """What ringing one alarm brought: calls as rows, their messages, and for each rung that rang why it did not reach everybody."""

    pages: list[dict[str, Any]] = field(default_factory=list)
    messages: list[Queued] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)


def call(conn: Connection, seal: Seal, held: Held, on_call: OnCall, now: datetime, tell: Tell | None) -> Calls:
    """Ring every rung that is due, in order; nothing of it is written yet. Without `tell` the reporter's rung is left to the scheduler."""
    calls = Calls()
    while (rung := bells_of.due(held.bell, now)) is not None:
        if rung.tells_reporter:
            if tell is None:
                break
            rows, why = [_told_row(held, rung, tell(conn, held), now)], list[str]()
        else:
            rows, why = _rung(seal, held, rung, on_call, now, calls.messages)
        calls.pages += rows
        reached_nobody = not rung.tells_reporter and spent((r["operator_id"], r["outcome"]) for r in rows if r["channel"] != WEB_PUSH)
        calls.reasons[rung.number] = ",".join(why)[:80]
        held.bell = bells_of.rang(held.bell, rung, now, spent=reached_nobody)
    return calls


def _rung(
    seal: Seal, held: Held, rung: Rung, on_call: OnCall, now: datetime, messages: list[Queued]
) -> tuple[list[dict[str, Any]], list[str]]:
    people, why = on_call.people(held, rung.targets)
    declined = held.said_no(now)
    rows: list[dict[str, Any]] = []
    for person in people:
        if person.id in declined:
            rows.append(_row(held, rung, now, person.id, outcome=Outcome.DECLINED, reason=Why.SAID_NO))
            continue
        mine = on_call.phones(held.region, person.id)
        if not mine:
            rows.append(_row(held, rung, now, person.id, outcome=Outcome.FAILED, reason=Why.NO_CHAT))
        for chat in [*mine, *on_call.browsers(held.region, person.id)]:
            message = page(person.language, alarm_id=held.id, code=held.code, level=Level(held.level), area=held.area, drill=held.drill)
            messages.append(_alert(seal, held, chat, message, now))
            queued = messages[-1]["id"]
            rows.append(_row(held, rung, now, person.id, channel=chat.channel, contact_id=chat.contact_id, outbox_id=queued))
    return rows, why


def _alert(seal: Seal, held: Held, chat: Chat, message: Outgoing, now: datetime) -> Queued:
    """An alert has no place in the line of the officer's other messages, so it takes no number of it: a random negative one instead.

    Counting on would have to hold the officer's contact, and a turn of the officer would hold up the reporter's, or the other way round.
    """
    return outbox.row(
        seal,
        region=held.region,
        channel=chat.channel,
        contact_id=chat.contact_id,
        seq=-1 - secrets.randbelow(_NUMBERS),
        message=message,
        purpose=outbox.ALERT,
        case_id=held.case_id,
        now=now,
    )


def _told_row(held: Held, rung: Rung, told: tuple[int, int, str] | str, now: datetime) -> dict[str, Any]:
    if isinstance(told, str):
        return _row(held, rung, now, None, outcome=Outcome.FAILED, reason=told)
    queued, contact_id, channel = told
    return _row(held, rung, now, None, channel=channel, contact_id=contact_id, outbox_id=queued)


def _row(
    held: Held,
    rung: Rung,
    now: datetime,
    operator_id: int | None,
    *,
    channel: str = "",
    contact_id: int | None = None,
    outbox_id: int | None = None,
    outcome: Outcome = Outcome.QUEUED,
    reason: str = "",
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "alarm_id": held.id,
        "number": rung.number,
        "operator_id": operator_id,
        "channel": channel,
        "contact_id": contact_id,
        "outbox_id": outbox_id,
        "queued_at": to_us(now),
        "sent_at": None,
        "answered_at": None,
        "outcome": outcome.value,
        "reason": str(reason),
    }
