"""Whom a call reached: the outcomes of a page, and when a rung is spent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

LATE_AFTER = timedelta(minutes=1)
"""A page that no provider has taken by then counts as not reaching anybody, though it is still tried."""


class Outcome(StrEnum):
    """What became of one page."""

    QUEUED = "queued"
    SENT = "sent"
    LATE = "late"
    """Still not sent after LATE_AFTER."""
    FAILED = "failed"
    TAKEN = "taken"
    """The officer answered Ambil."""
    DECLINED = "declined"
    """The officer answered Tidak bisa."""
    OVERTAKEN = "overtaken"
    """The alarm was answered before the page left, so it does not leave any more."""


class Why(StrEnum):
    """Why nobody could be called; other reasons of a page are codes of `hotline.deliver` and `hotline.gate`."""

    NO_DUTY = "no_duty"
    """The roster has a gap."""
    NO_ROLE = "no_role"
    """No working account has this role."""
    NO_CHAT = "no_chat"
    """The officer has registered no phone."""
    SAID_NO = "said_no"
    """The officer has said in this alarm that they cannot come."""
    KEPT_FROM = "kept_from"
    """The case is kept from everybody who was meant: it concerns them."""
    NO_CONTACT = "no_contact"
    """The case has no reporter who could be told: it was entered by an operator, or is a drill."""
    WAITING = "waiting"
    """No worker has tried yet."""


NOT_REACHED = (Outcome.LATE, Outcome.FAILED)
_HOPELESS = (*NOT_REACHED, Outcome.DECLINED)


def spent(calls: Iterable[tuple[int | None, str]]) -> bool:
    """Whether nobody of a rung is left to answer: each of its (officer, outcome) failed or said no. The reporter (None) answers nothing."""
    hope: dict[int | None, bool] = {}
    for officer, outcome in calls:
        hope[officer] = hope.get(officer, False) or officer is None or outcome not in _HOPELESS
    return not any(hope.values())
