"""Ringing: rungs that are due call their people in one transaction, and what happens to a case is heard by its alarm in the same one."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Connection, Row, exists, select

from hotline.alarm import bell as bells_of
from hotline.alarm.bell import Rung, State
from hotline.alarm.heard import Heard
from hotline.alarm.ladder import FIRST_ON_CALL, SECOND_ON_CALL, Ladder
from hotline.alarm.reach import Outcome, Why, spent
from hotline.alarm.words import page
from hotline.case import Emergency, Event, Level
from hotline.ids import new_id
from hotline.messages import Outgoing
from hotline.seal import Seal
from hotline.store import bells, conflicts, officers, outbox, roster
from hotline.store.alarm_tables import AlarmRow
from hotline.store.bells import Held
from hotline.store.tables import CaseFile, Operator
from hotline.times import to_us

_operator = Operator.__table__  # type: ignore[attr-defined]
_log = structlog.get_logger(__name__)
_NUMBERS = 1 << 31
_POSITIONS = {FIRST_ON_CALL: roster.FIRST, SECOND_ON_CALL: roster.SECOND}
Tell = Callable[[Connection, Held], "tuple[int, int, str] | str"]
"""Queues the reporter's notice; gives its outbox id, contact id and channel, or why the reporter cannot be told now."""


def ring(conn: Connection, seal: Seal, held: Held, now: datetime, tell: Tell | None = None) -> None:
    """Ring every rung that is due, in order, and write it down. Without `tell` the reporter's rung is left to the scheduler."""
    reasons: dict[int, str] = {}
    while (rung := bells_of.due(held.bell, now)) is not None:
        if rung.tells_reporter:
            if tell is None:
                break
            rows, why = [_told_row(held, rung, tell(conn, held), now)], list[str]()
        else:
            rows, why = _calls(conn, seal, held, rung, now)
        bells.add_pages(conn, rows)
        reached_nobody = not rung.tells_reporter and spent((r["operator_id"], r["outcome"]) for r in rows)
        reasons[rung.number] = ",".join(why)[:80]
        held.bell = bells_of.rang(held.bell, rung, now, spent=reached_nobody)
    bells.save(conn, held, reasons)
    if reasons:
        bells.read_pages(conn, held)


def _calls(conn: Connection, seal: Seal, held: Held, rung: Rung, now: datetime) -> tuple[list[dict[str, Any]], list[str]]:
    people, why = _people(conn, held, rung.targets, now)
    phones = officers.chats(conn, [p.id for p in people])
    declined = held.said_no(now)
    rows: list[dict[str, Any]] = []
    for person in people:
        if person.id in declined:
            rows.append(_row(held, rung, now, person.id, outcome=Outcome.DECLINED, reason=Why.SAID_NO))
            continue
        mine = phones.get(person.id, [])
        if not mine:
            rows.append(_row(held, rung, now, person.id, outcome=Outcome.FAILED, reason=Why.NO_CHAT))
        for chat in mine:
            message = page(person.language, alarm_id=held.id, code=held.code, level=Level(held.level), area=held.area, drill=held.drill)
            queued = _queue(conn, seal, held, chat, message, now)
            rows.append(_row(held, rung, now, person.id, channel=chat.channel, contact_id=chat.contact_id, outbox_id=queued))
    return rows, why


