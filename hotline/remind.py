"""What time alone brings about: a story that fell silent becomes a case, and PINs just given are hashed."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select, update

from hotline import pins
from hotline.case import Told
from hotline.desk import Desk
from hotline.seal import Seal
from hotline.store import conversations
from hotline.store.ledger import Ledger
from hotline.store.tables import CaseFile
from hotline.story import Story
from hotline.times import Clock, now, to_us
from hotline.visit import Visit

_case = CaseFile.__table__  # type: ignore[attr-defined]
_MOST = 50


class Reminder:
    """Due work lives in rows and is checked again inside the transaction that does it, so it may run twice or late without harm."""

    def __init__(self, desks: Mapping[str, Desk], seal: Seal, clock: Clock = now) -> None:
        self._desks, self._seal, self._clock = desks, seal, clock

    def keep_silent_stories(self, conn: Connection) -> int:
        """Whoever stopped in the middle has told us something: it becomes a case (LAPORAN_TERPUTUS), and nobody is nudged."""
        moment = self._clock()
        due = conversations.fallen_quiet(conn, to_us(moment), _MOST)
        conversations.lock(conn, [key for _, key in due])
        people = conversations.load_by_id(conn, self._seal, [contact_id for contact_id, _ in due])
        ledger = Ledger(conn, self._seal)
        for person in people.values():
            if person.quiet_at is None or person.quiet_at > to_us(moment) or person.region not in self._desks:
                continue
            Story(Visit(conn, self._seal, ledger, self._desks[person.region], person, moment)).open("silence", Told.TERPUTUS)
            person.quiet_at, person.changed = None, True
        ledger.flush()
        conversations.save(conn, self._seal, people.values())
        return len(people)

    def hash_pins(self, conn: Connection) -> int:
        """PINs given within the last seconds lose their sealed form and keep only their slow hash."""
        waiting = conn.execute(
            select(_case.c.id, _case.c.code, _case.c.pin_sealed).where(_case.c.pin_sealed.is_not(None)).limit(_MOST)
        ).all()
        for row in waiting:
            stored = pins.hashed(self._seal, row.code, self._seal.open(row.pin_sealed, "case_file", row.id, "pin"))
            conn.execute(
                update(_case).where(_case.c.id == row.id, _case.c.pin_sealed == row.pin_sealed).values(pin_hash=stored, pin_sealed=None)
            )
        return len(waiting)
