"""The monthly second look at what was heard: false alarms that were cleared, emergencies that only people saw. For those who lead."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from hotline.office.second_look import Cleared, Missed, second_look
from hotline.store import queue
from hotline.store.cases import CaseNotFound
from panel.context import Asked, asked
from panel.frame.pages import page
from panel.guard import LEAD, allow

router = APIRouter(prefix="/tinjauan")
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)


@router.get("")
@allow(LEAD)
def review_page(request: Request, bulan: str = "") -> Response:
    """One month, this one unless `bulan` (YYYY-MM) says another; every look is audited."""
    ask = asked(request)
    zone = ask.panel.zone(ask.who)
    month = bulan if _MONTH.fullmatch(bulan) else f"{ask.now.astimezone(zone):%Y-%m}"
    begin, end = span(month, zone)
    with ask.panel.database.write() as conn:
        found = second_look(conn, ask.panel.seal, ask.who.region, begin, end, by=ask.who.id, now=ask.now)
        cleared = [one for one in found.cleared if _seen(conn, ask, one)]
        missed = [one for one in found.missed if _seen(conn, ask, one)]
    return page(
        request,
        "office/review.html",
        month=begin,
        before=_before(begin),
        after=end if end <= ask.now else None,
        cleared=cleared,
        missed=missed,
    )


def span(month: str, zone: tzinfo) -> tuple[datetime, datetime]:
    """From the first moment of a month (YYYY-MM) until the first of the next, in the region's own time."""
    year, number = int(month[:4]), int(month[5:])
    return datetime(year, number, 1, tzinfo=zone), datetime(year + number // 12, number % 12 + 1, 1, tzinfo=zone)


def _before(begin: datetime) -> datetime:
    return begin.replace(year=begin.year - (begin.month == 1), month=(begin.month - 2) % 12 + 1)


def _seen(conn: Connection, ask: Asked, one: Cleared | Missed) -> bool:
    """A case kept from this leader, as one that concerns them, is kept from them here too."""
    try:
        queue.by_code(conn, ask.who, one.code)
    except CaseNotFound:
        return False
    return True
