"""One person at one desk at one moment, inside one transaction: what everything that works a message is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from hotline.desk import Desk
from hotline.seal import Seal
from hotline.store.conversations import Conversation
from hotline.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Visit:
    """`ledger` is shared by all visits of the transaction; so is the connection."""

    conn: Connection
    seal: Seal
    ledger: Ledger
    desk: Desk
    person: Conversation
    now: datetime
