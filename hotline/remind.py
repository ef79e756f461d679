"""What time alone brings about: a story that fell silent becomes a case, and PINs just given are hashed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection, bindparam, null, select, update
from sqlalchemy.exc import DBAPIError

from hotline import pins
from hotline.case import Told
from hotline.desk import Desk
from hotline.seal import Seal, SealError
from hotline.store import conversations, silence
from hotline.store.ledger import Ledger
from hotline.store.sql.bulk import Bulk
from hotline.store.tables.cases import CaseFile
from hotline.times import Clock, now, to_us
from hotline.turns.story import Story
from hotline.turns.visit import Visit

_case = CaseFile.__table__  # type: ignore[attr-defined]
_unhashed = select(_case.c.id, _case.c.code, _case.c.pin_sealed).where(_case.c.pin_sealed.is_not(None)).order_by(_case.c.id).limit(3)
_keep_hash = Bulk(
    update(_case)
    .where(_case.c.id == bindparam("k"), _case.c.pin_sealed == bindparam("was"))
    .values(pin_hash=bindparam("hash"), pin_sealed=null())
)
_MOST, _MOST_LOOKED_AT = 50, 100
_PUT_OFF = timedelta(hours=1)
_log = structlog.get_logger(__name__)


class Reminder:
    """Due work lives in rows and is checked again inside the transaction that does it, so it may run twice or late without harm."""

    def __init__(self, desks: Mapping[str, Desk], seal: Seal, clock: Clock = now) -> None:
        self._desks, self._seal, self._clock = desks, seal, clock

    def keep_silent_stories(self, conn: Connection) -> int:
        """Whoever stopped in the middle has told us something: it becomes a case (LAPORAN_TERPUTUS), and nobody is nudged.

        One person's story that cannot be kept now is looked at again later and holds up nobody else's. Gives how many were kept.
        """
        moment, kept = self._clock(), 0
        found = silence.fallen_quiet(conn, self._desks, to_us(moment), _MOST_LOOKED_AT)
        conversations.lock(conn, [bytes(one.address_key) for one in found])
        spoke = {one.id: until for one in found if (until := self._patient_until(one, moment)) > to_us(moment)}
        silence.put_off(conn, spoke)
        for contact_id in [one.id for one in found if one.id not in spoke][:_MOST]:
            try:
                with conn.begin_nested():
                    kept += self._keep(conn, contact_id, moment)
            except DBAPIError as error:
                if error.connection_invalidated:
                    raise
                self._put_off(conn, contact_id, moment, error)
            except Exception as error:
                self._put_off(conn, contact_id, moment, error)
        return kept

    def _keep(self, conn: Connection, contact_id: int, moment: datetime) -> bool:
        person = conversations.load_by_id(conn, self._seal, [contact_id])[contact_id]
        if person.quiet_at is None or max(person.quiet_at, self._patient_until(person, moment)) > to_us(moment):
            return False  # They wrote while we waited for them.
        desk = self._desks[person.region]
        ledger = Ledger(conn, self._seal, desk.ladders)
        Story(Visit(conn, self._seal, ledger, desk, person, moment)).open("silence", Told.TERPUTUS)
        person.quiet_at, person.changed = None, True
        conversations.save(conn, self._seal, [person])
        ledger.flush()
        return True

    def _put_off(self, conn: Connection, contact_id: int, moment: datetime, error: Exception) -> None:
        _log.error("silent story not kept, will be looked at again", error=type(error).__name__, contact=contact_id)
        silence.put_off(conn, {contact_id: to_us(moment + _PUT_OFF)})

    def _patient_until(self, person: Any, moment: datetime) -> int:
        """`quiet_at` says when to look; until when a story waits is counted from the last word. A contact's row, or its conversation."""
        if person.quiet_at == silence.AT_ONCE or person.last_in_at > to_us(moment):
            return 0  # A word from the future: the clock was set back, and every turn sets `quiet_at` anew.
        until: int = person.last_in_at + self._desks[person.region].patience_us
        return until

    def hash_pins(self, conn: Connection) -> int:
        """PINs just given lose their sealed form and keep only their slow hash; a few at a time. Gives how many."""
        return keep_hashes(conn, self.hashed_pins(conn))

    def hashed_pins(self, conn: Connection) -> list[dict[str, Any]]:
        """Those that wait, with their hashes: `keep_hashes` writes them. Milliseconds each, so it runs beside any shared transaction."""
        return [{"k": row.id, "was": row.pin_sealed, "hash": self._hash(row)} for row in conn.execute(_unhashed).all()]

    def _hash(self, row: Any) -> str | None:
        try:
            return pins.hashed(self._seal, row.code, self._seal.open(row.pin_sealed, "case_file", row.id, "pin"))
        except SealError as error:
            _log.error("PIN does not open and is dropped", error=type(error).__name__, case=row.id)
            return None


def keep_hashes(conn: Connection, hashed: Sequence[Mapping[str, Any]]) -> int:
    """In place of the sealed PINs, unless a PIN is another by now."""
    _keep_hash(conn, hashed)
    return len(hashed)
