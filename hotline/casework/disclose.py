"""Showing a case and its reporter: every look is audited, and the reporter's address is shown only for a reason given (I8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from hotline.casework.acting import REASON_LIMIT, NothingToDo, TextMissing, at_case, said
from hotline.seal import Seal
from hotline.staff import Right, Who
from hotline.store import audit
from hotline.store.queue import Line
from hotline.store.tables.people import Contact

_contact = Contact.__table__  # type: ignore[attr-defined]
VIEW, REVEAL = "case.view", "identity.reveal"
STILL_LOOKING = timedelta(minutes=10)
"""A page left open refreshes itself: that is one look, as long as it is renewed within this time."""
SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True)
class Address:
    """How to reach the reporter: the channel, and the provider's id there (on WhatsApp usually a number)."""

    channel: str
    address: str


def viewed(conn: Connection, seal: Seal, who: Who, line: Line, *, refresh: bool, now: datetime) -> None:
    """Write down that this operator saw this case. A refresh by the page itself counts only if nothing was written lately."""
    if refresh and audit.seen_since(conn, who.id, line.id, VIEW, now - STILL_LOOKING):
        return
    audit.record(conn, seal, region=line.region, action=VIEW, now=now, operator_id=who.id, case_id=line.id)


def reveal(conn: Connection, seal: Seal, who: Who, case_id: int, *, reason: str, now: datetime) -> Address:
    """The reporter's address, at once, for a reason that is kept. Raises TextMissing, NothingToDo when the case has no reporter."""
    at = at_case(conn, seal, who, case_id, now, Right.WORK, also_closed=True)
    why = said(reason, REASON_LIMIT)
    if len(why) < SHORTEST_REASON:
        raise TextMissing(TextMissing.__doc__)
    row = conn.execute(select(_contact).where(_contact.c.id == at.row.contact_id)).first()
    if row is None:
        raise NothingToDo(NothingToDo.__doc__)
    at.audit(REVEAL, {"reason": why})
    return Address(row.channel, seal.open(row.address_sealed, "contact", row.id, "address"))
