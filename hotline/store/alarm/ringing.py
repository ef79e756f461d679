"""Ringing: rungs that are due call their people in one transaction, and what happens to a case is heard by its alarm in the same one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from sqlalchemy import Connection, exists, select

from hotline.alarm import bell as bells_of
from hotline.alarm.bell import State
from hotline.alarm.heard import Heard
from hotline.alarm.ladder import Ladder
from hotline.case import Emergency, Event, Level
from hotline.seal import Seal
from hotline.store import outbox
from hotline.store.alarm import bells
from hotline.store.alarm.bells import Held
from hotline.store.alarm.on_call import OnCall, Tell, call
from hotline.store.sql.bulk import together
from hotline.store.tables.alarm import AlarmRow, not_ended
from hotline.store.tables.cases import CaseFile
from hotline.times import to_us

_log = structlog.get_logger(__name__)
Happened = tuple[Mapping[str, Any], Sequence[tuple[Heard, Event]], Ladder | None]
"""A case (its columns by name), what its alarm has to be told, in order, and who is called in its region."""


class AlarmNotMoved(Exception):
    """An alarm of this transaction could not begin, ring, fall silent or end."""


def ring(conn: Connection, seal: Seal, held: Held, now: datetime, tell: Tell | None = None) -> None:
    """Ring every rung that is due, in order, and write it down. Without `tell` the reporter's rung is left to the scheduler."""
    calls = call(conn, seal, held, OnCall(conn, now, [] if held.case_id is None else [held.case_id]), now, tell)
    outbox.insert_rows(conn, calls.messages)
    bells.add_pages(conn, calls.pages)
    bells.save(conn, held, calls.reasons)
    if calls.reasons:
        bells.read_pages(conn, held)


_alarm, _case = AlarmRow.__table__, CaseFile.__table__  # type: ignore[attr-defined]


def unheard(conn: Connection, regions: Iterable[str], since: datetime, most: int) -> list[int]:
    """Open cases whose emergency nobody has seen, with a word of their reporter since then, and without a running alarm."""
    runs = exists().where(_alarm.c.case_id == _case.c.id, not_ended)
    rings = (_case.c.region.in_(list(regions)), _case.c.closed.is_(False), _case.c.level >= int(Level.DARURAT_TELAAH))
    query = select(_case.c.id).where(*rings, _case.c.emergency == Emergency.AKTIF.value, _case.c.waiting_since > to_us(since), ~runs)
    return [int(i) for i in conn.execute(query.order_by(_case.c.id).limit(most)).scalars()]


def follow(conn: Connection, seal: Seal, happened: Sequence[Happened], *, guarded: bool = True) -> None:
    """The alarms of these cases after what happened to them. Calls people at once where one begins to ring.

    What happened to a case is kept even if its alarm cannot be moved: one that rings goes on, and one that did not begin is found.
    Without `guarded` it raises AlarmNotMoved instead: for whoever works the transaction again, guarded.
    """
    begun: set[int] = set()
    safely = partial(_safely, conn, guarded=guarded)
    safely(lambda: begun.update(_begin_all(conn, seal, happened)), _EACH_ALONE)
    for case, heard, ladder in happened:
        if case["id"] not in begun:
            safely(partial(_follow, conn, seal, case, heard, ladder, safely), _LATER, case=case["id"])


def _begin_all(conn: Connection, seal: Seal, happened: Sequence[Happened]) -> list[int]:
    """Begin and ring, all together, the alarms of cases that have none and heard of nothing but danger; gives the cases."""
    rings = [one for one in happened if all(what is Heard.RINGS for what, _ in one[1])]
    running = bells.running(conn, [case["id"] for case, _, _ in rings])
    rings = [one for one in rings if one[0]["id"] not in running]
    if not rings:
        return []
    ids = [case["id"] for case, _, _ in rings]
    moment = max(event.at for _, heard, _ in rings for _, event in heard)
    on_call = OnCall(conn, moment, ids)
    fresh = [_fresh(case, ladder, heard[0][1].at) for case, heard, ladder in rings]
    calls = [call(conn, seal, held, on_call, moment, None) for held in fresh]
    with together(conn):
        outbox.insert_rows(conn, [message for one in calls for message in one.messages])
        bells.start_all(conn, [(held, one.reasons) for held, one in zip(fresh, calls, strict=True)])
        bells.add_pages(conn, [row for one in calls for row in one.pages])
    return ids


def _follow(
    conn: Connection,
    seal: Seal,
    case: Mapping[str, Any],
    happened: Sequence[tuple[Heard, Event]],
    ladder: Ladder | None,
    safely: Callable[..., None],
) -> None:
    held, changed = bells.hold_of_case(conn, case["id"]), False
    for what, event in happened:
        if what is Heard.RINGS and held is None:
            held, changed = bells.start(conn, _fresh(case, ladder, event.at)), False
        elif held is not None:
            held, changed = (None if _heard(conn, held, what, event) else held), True
    if held is None:
        return
    if changed:
        bells.save(conn, held)
    if held.bell.state is State.RINGING:
        safely(partial(ring, conn, seal, held, happened[-1][1].at), _LATER, case=case["id"])


def _fresh(case: Mapping[str, Any], ladder: Ladder | None, now: datetime) -> Held:
    return bells.fresh(
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
    if held.bell.state is not State.RINGING:
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


_LATER = "alarm not moved in its own transaction, the scheduler will"
_EACH_ALONE = "alarms not begun together, each begins alone"


def _safely(conn: Connection, work: Callable[[], None], otherwise: str, *, guarded: bool, **about: int) -> None:
    """What a person said is kept even if calling fails here: then the scheduler, which looks every second, calls.

    Without `guarded` there is no savepoint, two journeys to PostgreSQL fewer: what fails spoils the transaction (AlarmNotMoved).
    """
    try:
        with conn.begin_nested() if guarded else nullcontext():
            work()
    except Exception as error:
        if getattr(error, "connection_invalidated", False):
            raise  # No database: nothing is kept, and the platform sends it again.
        if not guarded:
            raise AlarmNotMoved(AlarmNotMoved.__doc__) from error
        _log.error(otherwise, error=type(error).__name__, **about)
