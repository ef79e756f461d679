"""Single operations of the product, one after the other in this process: shows where the time of a turn goes."""

from __future__ import annotations

import gc
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from bench import conversation, corpus
from bench.settings import AUTH_TOKEN, REGION, SERVER_CORE, public_webhook, say
from hotline.engine.advance import advance
from hotline.engine.session import Session
from hotline.messages import WHATSAPP, Incoming
from hotline.store import conversations
from hotline.triage import alarming
from webhooks import signature, twilio

_REPEAT = 15
_PEOPLE, _WARM = 320, 6


def microseconds(operation: Callable[[], object], number: int = 400) -> float:
    """The median of several timings, each the mean of `number` calls."""
    timings = []
    for _ in range(_REPEAT):
        began = time.perf_counter()
        for _ in range(number):
            operation()
        timings.append((time.perf_counter() - began) / number * 1e6)
    return statistics.median(timings)


def run() -> None:
    """Signature, form, engine, sealing, and batches of whole turns through the store."""
    os.sched_setaffinity(0, {SERVER_CORE})
    for name, value in [*_door(), *_hearing(), *_turns()]:
        say(f"  {value:>9.1f} µs  {name}")


def _door() -> list[tuple[str, float]]:
    form = corpus.form(1, 1, "Anak tetangga saya sering menangis malam hari, kemarin saya lihat lengannya lebam.")
    body, url, token = urlencode(form), public_webhook(), AUTH_TOKEN.encode()
    fields, signed, now = list(form.items()), corpus.sign(form).encode(), datetime.now(UTC)
    return [
        ("parse the form", microseconds(lambda: parse_qsl(body, keep_blank_values=True, max_num_fields=1000))),
        ("verify the signature", microseconds(lambda: signature.valid(token, url, fields, signed))),
        ("form to message", microseconds(lambda: twilio.incoming(form, REGION, now))),
    ]


def _hearing() -> list[tuple[str, float]]:
    """Danger in free text. Each round hears other words than the one before, so that nothing is only remembered."""
    lengths = {"8 words": 8, "30 words": 30, "200 words": 200}
    vocabulary = [word for line in conversation.STORIES for word in line.split()]
    found = []
    for name, length in lengths.items():
        texts = iter([" ".join(random.Random(i).choices(vocabulary, k=length)) + f" x{i}y" for i in range(_REPEAT * 100)])
        found.append((f"hear danger in {name}", microseconds(lambda texts=texts: alarming(next(texts)), 100)))  # type: ignore[misc]
    return found


def _turns() -> list[tuple[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        stage = conversation.Stage(Path(folder))
        people = [conversation.Person(i, random.Random(i)) for i in range(_PEOPLE)]
        for index in range(_WARM):
            stage.turn(people, index)
        gc.collect()
        gc.freeze()
        found = _values(stage, people[0])
        for size in (1, 4, 16, 64):
            found.append((f"a turn through the store, {size} in a commit (SQLite FULL)", _batch(stage, people, size)))
        stage.database.close()
    return found


def _values(stage: conversation.Stage, person: conversation.Person) -> list[tuple[str, float]]:
    seal = stage.seal
    with stage.database.read() as conn:
        session = conversations.load(conn, seal, [stage.key(person)])[stage.key(person)].session
    text = session.to_json()
    sealed = seal(text, "contact", 1, "session")
    return [
        ("fingerprint of an address", microseconds(lambda: stage.key(person))),
        (f"seal a session of {len(text)} characters", microseconds(lambda: seal(text, "contact", 1, "session"))),
        ("open it", microseconds(lambda: seal.open(sealed, "contact", 1, "session"))),
        ("session to JSON", microseconds(session.to_json)),
        ("session from JSON", microseconds(lambda: Session.from_json(text))),
        *_engine(stage, [conversation.Person(500_000 + i, random.Random(i)) for i in range(40)]),
    ]


def _engine(stage: conversation.Stage, people: list[conversation.Person]) -> list[tuple[str, float]]:
    """Advance alone: the turns of a stretch of conversation, worked again from the sessions they met."""
    met: list[tuple[Session, Incoming]] = []
    for index in range(_WARM):
        with stage.database.read() as conn:
            known = conversations.load(conn, stage.seal, [stage.key(p) for p in people])
        before = {p.number: known[stage.key(p)].session if stage.key(p) in known else Session() for p in people}
        stage.turn(people, index)
        for p in people:
            met.append(
                (
                    before[p.number],
                    Incoming(
                        region=REGION,
                        channel=WHATSAPP,
                        sender=p.address,
                        message_id=str(index),
                        received_at=stage.now,
                        text=p.script[-1].text,
                    ),
                )
            )
    book = stage.book

    def all_of_them() -> None:
        for session, incoming in met:
            advance(book, session, incoming, stage.now)

    return [("advance the dialog by one message", microseconds(all_of_them, 1) / len(met))]


def _batch(stage: conversation.Stage, people: list[conversation.Person], size: int) -> float:
    timings = []
    for number in range(_REPEAT):
        group = people[(number * size) % _PEOPLE :][:size]
        if len(group) < size:
            continue
        timings.append(stage.turn(group, _WARM + 1000 * size + number) / size * 1e6)
    return statistics.median(timings)
