"""One program over one database with a provider beside it: what every test of loss sets up, and what it asks of the rows afterwards."""

from __future__ import annotations

import asyncio
import base64
import os
import time
from collections import Counter
from pathlib import Path

from sqlalchemy import func, select, text

from bench.settings import ACCOUNT, AUTH_TOKEN, OUR_ADDRESS, PUBLIC_URL, REGION
from hotline.deliver import LEASE
from hotline.seal import Seal
from hotline.store.database import Database
from hotline.store.outbox import DUE, SENDING
from hotline.store.tables.people import Message
from hotline.store.tables.sending import Outbox
from tests.channels.fakes import FakeTwilio
from tests.loss.expected import Expected
from tests.loss.mortal import Mortal
from tests.loss.portrait import Portrait, address_of, neutral, portrait
from tests.support.program import KEY, Program
from tests.support.source import ROOT

_outbox = Outbox.__table__  # type: ignore[attr-defined]
_message = Message.__table__  # type: ignore[attr-defined]
_CLAIMS = text(
    "SELECT c.id, c.address_sealed, sum(o.tries - 1) FROM outbox o JOIN contact c ON c.id = o.contact_id GROUP BY c.id, c.address_sealed"
)
_DRAIN_SECONDS = 120.0


class LossHouse:
    """`program` is started whole, `mortal` in a moment; both have the same port, key and database, never run both."""

    def __init__(self, folder: Path, database_url: str, provider: FakeTwilio) -> None:
        settings = {
            "TEDUH_PUBLIC_URL": PUBLIC_URL,
            "TEDUH_REGION": REGION,
            "TEDUH_SIMULATOR": "0",
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
            "TWILIO_WHATSAPP_FROM": OUR_ADDRESS,
            "TWILIO_API_BASE_URL": provider.url,
            "TEDUH_RATE_WHATSAPP": "5000",
        }
        self.program = Program(folder, database_url, settings)
        self.port = self.program.port
        given = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(folder),
            "TEDUH_DATA_DIR": str(folder / "data"),
            "TEDUH_DATABASE_URL": database_url,
            "TEDUH_SECRET_KEY": KEY,
            "TEDUH_PORT": str(self.port),
        }
        self.mortal = Mortal(folder, given | settings, self.port)
        self.provider = provider
        self.database = Database(database_url)
        self.seal = Seal([base64.b64decode(KEY)])

    def let_leases_end(self) -> None:
        """The time passes after which a message claimed by a dead worker may be claimed again; nobody may be running."""
        with self.database.write() as conn:
            conn.execute(
                text("UPDATE outbox SET lease_until = lease_until - :by WHERE state = 'sending'"), {"by": int(LEASE.total_seconds() * 1e6)}
            )

    async def drained(self) -> None:
        """Return when nothing waits in the outbox any more."""
        end = time.monotonic() + _DRAIN_SECONDS
        while (left := self._waiting()) and time.monotonic() < end:
            await asyncio.sleep(0.1)
        assert left == 0, f"{left} replies still wait"

    def _waiting(self) -> int:
        with self.database.read() as conn:
            return int(conn.execute(select(func.count()).select_from(_outbox).where(_outbox.c.state.in_([DUE, SENDING]))).scalar_one())

    def check_people(self, told: list[int], expected: Expected) -> None:
        """Everybody's rows are those of an undisturbed run: each message stored and worked once, in its case, with its answers."""
        with self.database.read() as conn:
            for person in told:
                found = portrait(conn, self.seal, address_of(person))
                difference = _difference(found, expected.portraits[person % len(expected.portraits)])
                assert not difference, f"person {person}: {difference}"
            stored = conn.execute(select(func.count()).select_from(_message)).scalar_one()
        assert stored == sum(len(expected.scripts[p % len(expected.scripts)]) for p in told)

    def check_sent(self, told: list[int], expected: Expected) -> int:
        """Everybody heard every answer in order; gives how many were heard twice, each of which can be told by its row."""
        heard: dict[str, list[str]] = {}
        for message in self.provider.sent:
            heard.setdefault(message.to, []).append(neutral(message.text))
        claimed_again = self._claimed_again()
        twice = 0
        for person in told:
            wanted = [reply for _, _, reply in expected.portraits[person % len(expected.portraits)].replies]
            doubled = _doubles(heard.get(address_of(person), []), wanted, person)
            assert doubled <= claimed_again[address_of(person)], "a message went out twice although it was claimed once"
            twice += doubled
        return twice

    def _claimed_again(self) -> Counter[str]:
        """Per address, claims beyond the first: what makes a doubled message recognisable."""
        found: Counter[str] = Counter()
        with self.database.read() as conn:
            for contact, sealed, more in conn.execute(_CLAIMS):
                found[self.seal.open(sealed, "contact", contact, "address")] = int(more)
        return found


def _doubles(heard: list[str], wanted: list[str], person: int) -> int:
    """How many of `heard` repeat the one before; fails unless the rest is exactly `wanted`."""
    at = doubled = 0
    for text_ in heard:
        if at < len(wanted) and text_ == wanted[at]:
            at += 1
        elif at and text_ == wanted[at - 1]:
            doubled += 1
        else:
            raise AssertionError(f"person {person} heard answer {at + 1} out of order")
    assert at == len(wanted), f"person {person} heard {at} of {len(wanted)} answers"
    return doubled


def _difference(found: Portrait, wanted: Portrait) -> str:
    """Where two portraits differ first; empty when they are the same."""
    for name in Portrait.__slots__:
        one, other = getattr(found, name), getattr(wanted, name)
        if one != other and isinstance(one, list) and len(one) == len(other):
            return next(f"{name}: {a} instead of {b}" for a, b in zip(one, other, strict=True) if a != b)
        if one != other:
            return f"{name}: {one} instead of {other}"
    return ""
