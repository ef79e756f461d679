"""A reply in the panel acts only if the reporter's phone may be told of it: words that wait for their next CEK end no alarm."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from hotline import operate
from hotline.alarm.bell import State
from hotline.case import Emergency
from hotline.clocks import Kind, Rules, read
from hotline.store import cases
from hotline.store.tables.people import Contact
from tests.alarm.conftest import KENDAL
from tests.alarm.test_starts import who
from tests.support.nights import Night

_contact = Contact.__table__  # type: ignore[attr-defined]


def replied(night: Night) -> int:
    """Somebody answers in the panel; gives the case."""
    case_id, seal = night.house.cases()[0][0], night.house.seal
    with night.house.database.write() as conn:
        version = cases.load_state(conn, seal, case_id).version
        operate.reply(conn, seal, KENDAL, who(night, "budi"), case_id, version=version, text="Kami datang.", now=night.clock())
    return case_id


@pytest.mark.parametrize(("phone", "push"), [("unknown", "unasked"), ("shared", "yes"), ("watched", "yes"), ("mine", "no")])
def test_a_reply_that_reaches_nobody_silences_and_rings_anew(night: Night, phone: str, push: str) -> None:
    night.cry(phone=phone, push=push)
    case_id = replied(night)
    assert night.state() is State.SILENCED
    clocks, response = read(night.house.events(case_id), Rules(KENDAL.profile))
    assert {clock.kind for clock in clocks if clock.running} >= {Kind.ACTION}
    assert response is not None and response.acted_at is None and response.acknowledged_at is not None
    night.wait(11, every=5)
    assert night.state() is State.RINGING
    assert dict(night.house.cases())[case_id].emergency is Emergency.AKTIF


def test_one_of_which_the_phone_is_told_ends_it(night: Night) -> None:
    night.cry()
    case_id = replied(night)
    assert (night.state(), night.alarm().end_reason) == (State.ENDED, "acted")
    clocks, response = read(night.house.events(case_id), Rules(KENDAL.profile))
    assert Kind.ACTION not in {clock.kind for clock in clocks if clock.running}
    assert response is not None and response.acted_at is not None


def test_after_stop_it_does_not(night: Night) -> None:
    night.cry()
    with night.house.database.write() as conn:
        conn.execute(update(_contact).where(_contact.c.phone == "mine").values(stopped=True))
    replied(night)
    assert night.state() is State.SILENCED


def test_an_action_afterwards_ends_it(night: Night) -> None:
    night.cry(phone="unknown", push="unasked")
    night.handled(replied(night), "budi")
    assert (night.state(), night.alarm().end_reason) == (State.ENDED, "acted")
