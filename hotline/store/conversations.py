"""Contacts and their messages, read and written for many turns at once: a handful of statements a batch, not a turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Connection, bindparam, func, insert, select, update

from hotline.compact import dumps
from hotline.engine.session import Session
from hotline.ids import new_id
from hotline.messages import Incoming, storable
from hotline.seal import Seal, SealError
from hotline.store import attachments, officers, talks
from hotline.store.sql.bulk import Asked, Bulk, Lookup
from hotline.store.tables.people import Contact, Message
from hotline.times import to_us

_contact = Contact.__table__  # type: ignore[attr-defined]
_message = Message.__table__  # type: ignore[attr-defined]
_read = select(_contact, talks.is_held(_contact.c.id).label("held"), officers.is_officers(_contact.c.id).label("officer"))
_select = Lookup(_read.where(_contact.c.address_key.in_(bindparam("keys", expanding=True))))
_select_ids = Lookup(_read.where(_contact.c.id.in_(bindparam("keys", expanding=True))))
_seen = Lookup(
    select(_message.c.message_id).where(
        _message.c.channel == bindparam("of_channel"), _message.c.message_id.in_(bindparam("ids", expanding=True))
    )
)
_insert_contact, _insert_message = Bulk(insert(_contact)), Bulk(insert(_message))
_NO_CASE = -1
_FIXED = ("id", "region", "channel", "address_key", "address_sealed")
_MUTABLE = (
    "language",
    "session_sealed",
    "case_id",
    "last_case_id",
    "waits_case_id",
    "sent_seq",
    "last_in_at",
    "quiet_at",
    "phone",
    "push",
    "push_hours",
    "stopped",
    "wrong_pins",
    "pins_locked_until",
)
_update_contact = Bulk(update(_contact).where(_contact.c.id == bindparam("k")).values({name: bindparam(name + "_") for name in _MUTABLE}))
_CHANGES = tuple(name + "_" for name in _MUTABLE)
"""The same columns as an update names them."""
_SESSION = _MUTABLE.index("session_sealed")
_values_of = attrgetter(*("session" if name == "session_sealed" else name for name in _MUTABLE))
_claim_messages = Bulk(
    update(_message).where(_message.c.contact_id == bindparam("k"), _message.c.case_id.is_(None)).values(case_id=bindparam("case_"))
)
# Whoever works a contact holds its lock until the commit, so that two processes keep the order of one person's messages.
# Taken in one order by everybody, so nobody waits in a circle.
_lock = Lookup(select(func.pg_advisory_xact_lock(func.unnest(bindparam("locks", type_=ARRAY(BigInteger))).column_valued("k"))))


@dataclass(slots=True, kw_only=True)
class Conversation:
    """One contact while a batch is worked: read once, changed in memory, written once."""

    id: int
    region: str
    channel: str
    address_key: bytes
    address_sealed: bytes
    new: bool
    session: Session
    held: bool = False
    """An operator answered in this chat when it was read (`hotline.store.talks`)."""
    officer: bool = False
    """The phone is an officer's (`hotline.store.officers`)."""
    language: str = "id"
    case_id: int | None = None
    last_case_id: int | None = None
    sent_seq: int = 0
    last_in_at: int = 0
    quiet_at: int | None = None
    phone: str = "unknown"
    push: str = "unasked"
    push_hours: str = ""
    stopped: bool = False
    wrong_pins: int = 0
    pins_locked_until: int | None = None
    messages: list[dict[str, Any]] = field(default_factory=list)
    """Message rows of this batch, to be inserted."""
    files: list[dict[str, Any]] = field(default_factory=list)
    """Rows of the files that came with them."""
    opened: int | None = None
    """The case that this turn opened for the contact."""
    said_to: int | None = None
    """The case that this turn wrote to."""
    begun: int | None = None
    """The first case that this batch opened: what the contact wrote before belongs to it."""
    placed: int = 0
    """So many of `messages` are of turns that ended."""
    changed: bool = False

    @property
    def waits_case_id(self) -> int | None:
        """The case of the story that was put away."""
        return self.session.waits or None

    def turn_to(self, case_id: int, *, telling: bool) -> None:
        """An officer answers about this case. A running story that tells of something else waits, in its own case or as none yet."""
        if self.case_id != case_id and (telling or self.case_id is not None):
            self.session = replace(self.session, told_in=self.case_id or _NO_CASE)
        self.case_id, self.changed = case_id, True

    def turn_back(self) -> None:
        """What was said to the officer stays in their case; the story goes on in its own."""
        told_in = self.session.told_in
        if told_in:
            self.last_case_id = self.case_id or self.last_case_id
            self.case_id = None if told_in == _NO_CASE else told_in
            self.session = replace(self.session, told_in=0)

    def place(self) -> None:
        """A turn ended: its messages and files belong to its case, and so do those of the batch that waited for the case it opened."""
        if self.placed == len(self.messages) and self.opened is None:
            return
        for number, row in enumerate(self.messages):
            if row["case_id"] is None:
                row["case_id"] = self.opened if number < self.placed else self.case_id or self.said_to
        self.placed = len(self.messages)
        if self.files:
            case_of = {row["id"]: row["case_id"] for row in self.messages}
            for file in self.files:
                file["case_id"] = case_of[file["message_id"]]
        self.begun, self.opened, self.said_to = self.begun or self.opened, None, None


