"""How fast people answered, month by month: a small picture and a table."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response

from hotline.case import Level
from hotline.figures.pace import Pace, paces
from hotline.staff import Right
from hotline.store import paces as rows
from panel.context import asked
from panel.frame.pages import page
from panel.guard import SIGNED_IN, allow

router = APIRouter()
_BACK = timedelta(days=366)
_MONTHS, _WIDTH, _HEIGHT, _LEFT, _BOTTOM = 12, 640, 180, 46, 22


@router.get("/kecepatan")
@allow(SIGNED_IN)
def speed(request: Request) -> Response:
    """A year of months. Who sees no cases is told of no cell with fewer than five (I16)."""
    ask = asked(request)
    zone = ZoneInfo(ask.panel.desk(ask.who).profile.timezone)
    with ask.panel.database.read() as conn:
        found = rows.answered(conn, ask.who.region, ask.now - _BACK, ask.now + timedelta(seconds=1))
    cells = paces(found, zone, suppress=not ask.who.may(Right.READ))
    sla = ask.panel.desk(ask.who).profile.sla(Level.DARURAT).acknowledge_minutes
    return page(request, "office/paces.html", cells=cells, chart=_chart(cells), sla=sla)


def _chart(cells: list[Pace]) -> dict[str, Any] | None:
    """Minutes to acknowledge an emergency: a bar for the median and a line for the ninetieth percentile, the oldest month left."""
    told = [c for c in cells if c.level is Level.DARURAT and c.acknowledge_median is not None][:_MONTHS][::-1]
    if not told:
        return None
    top = max(1.0, *(c.acknowledge_p90 or 0.0 for c in told))
    step = (_WIDTH - _LEFT) / _MONTHS
    bars = [
        {
            "x": round(_LEFT + i * step + step * 0.2, 1),
            "width": round(step * 0.6, 1),
            "y": round(_y(c.acknowledge_median or 0.0, top), 1),
            "height": round(_HEIGHT - _BOTTOM - _y(c.acknowledge_median or 0.0, top), 1),
            "p90": round(_y(c.acknowledge_p90 or 0.0, top), 1),
            "month": c.month,
            "median": c.acknowledge_median,
        }
        for i, c in enumerate(told)
    ]
    return {"bars": bars, "top": top, "width": _WIDTH, "height": _HEIGHT, "left": _LEFT, "floor": _HEIGHT - _BOTTOM}


def _y(minutes: float, top: float) -> float:
    return (_HEIGHT - _BOTTOM) - (_HEIGHT - _BOTTOM - 12) * minutes / top
