"""What a turn asks the host to do. The engine only names it; `hotline.receive` does it in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hotline.engine.session import Session
from hotline.messages import Outgoing


@dataclass(frozen=True, slots=True)
class Send:
    """Answer the person with one message."""

    message: Outgoing


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of the story was answered, or answered anew (`value` empty: the answer was taken back)."""

    key: str
    value: str
    label: str
    """What the person chose or wrote, as they read it."""
    question: str
    """The question as asked, in the source language, for the case's timeline."""
    private: bool = False
    """True for a PIN, a code, a menu choice: not part of the story, never in the case."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """The walk cannot go on without the host: it must call `advance` again with `Fetched(name, values)`, in the same transaction.

    What each gives: `hotline.turns.fetches`. Names: open_case, look_up, add_words, withdraw, ask_data, ask_call, keep_survey, own_case.
    """

    name: str
    arguments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fetched:
    """The host's answer to a Fetch, given to `advance` in place of a message."""

    name: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Alarm:
    """Danger was said. `source`: word (DARURAT), answer (the danger question), text (a danger word in free text), safe_word (unseen)."""

    source: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """Words that answer no question: they belong to the person's case if there is one, and are kept in any case."""

    text: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """STOP (`stopped`) or a first message after it: may we write first or not."""

    stopped: bool


@dataclass(frozen=True, slots=True)
class Language:
    """The person chose a language."""

    code: str


@dataclass(frozen=True, slots=True)
class SafeContact:
    """What the person said of their phone: fields of `hotline.store.tables.people.Contact`."""

    phone: str
    push: str
    push_hours: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """The story is told to its end (`dialog`), or given up by the person (`cancelled`)."""

    dialog: str
    cancelled: bool = False
    last: Session = field(default_factory=Session)
    """The session as it was: the one after this turn no longer knows the story."""


@dataclass(frozen=True, slots=True)
class Closed:
    """TUTUP: what stands in the chat shall go, but for the sentence of this turn."""


@dataclass(frozen=True, slots=True)
class PutAway:
    """The running story, if there is one, waits for its owner; what is written next belongs to none of it."""

    last: Session = field(default_factory=Session)
    """The session as it was: the one after this turn begins anew."""


@dataclass(frozen=True, slots=True)
class TakenUp:
    """Its owner has come back to the story that was put away."""


Effect = Send | Answered | Fetch | Alarm | Said | Stopped | Language | SafeContact | Finished | Closed | PutAway | TakenUp
