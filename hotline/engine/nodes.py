"""What a dialog is made of: frozen values that say, ask, branch and end. They hold texts as written (Indonesian) and no behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

UNLISTED = "luar_daftar"
"""The answer to a question for a place that no list knows: a category, so that nobody's words reach an officer's phone by it."""


class Free(StrEnum):
    """What a question takes in the person's own words, beside its choices."""

    WORDS = "words"
    """Anything; the danger words are looked for."""
    PLACE = "place"
    """A place: one of the choices with typing errors forgiven, one known to lie elsewhere, or one that no list knows."""
    NAME = "name"
    """A few words; a longer message is more of the story, and is kept as such."""
    CODE = "code"
    """Nine digits, in any grouping."""
    PIN = "pin"
    """Four digits."""
    SECRET = "secret"
    """One word of the person's own choosing that means nothing to others and that nobody writes by chance."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer offered. `alarm`: this answer alone is an emergency.

    `also`: answers to other keys that it gives too; `fills`: the same, but only where the other key has none yet.
    Where several may be chosen: `alone` ends the question by itself (“none of these”, “do not know”), and `unchosen` are the answers
    that not choosing it gives. `says`: other ways to write it, parted by “|”, beside its label in every language;
    one that begins with “*” is also heard inside a sentence; one with “**” only so, after the message was listened to for danger.
    `inside`: the names of the parts of a place; naming one means this choice.
    `at`: about where a place is, latitude and longitude, where that is known. `sure`: never guessed from a near spelling.
    `ages`: the first and last age that this choice stands for, however an age is written.
    `number`: what it is named by where a number means something by itself, so that choices are not counted: an age, an hour.
    """

    code: str
    label: str
    alarm: bool = False
    also: tuple[tuple[str, str], ...] = ()
    fills: tuple[tuple[str, str], ...] = ()
    alone: bool = False
    unchosen: tuple[tuple[str, str], ...] = ()
    says: str = ""
    inside: tuple[str, ...] = ()
    at: tuple[float, float] | None = None
    sure: bool = False
    ages: tuple[int, int] | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Is:
    """The answer to `key` is one of `codes`; a key `fetch.field` reads what the host gave."""

    key: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """`key` has an answer."""

    key: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One of these danger words was read in the running story."""

    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Resuming:
    """This dialog interrupted a story that waits."""


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Every:
    """All of the conditions hold."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the conditions holds."""

    conditions: tuple[Condition, ...]


ASKED_BEFORE = "tanya_sebelumnya"
"""The key under which a session keeps which question about a danger word was answered with no, once another word is asked about."""

Condition = Is | Told | Heard | Resuming | Not | Every | Either


def among(key: str, *codes: str) -> Is:
    """Short for `Is(key, {codes})`."""
    return Is(key, frozenset(codes))


@dataclass(frozen=True, slots=True)
class Say:
    """A text without a question; it joins the next question's message unless it stands `alone`."""

    text: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. Its answer is stored under `key`; a `private` one (a PIN, a menu) never becomes part of the case.

    `many`: several choices may be named; the answer is their codes joined by commas. `title` is the question in the summary, in few words.
    Of a place: `part` is the question for the part of it, `whole` the region they all lie in, `elsewhere` the names of places outside,
    `unlisted` what is read for a place that no list knows: its words are kept with the story, never as the answer.
    `locates`: the question for a place that words of one's own settle too, where they name one beyond doubt.
    `gravest`: codes of choices, the gravest first: that is what a sentence means that names several of them and no other choice.
    """

    key: str
    text: str
    choices: tuple[Choice, ...] = ()
    free: Free | None = None
    private: bool = False
    many: bool = False
    title: str = ""
    part: str = ""
    whole: str = ""
    elsewhere: tuple[str, ...] = ()
    unlisted: str = ""
    locates: str = ""
    gravest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stay:
    """The conversation rests here: words are kept for the operators and answered with the next of `replies`; a choice goes on."""

    key: str
    text: str
    replies: tuple[str, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What was told, to confirm (`ok`) or to correct; correcting asks which answer and asks that question again."""

    text: str
    key: str = "ringkasan"


@dataclass(frozen=True, slots=True)
class Branch:
    """One way for each answer to `key`; codes not named take `default`."""

    key: str
    ways: Mapping[str, tuple[Node, ...]]
    default: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Only:
    """These nodes only where the condition holds."""

    condition: Condition
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """The host is asked for something: `arguments` maps its names to answer keys (or `fetch.field`)."""

    name: str
    arguments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Again:
    """Forget these answers and what was fetched, and walk again: how a question is asked anew."""

    keys: tuple[str, ...]
    fetched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Goto:
    """On to another dialog, with all answers. A story that goes to a side dialog waits for it.

    `anew`: keys under which that dialog asks something of its own; what was answered here is kept in words.
    """

    dialog: str
    anew: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class End:
    """The dialog is over. `whole`: so is the story that waits; `cancel`: it is given up, its words kept; `restart`: the welcome follows;
    `take_up`: the story that was put away goes on.
    """

    whole: bool = False
    cancel: bool = False
    restart: bool = False
    take_up: bool = False


@dataclass(frozen=True, slots=True)
class SetContact:
    """Tell the host what was said of the phone: each field is a key to read the value from, or the value itself.

    With `push` “now” it is safe in this danger, and nothing is said of later.
    """

    phone: str
    push: str
    hours: str = ""


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """From here on speak the language whose code is the answer to `key`."""

    key: str


@dataclass(frozen=True, slots=True)
class SetSafeWord:
    """From here on the word answered to `key` quietly asks for help; it stays in the session and goes nowhere else."""

    key: str


Node = Say | Ask | Stay | Summary | Branch | Only | Call | Again | Goto | End | SetContact | SetLanguage | SetSafeWord
