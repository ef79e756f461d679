"""What TUTUP means for a contact: nothing of the past is shown and nothing is sent first until its owner has shown themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hotline.engine.effects import SafeContact
from hotline.gate import for_now
from hotline.store.conversations import Conversation

_ALLOWED = ("yes", "hours")
_OTHERS = ("shared", "watched")
NOW = "now"
"""Of `SafeContact.push`: it is safe now, in danger; nothing is said of any other day."""


def hide(person: Conversation) -> None:
    """Whoever holds the phone now may be somebody else: no message goes there first."""
    if person.push in _ALLOWED:
        person.session = replace(person.session, push_before=person.push)
        person.push = "no"


def show(person: Conversation) -> None:
    """The owner is back, by LANJUT or by code and PIN: what they had allowed holds again."""
    before = person.session.push_before
    if before and person.push in ("no", "hours"):
        person.push = before
    if before or person.session.hidden:
        person.session = replace(person.session, push_before="", hidden=False)


def forget(person: Conversation) -> None:
    """Something new was said of messages: what was allowed before TUTUP no longer counts."""
    if person.session.push_before:
        person.session = replace(person.session, push_before="")


def keep_safe(person: Conversation, said: SafeContact, now: datetime) -> None:
    """A phone once called unsafe becomes safe only by the question about the phone itself, not by a word in passing.

    “Safe now” allows us to write for a day and changes nothing else: who said “not at all” or “only at noon” has not taken it back.
    """
    asked = person.session.answers.get("hp") == "mine"
    if said.phone == "mine" and person.phone in _OTHERS and not asked:
        return
    if said.push != NOW:
        person.phone, person.push, person.push_hours = said.phone, said.push, said.push_hours
        told(person)
    elif (person.phone, person.push) != ("mine", "yes"):
        person.push, person.push_hours = "hours", for_now(person.push, person.push_hours, now)


def told(person: Conversation) -> None:
    """Something was said of the phone: who says anew that they alone hold it may be known again. “Safe to answer now” is less than that."""
    own = person.phone == "mine" and person.session.answers.get("hp") == "mine"
    if person.session.push_before or own is not person.session.own or (own and person.session.hidden):
        person.session = replace(person.session, push_before="", own=own, hidden=person.session.hidden and not own)


def is_known(person: Conversation) -> bool:
    """Whether whoever writes may be greeted as somebody who was here before: only on a phone said to be theirs alone (domain 4.4)."""
    return person.phone == "mine" and person.session.own and not person.session.hidden


def is_met(person: Conversation) -> bool:
    """Whether somebody is talking who may hear of a case: after TUTUP only whoever has begun to tell anew, or has shown themselves."""
    return bool(person.session.seen) and not (person.session.hidden and person.case_id is None)
