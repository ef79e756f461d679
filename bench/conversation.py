"""Conversations for the load, held with the product itself while the corpus is made, so that every answer fits the question asked.

Many people talk at once to the real `Reception` on a scratch database; each looks at what came back and answers it: a menu by a number,
an open question by words. What they said, and how many messages came back each time, is the script.
"""

from __future__ import annotations

import base64
import json
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, select

import dialogs
from bench.corpus import Turn
from bench.settings import REGION, SECRET_KEY, say
from hotline.desk import Desk
from hotline.messages import WHATSAPP, Incoming, Option, Outgoing, numbers
from hotline.receive import Reception
from hotline.regions import load_profile
from hotline.seal import Seal
from hotline.store import conversations
from hotline.store.database import Database
from hotline.store.tables import metadata
from hotline.store.tables.sending import Outbox

_outbox = Outbox.__table__  # type: ignore[attr-defined]
STORIES = (
    "Anak tetangga saya sering menangis malam hari, kemarin saya lihat lengannya lebam dan dia takut pulang ke rumah.",
    "Murid saya bercerita bahwa ia dipukul di rumah dan tidak mau pulang. Sudah dua kali minggu ini ia datang dengan luka.",
    "Saya belum pernah menerima bantuan padahal suami sudah tidak bekerja sejak bulan Juni dan anak kami tiga.",
    "Kartu bantuan ibu saya tidak bisa dipakai lagi sejak pindah desa. Sudah ditanyakan ke kelurahan tetapi belum ada jawaban.",
    "Ada anak sekitar sepuluh tahun yang disuruh mengamen sampai tengah malam di dekat pasar.",
)
_WORDS = ("tidak tahu pasti", "sejak bulan lalu", "dekat pasar", "setelah jam sekolah", "di rumah neneknya")
_AGAIN = ("halo", "menu", "selamat pagi", "assalamualaikum", "menu")
_LIKELY = {"Ya": 0.4, "Tidak": 2.0, "Ada bahaya sekarang": 0.05, "Lihat kabar (CEK)": 0.05, "Informasi": 0.1, "Tidak tahu": 0.6}
"""Against 1 for every other choice: most people tell a story to its end; few are in danger this moment, few only look up a code."""
_UNKNOWN = ("kode", "pin")
"""Asked for these, people go back: the codes of the server under load are not those given here."""


@dataclass(slots=True)
class Person:
    """One of the people who talk."""

    number: int
    rng: random.Random
    offered: tuple[Option, ...] = ()
    open_key: str = ""
    heard: int = 0
    script: list[Turn] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Theirs alone."""
        return f"whatsapp:+1555{9_000_000 + self.number}"

    def next_words(self) -> str:
        """An answer to what was asked last."""
        if self.offered:
            weights = [_LIKELY.get(option.label, 1.0) for option in self.offered]
            chosen = self.rng.choices(range(len(self.offered)), weights)[0]
            number = numbers(self.offered)[chosen]
            return self.offered[chosen].label if number is None else str(number)
        if not self.open_key or self.open_key in _UNKNOWN:
            return self.rng.choice(_AGAIN)
        return self.rng.choice(STORIES if self.rng.random() < 0.7 else _WORDS)


class Stage:
    """The product's own reception on a scratch database."""

    def __init__(self, folder: Path) -> None:
        self.seal = Seal([base64.b64decode(SECRET_KEY)])
        profile = load_profile(REGION)
        self.now = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
        self.book = dialogs.book(profile)
        self.reception = Reception({REGION: Desk(profile, self.book)}, self.seal, lambda: self.now)
        self.database = Database(f"sqlite:///{folder / 'scripts.db'}")
        metadata.create_all(self.database.engine)

    def turn(self, people: Sequence[Person], index: int) -> float:
        """Everybody says one thing and hears the answers; gives the seconds that the shared turn took until it was durable."""
        self.now += timedelta(seconds=20)
        said = [p.next_words() for p in people]
        batch = [
            Incoming(region=REGION, channel=WHATSAPP, sender=p.address, message_id=f"SM{p.number}-{index}", received_at=self.now, text=text)
            for p, text in zip(people, said, strict=True)
        ]
        began = time.perf_counter()
        with self.database.write() as conn:
            assert all(self.reception.work(conn, batch))
        took = time.perf_counter() - began
        with self.database.read() as conn:
            known = conversations.load(conn, self.seal, [self.key(p) for p in people])
            for person, text in zip(people, said, strict=True):
                self._hear(conn, person, known[self.key(person)], text)
        return took

    def key(self, person: Person) -> bytes:
        """How the product finds them."""
        return self.seal.fingerprint(REGION, WHATSAPP, person.address)

    def _hear(self, conn: Connection, person: Person, now: conversations.Conversation, text: str) -> None:
        unheard = select(_outbox).where(_outbox.c.contact_id == now.id, _outbox.c.seq > person.heard).order_by(_outbox.c.seq)
        rows = conn.execute(unheard).all()
        heard = [Outgoing.from_json(json.loads(self.seal.open(r.body_sealed, "outbox", r.id, "body"))) for r in rows]
        person.script.append(Turn(text, len(heard)))
        person.heard = now.sent_seq
        person.offered = heard[-1].options if heard else ()
        person.open_key = now.session.open_key


def scripts(people: int, turns: int, seed: int = 7) -> list[list[Turn]]:
    """What each of `people` says in `turns` turns."""
    crowd = [Person(i, random.Random(f"{seed}/{i}")) for i in range(people)]
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        for index in range(turns):
            stage.turn(crowd, index)
        stage.database.close()
    say(f"  {people} conversations of {turns} turns held with the product")
    return [p.script for p in crowd]
