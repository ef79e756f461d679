"""One region's desk: its profile, its dialogs, and how a story told there is judged and becomes a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hotline.alarm.ladder import Ladder
from hotline.case import REPORTER, SYSTEM, Event, EventKind, Level, Told, Track
from hotline.engine.book import Book
from hotline.engine.effects import Answered
from hotline.engine.session import Session
from hotline.regions import Profile
from hotline.triage import Assessment, assess
from hotline.triage.answers import UNREACHED

CHAT = "CHAT"
"""The way a report came (Kendal 19: at the office, at a visit; here by chat), kept with the case's first event."""


@dataclass(frozen=True)
class Desk:
    """What receiving, reminding and operating need to know of a region."""

    profile: Profile
    book: Book
    deadlines: dict[Level, timedelta] = field(init=False)
    ladders: dict[str, Ladder] = field(init=False)
    """Who is called in an emergency: this region's, under its name."""
    patience_us: int = field(init=False)
    """How long a half-told story waits for its next word, in microseconds."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "patience_us", self.profile.quiet_minutes * 60_000_000)
        object.__setattr__(self, "ladders", {self.profile.slug: Ladder.of(self.profile.file.on_call)})
        object.__setattr__(self, "deadlines", {level: timedelta(minutes=self.profile.sla(level).acknowledge_minutes) for level in Level})

    def track(self, session: Session) -> Track | None:
        """The track of the running story; danger said outside any story counts as the child track, which asks nothing of anyone."""
        return self.book.track(session) or (Track.ANAK if session.answers.get("kata_bahaya") in ("ya", "belum_dijawab") else None)

    def said_so_far(self, session: Session) -> Assessment:
        """Judged by what was really said: decides whether a half-told story already is a case."""
        return assess(self.track(session) or Track.ANAK, _heard(session), unreached=False)

    def judged(self, session: Session) -> Assessment:
        """Judged as a case: a question of the child track that was not reached counts as tidak_tahu (domain 5.3).

        Loose words outside any story are in no track yet, so none of its questions counts as passed over but the one of which every
        story must tell: whether that person can reach the child. So words that nobody has judged are never of the lowest level.
        """
        track = self.track(session)
        if track is None:
            return assess(Track.ANAK, {"R3": UNREACHED} | _heard(session), unreached=False)
        return assess(track, _heard(session), unreached=True)

    def denied(self, before: Session, after: Session, level: Level, now: datetime) -> list[Event]:
        """What is written when somebody says that a danger word meant none: the level stays (I7), its reason tells what they said."""
        if (before.answers.get("kata_bahaya"), after.answers.get("kata_bahaya")) != ("belum_dijawab", "tidak"):
            return []
        judged = self.judged(before)
        if judged.level is not level:
            return []
        reasons = ("kata_bahaya=tidak" if reason.startswith("kata_bahaya=") else reason for reason in judged.reasons)
        return [raised(replace(judged, reasons=tuple(reasons)), now)]

    def opening(self, session: Session, source: str, now: datetime) -> list[Event]:
        """The events that make a case of the story told so far; `source` is finished, danger or silence."""
        begun = self.opened(self.track(session) or Track.ANAK, source, now)
        return [begun, *answers(self.book.story(session), now), raised(self.judged(session), now)]

    def grown_up(self, session: Session) -> bool:
        """Whether the story left the child track, since it is about somebody of eighteen or more."""
        return session.answers.get("R4") == "dewasa" and self.track(session) is Track.LAYANAN

    def a_childs(self, session: Session) -> bool:
        """Whether the story stands in the child track and is not about somebody of eighteen or more; of unknown age is a child."""
        return session.answers.get("R4") != "dewasa" and self.track(session) is Track.ANAK

    def rerouted(self, track: Track, now: datetime) -> Event:
        """The case goes on in this track, at its beginning (BLO-01)."""
        body = {"track": track.value, "stage": self.profile.first_stage(track).code, "note": ""}
        return Event(kind=EventKind.MOVED, at=now, author=SYSTEM, body=body)

    def opened(self, track: Track, source: str, now: datetime) -> Event:
        """The first event of a case of this track."""
        stage = self.profile.first_stage(track).code
        return Event(
            kind=EventKind.OPENED, at=now, author=SYSTEM, body={"track": track.value, "stage": stage, "source": source, "by_way": CHAT}
        )


def _heard(session: Session) -> dict[str, str]:
    """The answers with the danger words beside them: which word it was decides in the aid track (domain 5.4), and names the reason."""
    return session.answers | ({"kata": ",".join(session.danger)} if session.danger else {})


def answers(given: Iterable[Answered], now: datetime) -> list[Event]:
    """The reporter's answers as events; private ones (a PIN, a code, a menu) stay out."""
    return [
        Event(
            kind=EventKind.ANSWERED,
            at=now,
            author=REPORTER,
            body={"key": a.key, "value": a.value, "label": a.label, "question": a.question},
        )
        for a in given
        if not a.private
    ]


def raised(judged: Assessment, now: datetime, *, again: bool = False) -> Event:
    """The level that the rules give, with the answers that caused it. `again`: danger was said anew, so it rings once more."""
    body: dict[str, object] = {"level": int(judged.level), "reasons": list(judged.reasons), "by": "rule"}
    return Event(kind=EventKind.RAISED, at=now, author=SYSTEM, body=body | ({"again": True} if again else {}))


def told(how: Told, now: datetime) -> Event:
    """How far the story got."""
    return Event(kind=EventKind.TOLD, at=now, author=SYSTEM, body={"told": how.value})
