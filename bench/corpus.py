"""The requests of a load, signed beforehand: Twilio's form of every message of every contact, in lanes that keep each contact's order.

Contacts begin at different moments, spread over the length of a story: the first part of the corpus (`prepared`) brings the database
to where all of them are known and somewhere in the middle, the rest is what gets measured.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import pickle
import random
import struct
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench.settings import ACCOUNT, AUTH_TOKEN, LANES, OUR_ADDRESS, PATH, public_webhook

_MAGIC = b"TEDUH01\n"
_U32 = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person sends, and how many messages they get back."""

    text: str
    replies: int


def address(contact: int) -> str:
    """The WhatsApp address of a contact; 555 numbers belong to nobody."""
    return f"whatsapp:+1555{contact:07d}"


def message_sid(contact: int, index: int) -> str:
    """The provider's id of a contact's message: scattered like the real ones, so that indexes grow as they would."""
    return "SM" + hashlib.md5(f"{contact}/{index}".encode(), usedforsecurity=False).hexdigest()


def form(contact: int, index: int, text: str) -> dict[str, str]:
    """The parameters Twilio posts for an incoming WhatsApp message."""
    sid, number = message_sid(contact, index), f"1555{contact:07d}"
    return {
        "SmsMessageSid": sid,
        "NumMedia": "0",
        "ProfileName": f"Kontak {contact}",
        "MessageType": "text",
        "SmsSid": sid,
        "WaId": number,
        "SmsStatus": "received",
        "Body": text,
        "To": OUR_ADDRESS,
        "NumSegments": "1",
        "ReferralNumMedia": "0",
        "MessageSid": sid,
        "AccountSid": ACCOUNT,
        "From": address(contact),
        "ApiVersion": "2010-04-01",
    }


def sign(parameters: Mapping[str, str]) -> str:
    """Twilio's signature (SHA-1 form) over the public address and all parameters."""
    text = public_webhook() + "".join(k + parameters[k] for k in sorted(parameters))
    return base64.b64encode(hmac.digest(AUTH_TOKEN.encode(), text.encode(), "sha1")).decode()


def request(contact: int, index: int, text: str) -> bytes:
    """The whole HTTP request."""
    parameters = form(contact, index, text)
    body = urlencode(parameters).encode()
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: TwilioProxy/1.1\r\nAccept: */*\r\n"
        f"Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\nX-Twilio-Signature: {sign(parameters)}\r\n"
        f"I-Twilio-Idempotency-Token: {parameters['MessageSid'][2:]}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@dataclass(slots=True)
class Lane:
    """What one lane sends, in order: which message of which contact, and how many replies it brings."""

    contact: array[int] = field(default_factory=lambda: array("I"))
    index: array[int] = field(default_factory=lambda: array("I"))
    replies: array[int] = field(default_factory=lambda: array("B"))
    prepared: int = 0


@dataclass(frozen=True, slots=True)
class Corpus:
    """The file for loadgen and its table of contents."""

    path: Path
    lanes: list[Lane]

    @property
    def total(self) -> int:
        """How many requests it holds."""
        return sum(len(lane.contact) for lane in self.lanes)

    def sent(self, state: Path) -> Iterator[tuple[int, int, int]]:
        """(contact, index, replies) of everything sent up to `state`, each contact's in order."""
        for lane, at in zip(self.lanes, positions(state, len(self.lanes)), strict=True):
            yield from zip(lane.contact[:at], lane.index[:at], lane.replies[:at], strict=True)


def positions(state: Path, lanes: int) -> list[int]:
    """How far each lane has come; zeros before the first run."""
    data = state.read_bytes() if state.exists() else b""
    return [_U32.unpack_from(data, 4 * i)[0] if len(data) >= 4 * i + 4 else 0 for i in range(lanes)]


def _timetable(contacts: int, story: int, measured: int, seed: int) -> list[list[tuple[float, int, int]]]:
    """Per lane, (moment, contact, index) in the order of sending; the moment's unit is one turn of one contact."""
    rng = random.Random(seed)
    lanes: list[list[tuple[float, int, int]]] = [[] for _ in range(LANES)]
    for contact in range(contacts):
        begins = rng.random() * story
        lanes[contact % LANES] += [(begins + i, contact, i) for i in range(int(story + measured - begins) + 1)]
    for lane in lanes:
        lane.sort()
    return lanes


def write(path: Path, scripts: Sequence[Sequence[Turn]], *, contacts: int, story: int, measured: int, seed: int = 1) -> Corpus:
    """Write the corpus: contact c follows script c % len(scripts); each script needs story + measured + 1 turns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lanes, chunks = [], []
    for timetable in _timetable(contacts, story, measured, seed):
        lane = Lane()
        for moment, contact, index in timetable:
            turn = scripts[contact % len(scripts)][index]
            data = request(contact, index, turn.text)
            chunks += [_U32.pack(len(data)), data]
            lane.contact.append(contact)
            lane.index.append(index)
            lane.replies.append(turn.replies)
            lane.prepared += moment < story
        lanes.append(lane)
    head = _MAGIC + _U32.pack(len(lanes)) + b"".join(_U32.pack(len(x.contact)) + _U32.pack(x.prepared) for x in lanes)
    path.write_bytes(head + b"".join(chunks))
    path.with_suffix(".lanes").write_bytes(pickle.dumps([(x.contact, x.index, x.replies, x.prepared) for x in lanes]))
    return Corpus(path, lanes)


def read(path: Path) -> Corpus:
    """A corpus written before."""
    return Corpus(path, [Lane(*x) for x in pickle.loads(path.with_suffix(".lanes").read_bytes())])
