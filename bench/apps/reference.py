"""The least that a durable turn can be: one HMAC, one step of five, AES-GCM on two bodies, one SQLite commit (FULL) for all that wait.

A yardstick, not a design: no cases, no triage, no safety gate, no languages.
"""

from __future__ import annotations

import asyncio
import base64
import gc
import hmac
import json
import os
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_URL, _TOKEN = os.environ["BENCH_URL"], os.environ["BENCH_TOKEN"].encode()
_CIPHER = AESGCM(b"k" * 32)
_QUESTIONS = ("nama", "tempat", "apa", "kapan", "kontak")
_TABLES = """
CREATE TABLE IF NOT EXISTS message (sid TEXT PRIMARY KEY, contact TEXT NOT NULL, body BLOB NOT NULL, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session (contact TEXT PRIMARY KEY, step INTEGER NOT NULL, answers TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outbox (id INTEGER PRIMARY KEY, contact TEXT NOT NULL, body BLOB NOT NULL, state INTEGER NOT NULL);
"""
_SESSION = "INSERT INTO session VALUES (?,?,?) ON CONFLICT (contact) DO UPDATE SET step=excluded.step, answers=excluded.answers"


def seal(text: str, bound_to: str) -> bytes:
    """Nonce and ciphertext."""
    nonce = os.urandom(12)
    return nonce + _CIPHER.encrypt(nonce, text.encode(), bound_to.encode())


def step(position: int, answers: str, text: str) -> tuple[int, str, str]:
    """One step of the dialog: (position, answers as JSON, text) -> (next position, answers, reply)."""
    known = json.loads(answers)
    if position:
        known[_QUESTIONS[position - 1]] = text
    following = position + 1 if position < len(_QUESTIONS) else 0
    reply = f"{following}. Mohon jawab: {_QUESTIONS[following - 1]}?" if following else "Terima kasih, laporan sudah kami terima."
    return following, json.dumps(known), reply


def verified(body: bytes, signature: str) -> dict[str, str] | None:
    """The form's fields if the signature holds."""
    pairs = sorted(parse_qsl(body.decode("ascii"), keep_blank_values=True))
    signed = _URL + "".join([k + v for k, v in pairs])
    expected = base64.b64encode(hmac.digest(_TOKEN, signed.encode(), "sha1"))
    return dict(pairs) if hmac.compare_digest(expected, signature.encode()) else None


@dataclass(slots=True)
class Waiting:
    """A turn until its commit."""

    sid: str
    contact: str
    text: str
    done: asyncio.Future[None]


class Store:
    """One writer: whatever waits when the loop comes by goes into one transaction."""

    def __init__(self, path: str) -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-32768"):
            self.db.execute(f"PRAGMA {pragma}")
        self.db.executescript(_TABLES)
        self.waiting: list[Waiting] = []

    async def turn(self, form: dict[str, str]) -> None:
        """Return when the turn is on the disk."""
        loop = asyncio.get_running_loop()
        if not self.waiting:
            loop.call_soon(self._commit)
        turn = Waiting(form["MessageSid"], form["From"], form["Body"], loop.create_future())
        self.waiting.append(turn)
        await turn.done

    def _commit(self) -> None:
        batch, self.waiting = self.waiting, []
        db, now = self.db, time.time()
        try:
            db.execute("BEGIN IMMEDIATE")
            for turn in batch:
                self._write(turn, now)
            db.execute("COMMIT")
        except sqlite3.Error as error:
            if db.in_transaction:
                db.execute("ROLLBACK")
            for turn in batch:
                turn.done.set_exception(error)
            return
        for turn in batch:
            if not turn.done.done():
                turn.done.set_result(None)

    def _write(self, turn: Waiting, now: float) -> None:
        db, contact = self.db, turn.contact
        new = db.execute("INSERT OR IGNORE INTO message VALUES (?,?,?,?)", (turn.sid, contact, seal(turn.text, turn.sid), now))
        if not new.rowcount:
            return
        row = db.execute("SELECT step, answers FROM session WHERE contact=?", (contact,)).fetchone() or (0, "{}")
        position, answers, reply = step(row[0], row[1], turn.text)
        db.execute(_SESSION, (contact, position, answers))
        db.execute("INSERT INTO outbox (contact, body, state) VALUES (?,?,0)", (contact, seal(reply, turn.sid)))


store = Store(os.environ["BENCH_DATABASE"])


async def webhook(request: Request) -> Response:
    """Verify, work, answer."""
    form = verified(await request.body(), request.headers.get("x-twilio-signature", ""))
    if form is None:
        return Response(status_code=403)
    await store.turn(form)
    return Response(b"<Response/>", media_type="text/xml")


@asynccontextmanager
async def _frozen(_: Starlette) -> AsyncIterator[None]:
    gc.collect()
    gc.freeze()
    yield
    store.db.close()


app = Starlette(routes=[Route(os.environ["BENCH_PATH"], webhook, methods=["POST"])], lifespan=_frozen)
