"""What people thought of the service, kept apart from everything that leads to them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, select

from hotline.figures.satisfaction import ELEMENTS, Answers
from hotline.staff import Who
from hotline.store.tables.intake import Survey

_survey = Survey.__table__  # type: ignore[attr-defined]
_GRADES = frozenset({"1", "2", "3", "4"})


def keep(conn: Connection, region: str, answers: Mapping[str, str], local: datetime) -> bool:
    """Store one person's answers (codes 1 to 4, others count as skipped) with the month of `local`, the region's time; False when all
    were skipped."""
    graded = {key: int(answers[key]) if answers.get(key) in _GRADES else None for key in ELEMENTS}
    if not any(graded.values()):
        return False
    row = {"id": secrets.randbits(62), "region": region, "month": f"{local:%Y-%m}", **graded}
    conn.execute(insert(_survey).values(row))
    return True


def by_month(conn: Connection, who: Who, before: str) -> dict[str, list[Answers]]:
    """Everybody's answers in the operator's region by month such as 2027-03, the oldest first, of the months before this one."""
    query = select(_survey.c.month, *(_survey.c[key] for key in ELEMENTS)).where(_survey.c.region == who.region, _survey.c.month < before)
    found: dict[str, list[Answers]] = {}
    for row in conn.execute(query.order_by(_survey.c.month, _survey.c.id)):
        found.setdefault(str(row.month), []).append({key: row._mapping[key] for key in ELEMENTS})
    return found
