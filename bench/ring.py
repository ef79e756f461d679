"""From the moment an emergency is said to the moment its alert has left for the first officer, while many others write.

Measured in the rows: an alert is created by the turn that makes its case ring, before that turn's 200, and `sent_at` is when the provider
had taken it. So each figure is a little longer than the time from the webhook's 200.
"""

from __future__ import annotations

import asyncio
import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import text

from bench import load, replies, stub
from bench.corpus import Corpus
from bench.processes import free_port
from bench.product import OnSqlite
from bench.settings import REGION, SECRET_KEY, say
from hotline.messages import WHATSAPP, Incoming
from hotline.seal import Seal
from hotline.store import conversations, officers
from hotline.store.alarm import roster
from hotline.store.database import Database
from hotline.store.operators import add_operator, find
from hotline.times import now, to_us

TURNS_A_SECOND = 200
_SENDERS_RATE = "80"
"""Messages a second that Twilio takes from a WhatsApp sender; the replies need more, so a backlog stands before the alerts."""
_OFFICER = "whatsapp:+15558888888"
_WAITS = "SELECT sent_at - created_at FROM outbox WHERE purpose = 'alert' AND created_at >= :began"
GOAL_SECONDS = 1.0


def run(corpus: Corpus, mark: str, seconds: float) -> bool:
    """Print how long alerts took; whether 99 of 100 left within a second and none was left."""
    port = free_port()
    subject = OnSqlite("run", extra=replies.sender_settings(port) | {"TEDUH_RATE_WHATSAPP": _SENDERS_RATE}, commands=("run",))
    replies.prepare(subject, OnSqlite("run"), corpus, mark)
    _put_on_duty(subject.url)
    began = to_us(now())
    with _provider(port):
        running = subject.start()
        try:
            done = load.run(corpus.path, subject.state, running.ports, seconds=seconds, rate=TURNS_A_SECOND)
        finally:
            running.stop()
    waits = _waits(subject.url, began)
    left = sum(w is None for w in waits)
    times = sorted(w / 1e6 for w in waits if w is not None)
    if not times:
        say(f"  no emergency was said in {done.ok} turns")
        return False
    p50, p99 = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))]
    say(f"  {done.ok} turns at {TURNS_A_SECOND}/s, {len(times)} alerts, {left} not sent")
    say(f"  until the alert left: p50 {p50:.3f} s, p99 {p99:.3f} s, longest {times[-1]:.3f} s")
    return p99 < GOAL_SECONDS and not left


def _put_on_duty(url: str) -> None:
    database, seal, moment = Database(url), Seal([base64.b64decode(SECRET_KEY)]), now()
    with database.write() as conn:
        add_operator(conn, region=REGION, name="piket", display_name="Piket", role="OPERATOR", now=moment)
        officer = find(conn, "piket")
        assert officer is not None
        said = Incoming(region=REGION, channel=WHATSAPP, sender=_OFFICER, message_id="piket", received_at=moment, text="PETUGAS")
        person = conversations.begin(seal, said, seal.fingerprint(REGION, WHATSAPP, _OFFICER))
        person.changed, person.last_in_at = True, to_us(moment)
        conversations.save(conn, seal, [person])
        officers.register(conn, officers.invite(conn, officer.id, moment), person.id, moment, channel=WHATSAPP, region=REGION)
        for position in roster.POSITIONS:
            hours = timedelta(hours=12)
            roster.add_duty(conn, REGION, operator_id=officer.id, position=position, starts_at=moment - hours, ends_at=moment + hours)
    database.close()


@contextmanager
def _provider(port: int) -> Iterator[None]:
    loop = asyncio.new_event_loop()
    serving = threading.Thread(target=loop.run_forever, daemon=True)
    serving.start()
    asyncio.run_coroutine_threadsafe(stub.serve(port, lambda _to: None), loop).result(5)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(loop.stop)
        serving.join(5)


def _waits(url: str, began: int) -> list[int | None]:
    database = Database(url)
    with database.read() as conn:
        found = list(conn.execute(text(_WAITS), {"began": began}).scalars())
    database.close()
    return found