def lock(conn: Connection, keys: Iterable[bytes]) -> None:
    """Hold these contacts until the commit. SQLite's write lock already does."""
    if conn.dialect.name == "postgresql":
        _lock.ask(conn, locks=sorted({int.from_bytes(key[:8], "big", signed=True) for key in keys}))


@dataclass(slots=True)
class Met:
    """Those who wrote a batch of messages, on the way from the database."""

    _seal: Seal
    _marks: list[tuple[str, Asked]]
    _people: Asked

    def known(self) -> set[tuple[str, str]]:
        """Those (channel, message id) that were worked before."""
        return _marks(self._marks)

    def people(self) -> dict[bytes, Conversation]:
        """The contacts that wrote before, by fingerprint."""
        return {bytes(row.address_key): _conversation(self._seal, row, False) for row in self._people.rows()}


def meet(conn: Connection, seal: Seal, batch: Sequence[Incoming], keys: Sequence[bytes]) -> Met:
    """`lock`, `seen` and `load`, asked together. `keys`: the fingerprints of those who wrote, each once."""
    lock(conn, keys)
    return Met(seal, _ask_seen(conn, batch), _select.ask(conn, keys=keys))


def seen(conn: Connection, batch: Sequence[Incoming]) -> set[tuple[str, str]]:
    """Those (channel, message id) that were worked before."""
    return _marks(_ask_seen(conn, batch))


def _ask_seen(conn: Connection, batch: Sequence[Incoming]) -> list[tuple[str, Asked]]:
    ids: dict[str, list[str]] = {}
    for incoming in batch:
        ids.setdefault(incoming.channel, []).append(incoming.message_id)
    return [(channel, _seen.ask(conn, of_channel=channel, ids=of_channel)) for channel, of_channel in ids.items()]


def _marks(asked: Iterable[tuple[str, Asked]]) -> set[tuple[str, str]]:
    return {(channel, row.message_id) for channel, found in asked for row in found.rows()}


def load(conn: Connection, seal: Seal, keys: Iterable[bytes], *, forgiving: bool = False) -> dict[bytes, Conversation]:
    """The known contacts among these fingerprints. `forgiving`: one whose session does not open begins anew."""
    return {bytes(row.address_key): _conversation(seal, row, forgiving) for row in _select(conn, keys=list(keys))}