def _queue(conn: Connection, seal: Seal, held: Held, chat: officers.Chat, message: Outgoing, now: datetime) -> int:
    """An alert has no place in the line of the officer's other messages, so it takes no number of it: a random negative one instead.

    Counting on would have to hold the officer's contact, and a turn of the officer would hold up the reporter's, or the other way round.
    """
    row = outbox.row(
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
    outbox.insert_rows(conn, [row])
    return int(row["id"])


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


def _people(conn: Connection, held: Held, targets: Iterable[str], now: datetime) -> tuple[list[Row[Any]], list[str]]:
    """The officers that these targets mean now, each once, and for each target that means nobody why (`no_duty:PIKET_1`).

    Whom the case is kept from by name is not called: they must not even know that it rings, and could silence it.
    """
    kept_from = conflicts.excluded(conn, held.case_id) if held.case_id is not None else {}
    columns = (_operator.c.id, _operator.c.role, _operator.c.language)
    query = select(*columns).where(_operator.c.region == held.region, _operator.c.disabled.is_(False)).order_by(_operator.c.id)
    everybody = {row.id: row for row in conn.execute(query)}
    on_duty = roster.on_duty(conn, held.region, now)
    found: dict[int, Row[Any]] = {}
    why = []
    for target in targets:
        position = _POSITIONS.get(target)
        if position is not None:
            ids = [d.operator_id for d in on_duty if d.position == position]
        else:
            ids = [row.id for row in everybody.values() if row.role == target]
        if not ids:
            why.append(f"{Why.NO_ROLE if position is None else Why.NO_DUTY}:{target}")
        elif set(ids) <= set(kept_from):
            why.append(f"{Why.KEPT_FROM}:{target}")
        found |= {i: everybody[i] for i in ids if i in everybody and i not in kept_from}
    return list(found.values()), why


_alarm, _case = AlarmRow.__table__, CaseFile.__table__  # type: ignore[attr-defined]


def unheard(conn: Connection, regions: Iterable[str], since: datetime, most: int) -> list[int]:
    """Open cases whose emergency nobody has seen, with a word of their reporter since then, and without a running alarm."""
    runs = exists().where(_alarm.c.case_id == _case.c.id, _alarm.c.state != State.ENDED.value)
    rings = (_case.c.region.in_(list(regions)), _case.c.closed.is_(False), _case.c.level >= int(Level.DARURAT_TELAAH))
    query = select(_case.c.id).where(*rings, _case.c.emergency == Emergency.AKTIF.value, _case.c.waiting_since > to_us(since), ~runs)
    return [int(i) for i in conn.execute(query.order_by(_case.c.id).limit(most)).scalars()]


def follow(conn: Connection, seal: Seal, case: Mapping[str, Any], happened: Sequence[tuple[Heard, Event]], ladder: Ladder | None) -> None:
    """The alarm of this case after these events; `case` has its columns by name. Calls people at once where it begins to ring.

    What happened to the case is kept even if its alarm cannot be moved: one that rings goes on, and one that did not begin is found.
    """
    _safely(conn, lambda: _follow(conn, seal, case, happened, ladder), case["id"])


def _follow(conn: Connection, seal: Seal, case: Mapping[str, Any], happened: Sequence[tuple[Heard, Event]], ladder: Ladder | None) -> None:
    held, changed = bells.hold_of_case(conn, case["id"]), False
    for what, event in happened:
        if what is Heard.RINGS and held is None:
            held, changed = _begin(conn, case, ladder, event.at), False
        elif held is not None:
            held, changed = (None if _heard(conn, held, what, event) else held), True
    if held is None:
        return
    if changed:
        bells.save(conn, held)
    if held.bell.state is State.RINGING:
        _safely(conn, lambda: ring(conn, seal, held, happened[-1][1].at), case["id"])


def _begin(conn: Connection, case: Mapping[str, Any], ladder: Ladder | None, now: datetime) -> Held:
    return bells.start(
        conn,
        region=case["region"],
        ladder=ladder,
        code=case["code"],
        level=int(case["level"]),
        area=case["area"],
        case_id=case["id"],
        contact_id=case["contact_id"],
        drill=False,
        now=now,
    )


def _heard(conn: Connection, held: Held, what: Heard, event: Event) -> bool:
    """Change the alarm; True when it ended."""
    author = event.author.partition(":")[2]
    by = int(author) if author else None
    match what:
        case Heard.RINGS:
            held.bell = bells_of.anew(held.bell, event.at)
        case Heard.SEEN:
            seen(conn, held, by, event.at)
        case _:
            over(conn, held, what.value, by, event.at)
            return True
    return False


def seen(conn: Connection, held: Held, by: int | None, now: datetime) -> None:
    """Somebody has seen it: it is silent until an action is overdue. Not written yet; `bells.save` does."""
    held.bell = bells_of.silenced(held.bell, now)
    if held.acknowledged_at is None:
        held.acknowledged_at = to_us(now)
        held.values |= {"acknowledged_at": held.acknowledged_at, "acknowledged_by": by}
    bells.withdraw(conn, held)


def over(conn: Connection, held: Held, reason: str, by: int | None, now: datetime) -> None:
    """It ends, and is written. `reason`: acted, lowered, closed, drill. Who acts without acknowledging has acknowledged by acting."""
    held.bell = bells_of.ended(held.bell)
    held.values |= {"ended_at": to_us(now), "end_reason": reason}
    if reason == Heard.ACTED:
        held.values |= {"first_action_at": to_us(now), "first_action_by": by}
        if held.acknowledged_at is None:
            held.values |= {"acknowledged_at": to_us(now), "acknowledged_by": by}
    bells.withdraw(conn, held)
    bells.save(conn, held)


def _safely(conn: Connection, work: Callable[[], None], case_id: int) -> None:
    """What a person said is kept even if calling fails here: then the scheduler, which looks every second, calls."""
    try:
        with conn.begin_nested():
            work()
    except Exception as error:
        if getattr(error, "connection_invalidated", False):
            raise  # No database: nothing is kept, and the platform sends it again.
        _log.error("alarm not moved in its own transaction, the scheduler will", error=type(error).__name__, case=case_id)
