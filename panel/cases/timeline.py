"""A case's events as an operator reads them: answers gathered into a story, people's words apart, the rest as marks. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hotline.case import REPORTER, UNTOLD, Event, EventKind
from hotline.sheets import WHAT

_PASSED, _DANGER = frozenset((*UNTOLD, "lewati")), "R1"
SAME_SITTING = timedelta(minutes=30)
"""Answers and words that follow within this time, with no word of ours between them, are one story."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One question of the story with its answer; `before` is the answer it replaced, `words` whether it is free text.

    `passed`: it was skipped or not known, which need not stand between the answers. Not to know whether there is danger is one.
    """

    question: str
    said: str
    before: str = ""
    words: bool = False
    key: str = ""
    passed: bool = False


@dataclass(slots=True)
class Entry:
    """One piece of the timeline: `story`, `said`, `reply`, `spoken`, `note`, `act`, `level`, `sheet` or `mark`."""

    kind: str
    at: datetime
    author: str
    event: Event
    answers: list[Answer] = field(default_factory=list)
    last: datetime | None = None
    """When the last answer of a story came."""
    seq: int = 0
    """The last event in it."""

    @property
    def told(self) -> list[Answer]:
        """The answers that say something."""
        return [answer for answer in self.answers if not answer.passed]

    @property
    def passed(self) -> list[Answer]:
        """The questions that were passed over."""
        return [answer for answer in self.answers if answer.passed]

    @property
    def until(self) -> datetime:
        """When it ended."""
        return self.last or self.at


_KINDS = {
    EventKind.SAID: "said",
    EventKind.REPLIED: "reply",
    EventKind.SPOKEN: "spoken",
    EventKind.NOTED: "note",
    EventKind.HANDLED: "act",
    EventKind.RAISED: "level",
    EventKind.LOWERED: "level",
    EventKind.PROPOSED: "level",
    EventKind.DECLINED: "level",
}
_OURS = frozenset(
    {EventKind.REPLIED, EventKind.SPOKEN, EventKind.NOTED, EventKind.HANDLED, EventKind.CLAIMED, EventKind.MOVED, EventKind.CLOSED}
)


def timeline(events: Iterable[Event]) -> list[Entry]:
    """Oldest first."""
    entries: list[Entry] = []
    story: Entry | None = None
    given: dict[str, str] = {}
    for event in events:
        if event.kind is EventKind.ANSWERED:
            if story is None or event.at - story.until > SAME_SITTING:
                story = Entry("story", event.at, event.author, event)
                entries.append(story)
            _add(story, event, given)
            continue
        if event.kind in _OURS:
            story = None
        if event.kind is EventKind.RAISED and entries and _tells_nothing_new(event, entries):
            continue
        kind = "sheet" if event.kind is EventKind.RECORDED and event.text("what") == WHAT else _KINDS.get(event.kind, "mark")
        entries.append(Entry(kind, event.at, event.author, event, seq=event.seq))
    return [entry for entry in entries if entry.kind != "story" or entry.answers]


def _add(story: Entry, event: Event, given: dict[str, str]) -> None:
    key, label = event.text("key"), event.text("label") or event.text("value")
    story.last, story.seq = event.at, event.seq
    before = given.get(key, "")
    if label == before:
        return
    given[key] = label
    here = [a for a in story.answers if a.key != key]
    if label:
        value = event.text("value")
        passed = not before and value in _PASSED and key != _DANGER
        here.append(Answer(event.text("question") or key, label, before, words=value == label and len(label) > 40, key=key, passed=passed))
    story.answers = here


def _tells_nothing_new(event: Event, entries: Sequence[Entry]) -> bool:
    """The rules judge after every answer; only a level or a reason not shown yet is worth a line."""
    shown = next((e.event for e in reversed(entries) if e.event.kind in (EventKind.RAISED, EventKind.LOWERED)), None)
    same = shown is not None and shown.kind is EventKind.RAISED and shown.body.get("level") == event.body.get("level")
    return same and shown is not None and shown.body.get("reasons") == event.body.get("reasons") and event.author != REPORTER


def since(entries: Iterable[Entry], seq: int) -> list[Entry]:
    """What was added after the version `seq`: for the page that tells of a conflict."""
    return [entry for entry in entries if (entry.seq or entry.event.seq) > seq]
