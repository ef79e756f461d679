"""What every page shows around itself: how many cases wait, what rings, and what is wrong with the alarm itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from hotline.staff import Right
from hotline.store import clocks, letters, outages, queue
from hotline.store.alarm import alarm_board, alarms, roster
from hotline.store.alarm.alarms import Unsent
from panel.context import Asked

LOOK_AHEAD = timedelta(days=7)
"""A gap in the roster is told of so long before."""


def numbers(ask: Asked) -> dict[str, Any]:
    """The values of the frame, read in one transaction."""
    who = ask.who
    with ask.panel.database.read() as conn:
        return {
            "counts": queue.counts(conn, who),
            "dead": letters.count_dead(conn, who),
            "late": clocks.count_passed(conn, who, ask.now) if who.may(Right.READ) else 0,
            "alarms": alarm_board.open_alarms(conn, who),
            "outages": outages.running(conn),
            "unsent": _unsent(conn, ask),
            "gaps": roster.gaps(conn, who.region, ask.now, ask.now + LOOK_AHEAD) if who.may(Right.ROSTER) else [],
        }


def _unsent(conn: Connection, ask: Asked) -> list[Unsent]:
    """For those who see all cases of the region, without those kept from them; a companion is not told of other people's.

    An alarm repeats itself for hours: of what failed again for the same reason the last is told.
    """
    if not ask.who.may(Right.READ) or ask.who.own_cases_only:
        return []
    found = alarms.unsent(conn, ask.who.region, ask.now)
    seen = queue.by_ids(conn, ask.who, {call.case_id for call in found if call.case_id is not None}) if found else {}
    last: dict[tuple[object, ...], Unsent] = {}
    for call in found:  # The newest first.
        if call.case_id is None or call.case_id in seen:
            last.setdefault((call.alarm_id, call.operator_id, call.channel, call.reason), call)
    return list(last.values())
