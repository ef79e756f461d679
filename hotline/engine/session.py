"""Where one person stands: the answers given so far. The position is never stored, it is derived by walking the tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hotline.compact import dumps, loads
from hotline.values import changed


@dataclass(frozen=True, kw_only=True)
class Session:
    """Everything the engine remembers of one person between two messages. Small, and JSON all the way."""

    dialog: str = "welcome"
    """The dialog being walked."""
    answers: dict[str, str] = field(default_factory=dict)
    """question key -> code of the choice, or the words; in the order given (Back removes the last)."""
    fetched: dict[str, dict[str, str]] = field(default_factory=dict)
    """fetch name -> what the host answered."""
    language: str = "id"
    serial: int = 0
    """Counts stories: a button of an earlier story is stale."""
    missed: int = 0
    """How often the open question was not understood in a row: the next try is worded differently."""
    open_key: str = ""
    """The question last asked; empty before the first."""
    said: list[str] = field(default_factory=list)
    """Words of the running story that answered no question; the host keeps them here until the story is a case."""
    danger: list[str] = field(default_factory=list)
    """The danger words heard in the running story; kept by the host, they name the reason of its level."""
    resume: str = ""
    """The dialogs to go back to when this one ends, joined by “>”, the last first (a safety word interrupts and gives back)."""
    alarmed: bool = False
    """A danger word was read and the question about it is still to be asked."""
    seen: int = 0
    """When the person last wrote, in seconds since 1970; 0 after TUTUP: the next message begins carefully."""

    unheard: str = ""
    """The short words just written that answered nothing: danger may be said piece by piece."""

    safe_word: str = ""
    """The word the person has chosen: writing it asks for help without showing anything. It outlives the story."""
    shown: str = ""
    """What of a long list the open question shows: “key>page”, or “key=part=code|code” where a name fits several."""
    rang: int = 0
    """How often danger was heard in the running story: no sentence about it is said three times in a row."""
    hidden: bool = False
    """After TUTUP, or a pause on a phone that is not the person's alone: nothing of the past is shown until its owner asks for it."""
    put_away: str = ""
    """The story that waits for its owner, as JSON of a session; LANJUT, or code and PIN, take it up again."""
    waits: int = 0
    """The case that this story has become; kept by the host."""
    told_in: int = 0
    """While an officer answers about another case: that of this story, -1 when it is none yet; kept by the host."""
    own: bool = False
    """The person has said that they alone hold this phone; kept by the host, which greets only them as somebody it knows."""
    push_before: str = ""
    """What was allowed before TUTUP (`Contact.push`); kept by the host, given back when the owner shows themselves."""

    @property
    def waiting(self) -> tuple[str, ...]:
        """The interrupted dialogs, outermost first."""
        return tuple(self.resume.split(">")) if self.resume else ()

    def to_json(self) -> str:
        """As stored, sealed, in the contact's row; defaults are left out."""
        return dumps({name: value for name, value in self.__dict__.items() if value != _DEFAULTS[name]})

    @classmethod
    def from_json(cls, text: str) -> Session:
        """Back from storage; unknown fields of another version are dropped."""
        data: dict[str, Any] = loads(text)
        if not data.keys() <= _DEFAULTS.keys():
            data = {name: value for name, value in data.items() if name in _DEFAULTS}
        return changed(_NEW, **{name: make() for name, make in _OWN.items()} | data)


_NEW = Session()
_DEFAULTS = dict(_NEW.__dict__)
_OWN: dict[str, Any] = {name: type(default) for name, default in _DEFAULTS.items() if isinstance(default, dict | list)}
"""What makes the dicts and lists that no two sessions may share."""
