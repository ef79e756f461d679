"""Everything the database holds of one person, opened, with what differs from run to run (ids, moments, codes, PINs) taken out.

Two runs of the same script must give the same portrait, however often the program died in one of them.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, select

from bench import corpus
from bench.settings import REGION
from hotline.messages import WHATSAPP, Outgoing, numbered
from hotline.seal import Seal
from hotline.store import cases
from hotline.store.tables.cases import CaseFile
from hotline.store.tables.people import Contact, Message
from hotline.store.tables.sending import Outbox

_contact = Contact.__table__  # type: ignore[attr-defined]
_message = Message.__table__  # type: ignore[attr-defined]
_outbox = Outbox.__table__  # type: ignore[attr-defined]
_case = CaseFile.__table__  # type: ignore[attr-defined]
_KEPT = ("language", "sent_seq", "phone", "push", "push_hours", "stopped", "wrong_pins")


_DIFFERS = (
    (r"\b\d{3} ?\d{3} ?\d{3}\b", "<kode>"),
    (r"(PIN: |\"pin\": ?\")\d{4}\b", r"\1<pin>"),
    (r"\"seen\": ?\d+", '"seen":<moment>'),
    (r"\"at\": ?\"\d+\"", '"at":<moment>'),
    (r"~\d+$", "~<moment>"),
)


def neutral(text: str) -> str:
    """Without codes, PINs and moments."""
    for pattern, word in _DIFFERS:
        text = re.sub(pattern, word, text)
    return text


@dataclass(frozen=True, slots=True)
class Portrait:
    """Plain values, comparable with ==."""

    fields: dict[str, Any]
    session: str
    messages: list[tuple[str, bool, int | None]]
    """Text, worked, and which of the person's cases it is in."""
    replies: list[tuple[int, str, str]]
    """Number, purpose and text as it leaves."""
    cases: list[dict[str, Any]]


def portrait(conn: Connection, seal: Seal, address: str) -> Portrait:
    """Of the person with this WhatsApp address; fails when there is none."""
    row = conn.execute(select(_contact).where(_contact.c.address_key == seal.fingerprint(REGION, WHATSAPP, address))).one()
    case_ids = list(conn.execute(select(_case.c.id).where(_case.c.contact_id == row.id).order_by(_case.c.opened_at)).scalars())
    messages = conn.execute(select(_message).where(_message.c.contact_id == row.id).order_by(_message.c.received_at, _message.c.id)).all()
    replies = conn.execute(select(_outbox).where(_outbox.c.contact_id == row.id).order_by(_outbox.c.seq)).all()
    return Portrait(
        fields={name: neutral(value) if isinstance(value := getattr(row, name), str) else value for name in _KEPT},
        session=neutral(seal.open(row.session_sealed, "contact", row.id, "session")),
        messages=[
            (json.loads(seal.open(m.body_sealed, "message", m.id, "body"))["text"], bool(m.worked), _place(case_ids, m.case_id))
            for m in messages
        ],
        replies=[(r.seq, r.purpose, neutral(_text(seal.open(r.body_sealed, "outbox", r.id, "body")))) for r in replies],
        cases=[_case_portrait(conn, seal, case_id) for case_id in case_ids],
    )


def _place(case_ids: list[int], case_id: int | None) -> int | None:
    return None if case_id is None else case_ids.index(case_id)


def _text(sealed_json: str) -> str:
    return numbered(Outgoing.from_json(json.loads(sealed_json)))


def _case_portrait(conn: Connection, seal: Seal, case_id: int) -> dict[str, Any]:
    state = asdict(cases.load_state(conn, seal, case_id))
    for moment in ("waiting_since", "opened_at"):
        state[moment] = state[moment] is not None
    events = [
        (e.seq, str(e.kind), e.author, neutral(json.dumps(dict(e.body), ensure_ascii=False)))
        for e in cases.load_events(conn, seal, case_id)
    ]
    return {"state": neutral(json.dumps(state, default=str)), "events": events}


def address_of(person: int) -> str:
    """Of a person of the crowd."""
    return corpus.address(person)
