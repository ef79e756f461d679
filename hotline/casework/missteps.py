"""A step to the wrong stage, taken back by whoever took it, a short while after: both stand on the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from hotline.case import CaseState, Event, EventKind, fold, operator_author
from hotline.casework.acting import at_case
from hotline.seal import Seal
from hotline.staff import Who
from hotline.store import cases

WITHIN = timedelta(minutes=15)
"""After that others may have gone by the stage: then people move on from where the case stands."""


class TooLateToTakeBack(Exception):
    """The last step is somebody else's, was taken back already, or was taken too long ago."""


def way_back(events: Sequence[Event], who: Who, now: datetime) -> str | None:
    """The stage to which this person may still take back their last step, which must be the case's last; None: to none."""
    last = next((i for i in reversed(range(len(events))) if events[i].kind is EventKind.MOVED), None)
    if last is None:
        return None
    step = events[last]
    lately = step.author == operator_author(who.id) and now - step.at <= WITHIN
    if not lately or step.body.get("back") or step.text("track"):
        return None
    before = fold(events[:last])
    return None if fold(events[last:], before).closed else before.stage


def take_back(conn: Connection, seal: Seal, who: Who, case_id: int, *, version: int, now: datetime) -> CaseState:
    """The case stands again where it stood before the last step. Raises TooLateToTakeBack, CaseChanged."""
    at = at_case(conn, seal, who, case_id, now)
    before = way_back(cases.load_events(conn, seal, case_id), who, now)
    if before is None and at.row.version == version:
        raise TooLateToTakeBack(TooLateToTakeBack.__doc__)
    back = at.event(EventKind.MOVED, stage=before or at.row.stage, back=True)
    return at.save("case.take_back", back, version=version, detail={"stage": before or ""})
