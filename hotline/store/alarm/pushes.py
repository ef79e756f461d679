"""Browsers that officers armed: whom they belong to, and which of them their push service does not know any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, exists, insert, literal_column, select, update

from hotline.ids import new_id
from hotline.messages import WEB_PUSH
from hotline.seal import Seal
from hotline.store.officers import Chat
from hotline.store.outbox import DEAD, DUE, HELD
from hotline.store.sql.bulk import Asked, Lookup
from hotline.store.tables.office import Operator
from hotline.store.tables.people import Contact
from hotline.store.tables.push import OfficerBrowser
from hotline.store.tables.sending import Outbox
from hotline.times import from_us, to_us

_browser = OfficerBrowser.__table__  # type: ignore[attr-defined]
_contact = Contact.__table__  # type: ignore[attr-defined]
_operator = Operator.__table__  # type: ignore[attr-defined]
_outbox = Outbox.__table__  # type: ignore[attr-defined]
MOST = 6
"""Browsers one officer may have armed; the one armed longest ago makes room."""
GONE = "no_such_contact"
"""What the outbox keeps of a push service's 404 or 410."""
REMOVED = "removed"
"""Why a call that waited for a browser did not leave: its owner took it off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """One armed browser as its owner sees it."""

    id: int
    contact_id: int
    name: str
    armed_at: datetime
    retired_at: datetime | None
    """When its push service said that it is gone; it must be armed anew."""


def arm(conn: Connection, seal: Seal, *, operator_id: int, region: str, endpoint: str, subscription: str, name: str, now: datetime) -> int:
    """Call this officer in this browser too; gives its id. Whose it was before it is no longer; `subscription` is sealed."""
    # The account's row is held: of two tabs that arm at once the second one sees the first.
    conn.execute(select(_operator.c.id).where(_operator.c.id == operator_id).with_for_update())
    key = seal.fingerprint(region, WEB_PUSH, endpoint)
    old = conn.execute(select(_contact.c.id).where(_contact.c.address_key == key)).scalar()
    if old is not None:
        _forget(conn, [old])
    for browser in of_officer(conn, operator_id)[MOST - 1 :]:
        _forget(conn, [browser.contact_id])
    contact_id, browser_id = new_id(), new_id()
    conn.execute(insert(_contact), _row(seal, contact_id, region, key, subscription, now))
    values = {"operator_id": operator_id, "contact_id": contact_id, "name": name, "armed_at": to_us(now), "retired_at": None}
    conn.execute(insert(_browser), {"id": browser_id, **values})
    return browser_id


def _row(seal: Seal, contact_id: int, region: str, key: bytes, subscription: str, now: datetime) -> dict[str, object]:
    sealed = seal(subscription, "contact", contact_id, "address")
    row: dict[str, object] = {column.name: None for column in _contact.c}
    row |= {"id": contact_id, "region": region, "channel": WEB_PUSH, "address_key": key, "address_sealed": sealed, "language": "id"}
    row |= {"sent_seq": 0, "last_in_at": to_us(now), "phone": "unknown", "push": "unasked", "push_hours": "", "stopped": False}
    return row | {"wrong_pins": 0}


def disarm(conn: Connection, operator_id: int, browser_id: int) -> bool:
    """This browser of this officer is no longer called, and its address is forgotten; False when there is none."""
    mine = select(_browser.c.contact_id).where(_browser.c.id == browser_id, _browser.c.operator_id == operator_id)
    found = conn.execute(mine).scalar()
    if found is not None:
        _forget(conn, [found])
    return found is not None


def _forget(conn: Connection, contact_ids: list[int]) -> None:
    conn.execute(delete(_browser).where(_browser.c.contact_id.in_(contact_ids)))
    waits = (_outbox.c.contact_id.in_(contact_ids), _outbox.c.state == DUE)
    conn.execute(update(_outbox).where(*waits).values(state=HELD, reason=REMOVED))
    conn.execute(delete(_contact).where(_contact.c.id.in_(contact_ids), _contact.c.channel == WEB_PUSH))


def of_officer(conn: Connection, operator_id: int) -> list[Browser]:
    """This officer's browsers, the newest first, retired ones too."""
    query = select(_browser).where(_browser.c.operator_id == operator_id).order_by(_browser.c.armed_at.desc(), _browser.c.id.desc())
    return [
        Browser(
            id=row.id,
            contact_id=row.contact_id,
            name=row.name,
            armed_at=from_us(row.armed_at),
            retired_at=None if row.retired_at is None else from_us(row.retired_at),
        )
        for row in conn.execute(query)
    ]


_armed = Lookup(
    select(_browser)
    .where(_browser.c.operator_id.in_(bindparam("ids", expanding=True)), _browser.c.retired_at.is_(None))
    .order_by(_browser.c.armed_at, _browser.c.id)
)


def armed(conn: Connection, operator_ids: Iterable[int]) -> dict[int, list[Chat]]:
    """The browsers in which these officers are called, by officer, as `hotline.store.officers.chats` gives phones."""
    return armed_in(ask_armed(conn, operator_ids))


def ask_armed(conn: Connection, operator_ids: Iterable[int]) -> Asked:
    """For `armed_in`."""
    return _armed.ask(conn, ids=list(operator_ids))


def armed_in(asked: Asked) -> dict[int, list[Chat]]:
    """`armed`, once they are answered."""
    found: dict[int, list[Chat]] = {}
    for row in asked.rows():
        chat = Chat(operator_id=row.operator_id, channel=WEB_PUSH, contact_id=row.contact_id, registered_at=from_us(row.armed_at))
        found.setdefault(row.operator_id, []).append(chat)
    return found


_answered_gone = exists().where(
    _outbox.c.contact_id == _browser.c.contact_id,
    _outbox.c.state == literal_column(f"'{DEAD}'"),
    _outbox.c.reason == literal_column(f"'{GONE}'"),
)


def retire(conn: Connection, now: datetime) -> int:
    """Call no more where the push service said that the subscription is gone; gives how many browsers."""
    gone = (_browser.c.retired_at.is_(None), _answered_gone)
    return conn.execute(update(_browser).where(*gone).values(retired_at=to_us(now))).rowcount
