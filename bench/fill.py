"""Fills a prepared database with cases of the past: rows of realistic size, made inside the database.

Each sealed column holds one value that the product's `Seal` made, the same in all rows: it has the true length and looks as random as the
rest, and no turn of the load ever opens it. Ids rise with time over the last ninety days, as the product's do; keys and provider ids
are scattered.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, Table, create_engine, text

from bench.settings import REGION, SECRET_KEY, say
from hotline.seal import Seal, SealError
from hotline.store.tables.cases import CaseEvent, CaseFile
from hotline.store.tables.people import Contact, Message
from hotline.store.tables.sending import Attempt, Outbox

_DAYS = 90
_ID_EPOCH = 1_767_225_600  # hotline.ids counts its seconds from here
MESSAGES, EVENTS, REPLIES = 2, 3, 2
"""Rows for each case beside itself, its contact, and an attempt for each reply."""


class Dialect:
    """The expressions that differ: `i` is the number of the case, :n of all, :start the first second."""

    def __init__(self, sqlite: bool) -> None:
        self.sqlite = sqlite
        self.second = f"CAST(:start + i * {_DAYS * 86400.0} / :n AS {'INTEGER' if sqlite else 'BIGINT'})"
        self.at = f"(({self.second} + {_ID_EPOCH}) * 1000000)"
        self.key = "randomblob(16)" if sqlite else "decode(md5('key' || i), 'hex')"
        self.no, self.yes = ("0", "1") if sqlite else ("false", "true")

    def id(self, number: int) -> str:
        """The case's id of that number, 0 to 15."""
        return f"(({self.second} << 31) + (i * 16) % 1500000000 + {number})"

    def sid(self, number: int) -> str:
        """A provider's id."""
        return "'SM' || lower(hex(randomblob(16)))" if self.sqlite else f"'SM' || md5('fill' || i || '/{number}')"

    def insert(self, model: object, values: Mapping[str, str]) -> str:
        """One row a case."""
        table: Table = model.__table__  # type: ignore[attr-defined]
        unknown = set(values) - set(table.columns.keys())
        assert not unknown, f"{table.name} has no {unknown}"
        head = "WITH RECURSIVE s(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM s WHERE i < :n - 1) " if self.sqlite else ""
        source = "s" if self.sqlite else "generate_series(CAST(0 AS BIGINT), :n - 1) AS s(i)"
        return f"{head}INSERT INTO {table.name} ({', '.join(values)}) SELECT {', '.join(values.values())} FROM {source}"


def _statements(d: Dialect) -> Iterator[str]:
    # Codes given to people do not begin with 0, so these meet none of them.
    contact, case, at = d.id(0), d.id(1), d.at
    open_one_in_fifty = f"CASE WHEN i % 50 = 0 THEN {d.no} ELSE {d.yes} END"
    yield d.insert(
        Contact,
        {
            "id": contact,
            "region": ":region",
            "channel": "'whatsapp'",
            "address_key": d.key,
            "address_sealed": ":address",
            "language": "'id'",
            "session_sealed": ":session",
            "last_case_id": case,
            "sent_seq": str(REPLIES),
            "last_in_at": at,
            "phone": "'mine'",
            "push": "'yes'",
            "push_hours": "''",
            "stopped": d.no,
            "wrong_pins": "0",
        },
    )
    yield d.insert(
        CaseFile,
        {
            "id": case,
            "region": ":region",
            "code": "'0' || CAST(10000000 + (i * 7919) % 89999999 AS VARCHAR(16))",
            "contact_id": contact,
            "wrong_pins": "0",
            "track": "CASE WHEN i % 3 = 0 THEN 'layanan' ELSE 'anak' END",
            "level": "1 + i % 5",
            "stage": "'DITERIMA'",
            "emergency": "'TIDAK'",
            "kind": "'kekerasan_fisik'",
            "reporter": "'warga'",
            "age_band": "'6-12'",
            "area": "'Boja'",
            "told": "'lengkap'",
            "closed": open_one_in_fifty,
            "opened_at": at,
            "waiting_since": f"CASE WHEN i % 50 = 0 THEN {at} END",
            "unread": "0",
            "version": str(EVENTS),
        },
    )
    for k in range(MESSAGES):
        yield d.insert(
            Message,
            {
                "id": d.id(2 + k),
                "channel": "'whatsapp'",
                "message_id": d.sid(k),
                "contact_id": contact,
                "case_id": case,
                "body_sealed": ":message",
                "received_at": f"{at} + {k}",
                "worked": d.yes,
            },
        )
    for k in range(EVENTS):
        yield d.insert(
            CaseEvent,
            {
                "id": d.id(5 + k),
                "case_id": case,
                "seq": str(k + 1),
                "kind": "'answered'" if k else "'opened'",
                "audience": "'reporter'",
                "author": "'reporter'",
                "at": f"{at} + {k}",
                "body_sealed": ":event",
            },
        )
    for k in range(REPLIES):
        yield d.insert(
            Outbox,
            {
                "id": d.id(9 + k),
                "region": ":region",
                "channel": "'whatsapp'",
                "contact_id": contact,
                "seq": str(k + 1),
                "case_id": case,
                "purpose": "'reply'",
                "body_sealed": ":reply",
                "state": "'sent'",
                "due_at": at,
                "tries": "1",
                "reason": "''",
                "created_at": f"{at} + {k}",
                "sent_at": f"{at} + {k}",
                "provider_id": d.sid(9 + k),
            },
        )
        yield d.insert(
            Attempt,
            {
                "id": d.id(12 + k),
                "outbox_id": d.id(9 + k),
                "at": at,
                "took_us": "90000",
                "outcome": "'sent'",
                "detail": "''",
            },
        )


