"""What a provider says of a message after taking it: what goes again, how often, and what is a dead letter then."""

from __future__ import annotations

import pytest

from hotline.seal import Seal
from hotline.store import receipts
from hotline.store.database import Database
from tests.support.clock import Clock
from tests.test_deliver import House, Provider


@pytest.fixture
def house(database: Database, seal: Seal, clock: Clock) -> House:
    return House(database, seal, clock)


def told(house: House, provider_id: str, status: str, error: str = "") -> None:
    with house.database.write() as conn:
        receipts.take(conn, "whatsapp", provider_id, status, error, house.clock())


def sent(house: House, provider: Provider, times: int) -> None:
    """Until the provider has taken the one message so often, and that is stored."""
    house.run(provider, until=lambda: len(provider.taken) == times and house.states()[0][0] == "sent")


def test_a_failure_told_later_puts_the_message_back_or_among_the_dead(house: House) -> None:
    house.queue("a", "satu")
    provider = Provider()
    house.run(provider, until=lambda: house.states() == [("sent", "", 1)])
    told(house, "SM1", "failed", "63016")
    told(house, "SM1", "failed", "63016")
    house.run(provider, until=lambda: len(provider.taken) == 2)
    assert provider.windows == [True, False]
    told(house, "SM2", "undelivered", "63024")
    assert house.states() == [("dead", "no_such_contact", 2)]


def test_a_limit_told_later_sends_the_message_again_but_not_for_ever(house: House) -> None:
    house.queue("a", "satu")
    provider = Provider()
    for tried in range(1, 9):
        sent(house, provider, tried)
        told(house, f"SM{tried}", "failed", "63018")
        assert house.states() == [("due", "", tried) if tried < 8 else ("dead", "undelivered", 8)]
        house.run(provider, until=lambda: True)
        assert len(provider.taken) == tried, "not before a minute"
        house.clock.shift(minutes=2)


@pytest.mark.parametrize(("error", "other"), [("63016", "window_closed"), ("63005", "as_text")])
def test_what_fails_in_its_other_form_too_is_a_dead_letter(house: House, error: str, other: str) -> None:
    house.queue("a", "satu")
    provider = Provider()
    for tried, then in ((1, ("due", other, 1)), (2, ("dead", "undelivered", 2))):
        sent(house, provider, tried)
        told(house, f"SM{tried}", "failed", error)
        assert house.states() == [then]


def test_the_form_it_failed_in_outlasts_the_hours_it_waits_for(house: House) -> None:
    house.queue("a", "ada kabar", purpose="push", phone="mine", push="hours", push_hours="13-15")
    provider = Provider()
    for tried, then in ((1, ("due", "as_text")), (2, ("dead", "undelivered"))):
        house.clock.shift(hours=4)
        sent(house, provider, tried)
        house.clock.shift(hours=4)
        told(house, f"SM{tried}", "failed", "63005")
        assert [state[:2] for state in house.states()] == [then]
        house.clock.shift(hours=16)
        house.run(provider, until=lambda: "outside_hours" in house.attempts())


@pytest.mark.parametrize("error", ["63016", "63005", "63018", "63024"])
def test_a_failure_told_later_touches_no_other_message(house: House, error: str) -> None:
    house.queue("a", "satu")
    house.queue("b", "dua")
    provider = Provider()
    house.run(provider, until=lambda: house.states() == [("sent", "", 1)] * 2)
    failed = f"SM{1 + [address for address, _ in provider.taken].index('a')}"
    told(house, failed, "failed", error)
    assert [state for state, _, _ in house.states()] == ["dead" if error == "63024" else "due", "sent"]


def test_what_is_told_on_the_way_is_no_failure(house: House) -> None:
    house.queue("a", "satu")
    house.run(Provider(), until=lambda: house.states() == [("sent", "", 1)])
    for status in ("accepted", "queued", "sending", "sent"):
        told(house, "SM1", status)
    assert house.states() == [("sent", "", 1)]


def test_what_arrived_is_no_dead_letter_whatever_is_told_afterwards(house: House) -> None:
    house.queue("a", "satu")
    house.run(Provider(), until=lambda: house.states() == [("sent", "", 1)])
    for status, error in (("read", ""), ("sent", ""), ("failed", "63018"), ("undelivered", "63024")):
        told(house, "SM1", status, error)
    assert house.states() == [("sent", "", 1)]


def test_a_failure_told_before_the_provider_answered_is_not_lost(house: House) -> None:
    told(house, "SM1", "failed", "63024")
    house.queue("a", "satu")
    house.run(Provider(), until=lambda: house.states() == [("dead", "no_such_contact", 1)])
    assert house.states() == [("dead", "no_such_contact", 1)]
