"""Answers just decided go straight to this process's own sender: inserted as already claimed, in the commit that decided them.

That spares reading them back. Everything else is as for a claimed message: one a contact, behind nothing that waits, within the rate,
under a lease; and nothing is sent before the commit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, Connection, bindparam, select

from hotline.store import rate
from hotline.store.conversations import Conversation
from hotline.store.outbox import DUE, REPLY, SENDING, Claimed, Queued, is_one_of, last_sent_to
from hotline.store.sql.bulk import Lookup
from hotline.store.tables.people import Contact
from hotline.store.tables.sending import Outbox
from hotline.times import to_us

_outbox = Outbox.__table__  # type: ignore[attr-defined]
_contact = Contact.__table__  # type: ignore[attr-defined]
_ids = _outbox.c.contact_id.in_(bindparam("ids", expanding=True))
_waits = is_one_of(_outbox.c.state, DUE, SENDING) & is_one_of(_outbox.c.purpose, REPLY)
_waited_for = Lookup(select(_outbox.c.contact_id).where(_ids, _waits))
_sent_lately = Lookup(
    select(_contact.c.id).where(
        _contact.c.id.in_(bindparam("ids", expanding=True)),
        last_sent_to(_contact.c.id) > bindparam("quiet_since", type_=BigInteger),
    )
)


@dataclass
class Lane:
    """One channel's sender in this process. `offered` is what the running transaction gives it, if it commits."""

    per_second: float
    pair_seconds: float
    lease: timedelta
    room: Callable[[], int]
    open: bool = False
    """Whether it takes messages: it runs, and nothing older waits for it."""
    offered: list[Claimed] = field(default_factory=list)


class Handover:
    """The lanes of this process by channel; none where nothing is sent."""

    def __init__(self) -> None:
        self.lanes: dict[str, Lane] = {}

    def offer(self, conn: Connection, rows: Iterable[Queued], people: Mapping[int, tuple[Conversation, str]], now: datetime) -> None:
        """Mark what may go now as being sent, before the rows are inserted. `people` are conversation and address by contact id."""
        for channel, lane in self.lanes.items():
            if not lane.open or (room := lane.room()) <= 0:
                continue
            first: dict[int, Queued] = {}
            for row in rows:
                if row["channel"] == channel and row["purpose"] == REPLY and row["contact_id"] in people:
                    first.setdefault(row["contact_id"], row)
            if first:
                self._take(conn, channel, lane, _behind_nothing(conn, lane, first, people, now)[:room], people, now)

    @staticmethod
    def _take(
        conn: Connection,
        channel: str,
        lane: Lane,
        rows: Sequence[Queued],
        people: Mapping[int, tuple[Conversation, str]],
        now: datetime,
    ) -> None:
        allowed = rate.within(conn, channel, len(rows), lane.per_second, now) if rows else 0
        if not allowed:
            return
        rate.spend(conn, channel, allowed, lane.per_second, now)
        for row in rows[:allowed]:
            row.update(state=SENDING, lease_until=to_us(now + lane.lease), tries=1)
            lane.offered.append(_claimed(row, *people[row["contact_id"]]))


def _behind_nothing(
    conn: Connection, lane: Lane, rows: Mapping[int, Queued], people: Mapping[int, tuple[Conversation, str]], now: datetime
) -> list[Queued]:
    known = [contact for contact in rows if not people[contact][0].new]
    if not known:
        return list(rows.values())
    behind = {row[0] for row in _waited_for(conn, ids=known)}
    if lane.pair_seconds:
        quiet_since = to_us(now - timedelta(seconds=lane.pair_seconds))
        behind |= {row[0] for row in _sent_lately(conn, ids=known, quiet_since=quiet_since)}
    return [row for contact, row in rows.items() if contact not in behind]


def _claimed(row: Queued, person: Conversation, address: str) -> Claimed:
    return Claimed(
        id=row["id"],
        region=row["region"],
        channel=row["channel"],
        contact_id=person.id,
        case_id=row["case_id"],
        purpose=row["purpose"],
        message=row.message,
        address=address,
        tries=0,
        created_at=row["created_at"],
        reason="",
        last_in_at=person.last_in_at,
        phone=person.phone,
        push=person.push,
        push_hours=person.push_hours,
        stopped=person.stopped,
    )
