"""A shared location: where a child is spoken of, only about where it is is ever read; the exact point stays sealed with the message.

No list that we may use says which kecamatan a point lies in (idn-area-data has no boundaries), so it never answers that question: where
a Dinas has given the middle of its kecamatan, the nearest are offered.
"""

from __future__ import annotations

from math import cos, hypot, radians

from hotline.case import Track
from hotline.engine.draft import Draft
from hotline.engine.places import Spot
from hotline.messages import Place

_DEGREE, _NEAR = 111.2, 60.0
"""Kilometres: a degree of latitude; and how far the middle of a kecamatan may be from a point in it."""
_ABOUT, _EXACT = 1, 5
"""Decimals of a degree: about 11 km, and about 1 m."""


def told(turn: Draft, shared: Place) -> str:
    """What the case says of it: about where it is; exact for aid (its registration wants the house's place) and in danger that goes on."""
    decimals, about = (_EXACT, "") if _aid(turn) or turn.answers.get("R1") == "ya" else (_ABOUT, " kira-kira")
    return f"[lokasi{about}: {shared.latitude:.{decimals}f}, {shared.longitude:.{decimals}f}]"


def nearest(turn: Draft, shared: Place) -> tuple[Spot, ...]:
    """The places of the open question whose middle is known, nearest first; none when all are far."""
    question = turn.book.question(turn.open_key) if turn.open_key else None
    if question is None or question.places is None:
        return ()
    far = {code: _kilometres(shared, choice.at) for code, choice in question.choices.items() if choice.at is not None}
    return tuple(Spot(code) for code in sorted(far, key=far.__getitem__) if far[code] <= _NEAR)


def _kilometres(shared: Place, at: tuple[float, float]) -> float:
    """Flat enough for one kabupaten near the equator."""
    north, east = at[0] - shared.latitude, (at[1] - shared.longitude) * cos(radians(shared.latitude))
    return hypot(north, east) * _DEGREE


def phrase(turn: Draft) -> str:
    """The name of the sentence that answers it."""
    question = turn.book.question(turn.open_key) if turn.open_key else None
    if question is not None and question.places is not None:
        return "place_needs_name"
    return "place" if _aid(turn) or turn.answers.get("R1") == "ya" else "place_child"


def _aid(turn: Draft) -> bool:
    return turn.book.track(turn.now_session()) is Track.LAYANAN