def load_by_id(conn: Connection, seal: Seal, ids: Iterable[int]) -> dict[int, Conversation]:
    """The same by row id."""
    return {row.id: _conversation(seal, row, False) for row in _select_ids(conn, keys=list(ids))}


def _session(seal: Seal, row: Any, forgiving: bool) -> Session:
    if not row.session_sealed:
        return Session(language=row.language)
    try:
        return Session.from_json(seal.open(row.session_sealed, "contact", row.id, "session"))
    except (SealError, ValueError, TypeError):
        if forgiving:
            return Session(language=row.language)
        raise


def _conversation(seal: Seal, row: Any, forgiving: bool) -> Conversation:
    session = _session(seal, row, forgiving)
    return Conversation(
        id=row.id,
        region=row.region,
        channel=row.channel,
        address_key=bytes(row.address_key),
        address_sealed=row.address_sealed,
        new=False,
        session=session,
        held=bool(row.held),
        officer=bool(row.officer),
        language=row.language,
        case_id=row.case_id,
        last_case_id=row.last_case_id,
        sent_seq=row.sent_seq,
        last_in_at=row.last_in_at,
        quiet_at=row.quiet_at,
        phone=row.phone,
        push=row.push,
        push_hours=row.push_hours,
        stopped=bool(row.stopped),
        wrong_pins=row.wrong_pins,
        pins_locked_until=row.pins_locked_until,
    )


def begin(seal: Seal, incoming: Incoming, key: bytes) -> Conversation:
    """A contact that writes for the first time."""
    row_id = new_id()
    return Conversation(
        id=row_id,
        region=incoming.region,
        channel=incoming.channel,
        address_key=key,
        new=True,
        session=Session(),
        address_sealed=seal(incoming.sender, "contact", row_id, "address"),
    )


def message_row(seal: Seal, contact_id: int, incoming: Incoming, *, worked: bool) -> dict[str, Any]:
    """One incoming message, sealed, ready to insert."""
    row_id = new_id()
    body: dict[str, Any] = {"kind": incoming.kind.value, "text": storable(incoming.text)}
    if incoming.choice:
        body["choice"] = storable(incoming.choice)
    if incoming.media:
        body["media"] = [[storable(m.reference), storable(m.content_type), m.size] for m in incoming.media]
    if incoming.chat_message:
        body["in_chat"] = incoming.chat_message
    if incoming.place:
        body["place"] = [incoming.place.latitude, incoming.place.longitude]
    sealed = seal(dumps(body), "message", row_id, "body")
    return {
        "id": row_id,
        "channel": incoming.channel,
        "message_id": incoming.message_id,
        "contact_id": contact_id,
        "case_id": None,
        "body_sealed": sealed,
        "received_at": to_us(incoming.received_at),
        "worked": worked,
    }


def save(conn: Connection, seal: Seal, conversations: Iterable[Conversation]) -> None:
    """Write every changed conversation and its messages."""
    changed = [c for c in conversations if c.changed]
    for conversation in changed:
        conversation.place()
    _insert_contact(conn, [_row(seal, c, _MUTABLE) | {name: getattr(c, name) for name in _FIXED} for c in changed if c.new])
    _update_contact(conn, [_row(seal, c, _CHANGES) | {"k": c.id} for c in changed if not c.new])
    # What was written before the story became a case belongs to it too.
    begun = [(c.id, c.begun) for c in changed if c.begun is not None]
    _claim_messages(conn, [{"k": contact, "case_": case} for contact, case in begun])
    _insert_message(conn, [row for c in changed for row in c.messages])
    attachments.adopt(conn, begun)
    attachments.insert_rows(conn, [row for c in changed for row in c.files])


def _row(seal: Seal, c: Conversation, names: Sequence[str]) -> dict[str, Any]:
    """Its changing columns, each under the name that the statement has for it."""
    values = dict(zip(names, _values_of(c), strict=True))
    values[names[_SESSION]] = seal(c.session.to_json(), "contact", c.id, "session")
    return values
