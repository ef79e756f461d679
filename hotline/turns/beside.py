"""Danger told by somebody who has another case: that one learns of it, and the case that rings says where the rest of the story is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.case import SYSTEM, Event, EventKind, Track
from hotline.desk import Desk
from hotline.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Other:
    """proven: opened with code and PIN in this conversation, maybe from a phone that did not tell it."""

    case_id: int
    proven: bool

    def pointing_to(self, ledger: Ledger, case_id: int) -> dict[str, str | bool]:
        """What an event says of this case, and how the two hang together."""
        return {"beside": str(ledger.row(case_id)["code"])} | ({"proven": True} if self.proven else {})


def naming(ledger: Ledger, first: Event, others: Sequence[Other]) -> Event:
    """The case's first event, with the one among the others that its danger most likely belongs to. An aid case names none (LUT-39)."""
    if not others or first.text("track") != Track.ANAK.value:
        return first
    return replace(first, body={**first.body, **others[0].pointing_to(ledger, others[0].case_id)})


def tell(ledger: Ledger, desk: Desk, other: Other, rings: int | None, words: list[Event], now: datetime) -> None:
    """Who holds the other case learns of the danger too. An aid case shows no child case beside it (LUT-39)."""
    if rings is None or rings == other.case_id or ledger.state(other.case_id).track is not Track.ANAK:
        return
    note = Event(kind=EventKind.NOTED, at=now, author=SYSTEM, body={"text": "", **other.pointing_to(ledger, rings)})
    ledger.append(other.case_id, [*words, note], desk.deadlines)
