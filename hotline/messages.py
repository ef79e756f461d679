"""What comes in and what goes out, in words every channel shares; and what each channel can carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What a person did in one message."""

    TEXT = "text"
    CHOICE = "choice"
    MEDIA = "media"
    PLACE = "place"
    OTHER = "other"
    """A sticker, a contact card, a poll: something we cannot read but must answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """One attachment, still at the provider: `reference` is a Telegram file id or a Twilio media URL."""

    reference: str
    content_type: str
    size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A shared location in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One message from one person. (`channel`, `message_id`) is unique; `sender` is the provider's opaque id, maybe no number at all."""

    region: str
    channel: str
    sender: str
    message_id: str
    received_at: datetime
    kind: Kind = Kind.TEXT
    text: str = ""
    choice: str = ""
    """The token of a tapped button, exactly as we sent it (see `Option.token`)."""
    media: tuple[Media, ...] = ()
    place: Place | None = None
    tapped_message: str = ""
    """The provider's id of our message whose button was tapped, where the channel tells."""
    edited: bool = False
    """An earlier message was changed: `text` is how it reads now."""
    late: bool = False
    """It reached us long after it was written: an addition, never the answer to a question asked since."""
    chat_message: str = ""
    """The messenger's own number of this message in the chat, where it is needed to take the message away (Telegram)."""

    def storable(self) -> Incoming:
        """The same with a text and a choice that a database takes."""
        text, choice = storable(self.text), storable(self.choice)
        return self if text == self.text and choice == self.choice else replace(self, text=text, choice=choice)


@dataclass(frozen=True, slots=True)
class Option:
    """A choice offered: `token` comes back when it is tapped, `label` is what the person reads.

    `number`: what it is named by where a number means something by itself (an age, an hour); all others are counted from 1.
    """

    token: str
    label: str
    number: int | None = None

    def to_json(self) -> list[str | int]:
        """Token, label and, where it has one, its number."""
        return [self.token, self.label, *([] if self.number is None else [self.number])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message to one person, in their language, before a channel gives it its form."""

    text: str
    options: tuple[Option, ...] = ()
    plain: bool = False
    """Choices as numbered lines even where the channel has something better: it was refused before. Not kept."""
    alert: tuple[str, ...] = ()
    """For an officer's phone: code, level, kecamatan; what the alert template shows where free text may not go."""
    region: str = ""
    """Whose number it leaves from, where regions have numbers of their own. Not kept: the row knows it."""

    def to_json(self) -> dict[str, object]:
        """The form kept (sealed) in the outbox."""
        kept: dict[str, object] = {"text": self.text, "options": [o.to_json() for o in self.options]}
        return kept | {"alert": list(self.alert)} if self.alert else kept

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Outgoing:
        """Back from the outbox."""
        options, alert = data.get("options") or [], data.get("alert") or []
        assert isinstance(options, list) and isinstance(alert, list)
        found = tuple(Option(str(token), str(label), *number) for token, label, *number in options)
        return cls(text=str(data["text"]), options=found, alert=tuple(str(a) for a in alert))


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What one channel can carry; the numbers are the platforms' own limits."""

    name: str
    buttons: bool
    """Buttons under the message; without them choices are numbered lines and the person answers with the number."""
    text_limit: int
    """Characters in one message."""
    token_bytes: int = 64
    """Bytes a button's token may have."""
    label_limit: int = 64
    """Characters a button's label may have before it is cut by the messenger."""
    window_hours: int | None = None
    """Hours after the person's last message in which free text may be sent; None: always."""
    per_second: float = 30.0
    """Messages a second that the provider takes from one sender of ours."""
    pair_seconds: float = 0.0
    """Seconds to leave between two messages to the same person."""
    erases: bool = False
    """Whether messages of both sides can be taken out of the chat for 48 hours (Bot API, deleteMessages)."""
    sensitive: bool = True
    """Whether the message leaves this machine (the terminal's does not)."""


def storable(text: str) -> str:
    """The text without what no database takes: NUL and half a surrogate pair become the replacement character."""
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


TELEGRAM, WHATSAPP, TERMINAL = "telegram", "whatsapp", "terminal"
SIMULATED_TELEGRAM, SIMULATED_WHATSAPP = "sim-telegram", "sim-whatsapp"
WEB_PUSH = "web-push"
"""An officer's browser: it is only called, beside their phone, and never writes."""

# Sources: Telegram Bot API (message 4,096 characters, callback data 64 bytes, about 30 messages a second and one a
# second to a chat); Twilio WhatsApp (body 1,600 characters, 24-hour window; 10 messages a second is its cautious figure).
CHANNELS: Mapping[str, Capabilities] = MappingProxyType(
    {
        c.name: c
        for c in (
            Capabilities(name=TELEGRAM, buttons=True, text_limit=4096, per_second=30, pair_seconds=1.0, erases=True),
            Capabilities(name=WHATSAPP, buttons=False, text_limit=1600, window_hours=24, per_second=10),
            Capabilities(name=SIMULATED_TELEGRAM, buttons=True, text_limit=4096, per_second=1000, sensitive=False),
            Capabilities(name=SIMULATED_WHATSAPP, buttons=False, text_limit=1600, window_hours=24, per_second=1000, sensitive=False),
            Capabilities(name=WEB_PUSH, buttons=False, text_limit=200, per_second=50),
            Capabilities(name=TERMINAL, buttons=False, text_limit=4096, per_second=1000, sensitive=False),
        )
    }
)


def numbers(options: Sequence[Option]) -> list[int | None]:
    """What a person writes to name each choice; None where only its words do."""
    own = [option.number for option in options]
    return own if any(number is not None for number in own) else [*range(1, len(own) + 1)]


def numbered(outgoing: Outgoing) -> str:
    """The text with its choices as lines, each with its number, for a channel without buttons."""
    if not outgoing.options:
        return outgoing.text
    lines = [f"- {o.label}" if n is None else f"{n}. {o.label}" for n, o in zip(numbers(outgoing.options), outgoing.options, strict=True)]
    return outgoing.text + "\n\n" + "\n".join(lines)