def _sealed() -> dict[str, bytes]:
    seal = Seal([base64.b64decode(SECRET_KEY)])
    words = "Anak tetangga saya sering menangis malam hari, kemarin saya lihat lengannya lebam."
    session = {"dialog": "welcome", "serial": 2, "answers": {"menu": "lapor", "R1": "tidak", "kecamatan": "Boja"}}
    reply = {"text": words + " " + words, "options": [["a:1", "Ya"], ["a:2", "Tidak"]]}
    event = {"key": "cerita", "value": words, "label": words, "question": "Silakan ceritakan apa yang terjadi."}
    message = {"kind": "text", "text": words}
    plain = {"session": session, "message": message, "event": event, "reply": reply}
    sealed = {name: seal(json.dumps(value), "fill", 0, name) for name, value in plain.items()}
    return sealed | {"address": seal("whatsapp:+15559999999", "fill", 0, "address")}


def _fast(connection: Connection) -> None:
    """The fill itself need not survive a crash."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("SET synchronous_commit = off")
        return
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-3000000", "temp_store=MEMORY"):
        connection.exec_driver_sql(f"PRAGMA {pragma}")


def rows(cases: int) -> tuple[int, int]:
    """How many messages and replies that many cases bring."""
    return cases * MESSAGES, cases * REPLIES


def _openable_ends(connection: Connection) -> None:
    """The product opens the oldest and the newest address when it starts and looks for it, to see that its key is the right one."""
    seal = Seal([base64.b64decode(SECRET_KEY)])
    ends = "SELECT id, address_sealed FROM contact WHERE id IN (SELECT min(id) FROM contact UNION SELECT max(id) FROM contact)"
    for contact, sealed in connection.execute(text(ends)).all():
        try:
            seal.open(sealed, "contact", contact, "address")
        except SealError:
            plain = f"whatsapp:+1555{contact % 10**7:07}"
            ends_as = {"address": seal(plain, "contact", contact, "address"), "key": seal.fingerprint(REGION, "whatsapp", plain)}
            change = text("UPDATE contact SET address_sealed = :address, address_key = :key WHERE id = :id")
            connection.execute(change, ends_as | {"id": contact})


def fill(url: str, cases: int) -> None:
    """Add that many cases with what belongs to them."""
    began = time.monotonic()
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    sqlite = engine.dialect.name == "sqlite"
    start = max(0, int(time.time()) - _ID_EPOCH - _DAYS * 86400)
    values: dict[str, object] = {"n": cases, "start": start, "region": REGION, **_sealed()}
    with engine.connect() as connection:
        _fast(connection)
        for statement in _statements(Dialect(sqlite)):
            connection.execute(text(statement), {k: v for k, v in values.items() if f":{k}" in statement})
        _openable_ends(connection)
        connection.exec_driver_sql("PRAGMA journal_mode=WAL" if sqlite else "VACUUM ANALYZE")
    engine.dispose()
    say(f"  {cases:,} cases with contact, messages, events and replies added in {time.monotonic() - began:.0f} s")
