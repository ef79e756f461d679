"""The safe-contact gate: who may be written to, when, and what a late answer is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hotline.gate import REPLY_STAYS_A_REPLY, UNKNOWN_PHONE_WAITS, for_now, push_verdict, verdict
from hotline.messages import Outgoing
from hotline.store.outbox import Claimed

JAKARTA = ZoneInfo("Asia/Jakarta")
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # 12:00 in Jakarta


def message(purpose: str = "push", **contact: object) -> Claimed:
    values: dict[str, object] = {"phone": "mine", "push": "yes", "push_hours": "", "stopped": False} | contact
    return Claimed(
        id=1,
        region="kendal",
        channel="whatsapp",
        contact_id=1,
        case_id=None,
        purpose=purpose,
        message=Outgoing(text="x"),
        address="a",
        tries=0,
        created_at=0,
        reason="",
        last_in_at=0,
        **values,
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("contact", "reason"),
    [
        ({}, ""),
        ({"phone": "shared"}, "unsafe_phone"),
        ({"phone": "watched"}, "unsafe_phone"),
        ({"phone": "unknown"}, "unsafe_phone"),
        ({"push": "no"}, "not_allowed"),
        ({"push": "unasked"}, "not_allowed"),
        ({"stopped": True}, "stopped"),
        ({"push": "hours", "push_hours": "08-14"}, ""),
        ({"push": "hours", "push_hours": "rusak"}, "not_allowed"),
        ({"push": "hours", "push_hours": "08-"}, "not_allowed"),
        ({"push": "hours", "push_hours": "-14"}, "not_allowed"),
    ],
)
def test_only_a_phone_called_safe_is_written_to_first(contact: dict[str, object], reason: str) -> None:
    found = verdict(message(**contact), NOON, NOON, JAKARTA)
    assert (found.go, found.reason) == (not reason, reason)


@pytest.mark.parametrize(("hour", "opens_in"), [(7, 1), (14, 18), (23, 9)])
def test_outside_the_named_hours_it_waits_for_the_next_opening(hour: int, opens_in: int) -> None:
    now = datetime(2026, 11, 23, hour, 0, tzinfo=JAKARTA)
    found = verdict(message(push="hours", push_hours="08-14"), NOON, now, JAKARTA)
    assert (found.go, found.later) == (False, now + timedelta(hours=opens_in))


@pytest.mark.parametrize("hour", [8, 13])
def test_the_named_hours_begin_with_the_first_and_last_until_the_other(hour: int) -> None:
    now = datetime(2026, 11, 23, hour, 30, tzinfo=JAKARTA)
    assert verdict(message(push="hours", push_hours="08-14"), NOON, now, JAKARTA).go


def test_an_answer_goes_out_whatever_the_phone_while_the_person_is_there() -> None:
    assert verdict(message("reply", phone="watched", push="no"), NOON, NOON + timedelta(minutes=1), JAKARTA).go


def test_how_long_an_answer_is_no_surprise() -> None:
    assert (timedelta(minutes=15), timedelta(hours=2)) == (REPLY_STAYS_A_REPLY, UNKNOWN_PHONE_WAITS)


@pytest.mark.parametrize("contact", [{"phone": "shared"}, {"phone": "watched"}, {"push": "no"}])
def test_a_late_answer_is_held_for_each_reason_alone(contact: dict[str, object]) -> None:
    late = NOON + REPLY_STAYS_A_REPLY + timedelta(seconds=1)
    found = verdict(message("reply", **contact), NOON, late, JAKARTA)
    assert (found.go, found.reason) == (False, "late_reply_unsafe_phone")


def test_a_late_answer_does_not_surprise_a_phone_called_unsafe() -> None:
    late = NOON + REPLY_STAYS_A_REPLY + timedelta(seconds=1)
    assert verdict(message("reply", phone="watched"), NOON, late, JAKARTA).reason == "late_reply_unsafe_phone"
    assert verdict(message("reply", phone="unknown", push="unasked"), NOON, late, JAKARTA).go, (
        "whoever was never asked still gets the answer"
    )


def test_a_phone_nobody_asked_about_gets_no_answer_hours_later() -> None:
    late = NOON + UNKNOWN_PHONE_WAITS
    asked = message("reply", phone="unknown", push="unasked")
    assert verdict(asked, NOON, late, JAKARTA).go
    assert verdict(asked, NOON, late + timedelta(seconds=1), JAKARTA).reason == "late_reply_unsafe_phone"


def test_a_late_answer_keeps_to_the_hours_the_person_named() -> None:
    night = datetime(2026, 11, 24, 1, 0, tzinfo=JAKARTA)
    found = verdict(message("reply", push="hours", push_hours="08-14"), NOON, night, JAKARTA)
    assert (found.go, found.later) == (False, night + timedelta(hours=7))


@pytest.mark.parametrize("contact", [{}, {"phone": "unknown", "push": "unasked"}, {"phone": "shared", "push": "no"}])
def test_a_registered_officer_is_rung_whatever_was_said_of_the_phone(contact: dict[str, object]) -> None:
    assert verdict(message("alert", **contact), NOON, NOON + timedelta(days=30), JAKARTA).go


def test_an_officer_who_sent_stop_is_not_rung() -> None:
    found = verdict(message("alert", stopped=True), NOON, NOON, JAKARTA)
    assert (found.go, found.reason) == (False, "stopped")


@pytest.mark.parametrize(("push", "hours"), [("unasked", ""), ("no", ""), ("hours", "08-12")])
def test_safe_now_in_danger_lasts_a_day_and_leaves_what_was_said_before(push: str, hours: str) -> None:
    phone, named = ("unknown" if push == "unasked" else "mine"), for_now(push, hours, NOON)
    night, next_week = NOON + timedelta(hours=13), NOON + timedelta(days=7)
    assert push_verdict(phone, "hours", named, night, JAKARTA).go
    late = message("reply", phone=phone, push="hours", push_hours=named)
    assert verdict(late, NOON, night, JAKARTA).go
    after, without = push_verdict(phone, "hours", named, next_week, JAKARTA), push_verdict(phone, push, hours, next_week, JAKARTA)
    assert (after.go, after.later) == (False, without.later)
    assert not verdict(late, NOON, next_week, JAKARTA).go
    assert for_now("hours", named, next_week).startswith(f"{hours}~"), "said again, it lasts another day"


@pytest.mark.parametrize("push", ["no", "unasked"])
def test_safe_now_is_over_with_the_next_word_about_being_written_to(push: str) -> None:
    named = for_now("hours", "08-12", NOON)
    assert push_verdict("mine", push, named, NOON, JAKARTA).reason == "not_allowed"


@pytest.mark.parametrize("phone", ["shared", "watched"])
def test_safe_now_opens_no_phone_of_others(phone: str) -> None:
    assert not push_verdict(phone, "hours", for_now("no", "", NOON), NOON, JAKARTA).go
