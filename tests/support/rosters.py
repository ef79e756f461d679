"""A service in which everybody of the ladder can be reached, without a house around it."""

from __future__ import annotations

from datetime import timedelta

from hotline.staff import Role
from hotline.store import accounts, officers
from hotline.store.alarm import roster
from hotline.store.database import Database
from hotline.times import now
from tests.support.nights import LADDER


def reachable(database: Database, region: str = "kendal", days: int = 8, phones: bool = True) -> dict[str, int]:
    """An account for each name of LADDER, on duty for so many days, each with a phone; their ids."""
    ids = {}
    with database.write() as conn:
        for i, (name, role) in enumerate(LADDER.items(), 1):
            ids[name] = accounts.insert_account(
                conn, region=region, name=name, display_name=name, role=Role(role), password_hash="-", now=now()
            )
            if phones:
                code = officers.invite(conn, ids[name], now())
                officers.register(conn, code, i, now(), channel="sim-telegram", region=region)
        for position, name in enumerate(("ani", "budi"), 1):
            start = now() - timedelta(hours=1)
            roster.add_duty(conn, region, operator_id=ids[name], position=position, starts_at=start, ends_at=start + timedelta(days=days))
    return ids
