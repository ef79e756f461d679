"""Filling in a sheet of a case: a new one each time, so that what was known earlier stays readable."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from hotline.case import LIVE, CaseState, EventKind, fold, operator_author
from hotline.casework.acting import NothingToDo, at_case
from hotline.casework.records import moment
from hotline.seal import Seal
from hotline.sheets import PREFIX, WHAT, Sheet, SheetFilledMeanwhile, StageFirst, read
from hotline.staff import Who
from hotline.store import cases


def waits(sheet: Sheet, stage: str, emergency: str) -> bool:
    """Whether the sheet is bound to a stage where the case does not stand; an emergency waits for none."""
    return sheet.bound and stage != sheet.stage and emergency not in LIVE


def fill(
    conn: Connection,
    seal: Seal,
    who: Who,
    case_id: int,
    sheet: Sheet,
    *,
    given: Mapping[str, str],
    on: datetime | None,
    now: datetime,
    version: int | None = None,
) -> CaseState:
    """Keep a sheet about this moment `on`. It moves no stage and waits for none; the same one sent again at once is kept once.

    `version` is the version of the case that the empty sheet showed; raises SheetFilledMeanwhile when one of this kind came since.
    Raises SheetIncomplete, AnswerTooLong, MomentInvalid, NothingToDo when the sheet is one of the other track, StageFirst when it is
    bound to a stage where the case does not stand; an emergency waits for none.
    """
    answers = read(sheet, given)
    when = moment(on, now).isoformat()
    at = at_case(conn, seal, who, case_id, now)
    if at.row.track != sheet.track:
        raise NothingToDo(NothingToDo.__doc__)
    if waits(sheet, at.row.stage, at.row.emergency):
        raise StageFirst(StageFirst.__doc__)
    body = {"what": WHAT, "number": sheet.code, "on": when, **{PREFIX + key: answer for key, answer in answers.items()}}
    events = cases.load_events(conn, seal, case_id)
    last = next((e for e in reversed(events) if e.kind is EventKind.RECORDED and e.text("number") == sheet.code), None)
    if last is not None and last.author == operator_author(who.id) and dict(last.body) == body:
        return fold(events)
    if last is not None and version is not None and last.seq > version:
        raise SheetFilledMeanwhile(last)
    return at.save("case.sheet", at.event(EventKind.RECORDED, **body), detail={"sheet": sheet.code})
