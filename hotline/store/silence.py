"""Half-told stories that fell silent: when to look at a contact again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from hotline.store.sql.bulk import Bulk
from hotline.store.tables.people import Contact

_contact = Contact.__table__  # type: ignore[attr-defined]
AT_ONCE = 0
"""As `quiet_at`: the story waits no longer, whenever its person wrote last."""
_quiet = (
    select(_contact.c.id, _contact.c.address_key, _contact.c.region, _contact.c.last_in_at, _contact.c.quiet_at)
    .where(_contact.c.quiet_at <= bindparam("now"), _contact.c.region.in_(bindparam("regions", expanding=True)))
    .order_by(_contact.c.quiet_at)
    .limit(bindparam("most"))
)
_put_off = Bulk(update(_contact).where(_contact.c.id == bindparam("k"), _contact.c.quiet_at > AT_ONCE).values(quiet_at=bindparam("until")))


def fallen_quiet(conn: Connection, regions: Iterable[str], now_us: int, most: int) -> Sequence[Any]:
    """Contacts of these regions whose half-told story is to be looked at, with `quiet_at` and `last_in_at`; the longest overdue first."""
    return conn.execute(_quiet, {"now": now_us, "most": most, "regions": list(regions)}).all()


def put_off(conn: Connection, until: Mapping[int, int]) -> None:
    """Look at these contacts' silence again at these moments (contact's id -> microseconds), if their stories still wait."""
    _put_off(conn, [{"k": contact, "until": until[contact]} for contact in sorted(until)])
