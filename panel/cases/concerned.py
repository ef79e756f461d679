"""Whom a case is kept from, as its page shows it to those who lead."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from hotline.staff import Right
from hotline.store import conflicts, queue
from panel.context import Asked


def concerning(conn: Connection, ask: Asked, line: queue.Line) -> dict[str, Any]:
    """What the case's page shows of it, to those who lead."""
    if not ask.who.may(Right.APPROVE):
        return {"one_up": False, "excluded": {}, "colleagues": {}}
    kept_from = conflicts.excluded(conn, line.id)
    others = {id_: name for id_, name in conflicts.colleagues(conn, ask.who).items() if id_ not in kept_from}
    return {"one_up": conflicts.concerned(conn, line.id), "excluded": kept_from, "colleagues": others}
