"""Whether every contact's messages were worked, and answered, in the order in which they were sent."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby, pairwise

from sqlalchemy import create_engine, text

from bench.corpus import Corpus, address, message_sid
from bench.product import OnPostgres, OnSqlite
from bench.settings import REGION, SECRET_KEY

_MESSAGES = "SELECT contact_id, message_id FROM message ORDER BY contact_id, received_at, id"
_REPLIES = "SELECT contact_id, seq, created_at FROM outbox ORDER BY contact_id, seq"
_CONTACTS = "SELECT id, address_key, sent_seq FROM contact"


def check_order(subject: OnSqlite | OnPostgres, corpus: Corpus) -> list[str]:
    """Every contact has exactly its messages, in order, and exactly its replies, numbered without a gap; anything else is told."""
    assert subject.state
    sent, replies = defaultdict(list), Counter[int]()
    for contact, index, count in corpus.sent(subject.state):
        sent[contact].append(message_sid(contact, index))
        replies[contact] += count
    engine = create_engine(subject.url)
    with engine.connect() as connection:
        stored = {k: [row[1] for row in rows] for k, rows in groupby(connection.execute(text(_MESSAGES)), key=lambda r: r[0])}
        queued = {k: [(row[1], row[2]) for row in rows] for k, rows in groupby(connection.execute(text(_REPLIES)), key=lambda r: r[0])}
        numbers = {bytes(row[1]): (row[0], row[2]) for row in connection.execute(text(_CONTACTS))}
    engine.dispose()
    return _compare(sent, replies, stored, queued, numbers)


def _compare(
    sent: dict[int, list[str]],
    replies: Counter[int],
    stored: dict[int, list[str]],
    queued: dict[int, list[tuple[int, int]]],
    numbers: dict[bytes, tuple[int, int]],
) -> list[str]:
    import base64

    from hotline.messages import WHATSAPP
    from hotline.seal import Seal

    seal, wrong = Seal([base64.b64decode(SECRET_KEY)]), Counter[str]()
    for contact, sids in sent.items():
        row, sent_seq = numbers.get(seal.fingerprint(REGION, WHATSAPP, address(contact)), (0, -1))
        if stored.get(row) != sids:
            wrong["contacts with messages missing or out of order"] += 1
        line = queued.get(row, [])
        if [seq for seq, _ in line] != list(range(1, replies[contact] + 1)) or sent_seq != replies[contact]:
            wrong["contacts with replies missing, doubled or out of order"] += 1
        if any(later < earlier for (_, earlier), (_, later) in pairwise(line)):
            wrong["contacts whose replies were queued against the clock"] += 1
    return [f"{count} {what}" for what, count in wrong.items()]
