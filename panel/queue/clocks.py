"""Deadlines: which clock of a case ends next, and the list of those that are over or near."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from hotline.clocks import Rules
from hotline.store import clocks, queue, reasons
from hotline.store.alarm import roster
from hotline.store.queue import Line
from panel.context import Asked, asked
from panel.frame.pages import page
from panel.guard import QUEUE, allow

router = APIRouter()
_MOST = 60
_AHEAD = timedelta(days=400)


def rules(conn: Connection, ask: Asked) -> Rules:
    """The times, hours and holidays of the operator's region."""
    today = ask.now.date()
    days = roster.holidays(conn, ask.who.region, today - _AHEAD, today + _AHEAD)
    return Rules(ask.panel.desk(ask.who).profile, frozenset(day.day for day in days))


def nearest(conn: Connection, lines: Iterable[Line]) -> dict[int, str]:
    """Of each case the clock that ends first, where that is the deadline its line shows."""
    shown = {line.id: line.due_at for line in lines}
    running = clocks.of_cases(conn, shown)
    return {i: found[0].kind for i, found in running.items() if found[0].due_at == shown[i]}


@router.get("/tenggat")
@allow(QUEUE)
def deadlines(request: Request) -> Response:
    """What is over first, then what ends next."""
    ask = asked(request)
    with ask.panel.database.read() as conn:
        ends = clocks.nearest(conn, ask.who, _MOST)
        found = queue.by_ids(conn, ask.who, [case_id for case_id, _, _ in ends])
        why = reasons.of_cases(conn, ask.panel.seal, found)
    lines = queue.with_reasons((found[i] for i, _, _ in ends if i in found), why)
    return page(request, "queue/deadlines.html", lines=lines, clocks={i: kind for i, kind, _ in ends})
