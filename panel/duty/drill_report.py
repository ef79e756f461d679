"""The drills of a month: what each call took, and what was wrong."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response

from hotline.case import Level
from hotline.drill import Fault, faults
from hotline.i18n import N_
from hotline.store.alarm import drills
from panel.context import asked
from panel.frame.pages import page
from panel.guard import SIGNED_IN, allow

router = APIRouter()
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
FAULTS = {
    Fault.NOBODY: N_("anak tangga pertama tidak memanggil siapa pun: periksa jadwal piket dan HP yang terdaftar"),
    Fault.NOT_SENT: N_("panggilan pertama tidak terkirim"),
    Fault.RUNG_NOT_SENT: N_("ada anak tangga berikutnya yang panggilannya tidak terkirim sama sekali"),
    Fault.SLOW: N_("panggilan pertama baru terkirim setelah lebih dari 10 detik"),
    Fault.UNANSWERED: N_("tidak ada yang menjawab"),
    Fault.LATE: N_("dijawab, tetapi lebih lambat daripada yang diminta Dinas untuk DARURAT"),
}


@router.get("/latihan")
@allow(SIGNED_IN)
def report(request: Request, bulan: str = "") -> Response:
    """One month, by the region's own calendar; this one unless another is named."""
    ask = asked(request)
    profile = ask.panel.desk(ask.who).profile
    zone = ZoneInfo(profile.timezone)
    named = _MONTH.fullmatch(bulan)
    start = (datetime(int(named[1]), int(named[2]), 1, tzinfo=zone) if named else ask.now.astimezone(zone)).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
    end = (start + timedelta(days=32)).replace(day=1)
    with ask.panel.database.read() as conn:
        found = drills.between(conn, ask.who.region, start, end)
    within = timedelta(minutes=profile.sla(Level.DARURAT).acknowledge_minutes)
    shown = [(drill, faults(drill, within)) for drill in reversed(found)]
    return page(request, "duty/drills.html", drills=shown, faults=FAULTS, month=start, before=start - timedelta(days=1), following=end)
