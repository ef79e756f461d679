"""Whoever closed the chat is not written to any more: not by answers that still wait, not by the alarm, not while an officer is there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from hotline.case import Emergency
from hotline.seal import Seal
from hotline.store import outbox
from hotline.store.database import Database
from hotline.store.tables.media import Wipe
from hotline.store.tables.people import Contact
from hotline.store.tables.sending import Outbox
from tests.support import officers
from tests.support.clock import Clock
from tests.support.house import DANGEROUS, House
from tests.support.nights import CRY, REPORTER, Night

_outbox, _contact, _wipe = (t.__table__ for t in (Outbox, Contact, Wipe))  # type: ignore[attr-defined]
UNANSWERED = "belum menjawab"


def states(house: House, sender: str = REPORTER, channel: str = "sim-whatsapp") -> list[tuple[str, str]]:
    """(state, reason) of everything ever put in the outbox for this person, in the order of their line."""
    key = house.seal.fingerprint("kendal", channel, sender)
    query = select(_outbox.c.state, _outbox.c.reason).join(_contact, _contact.c.id == _outbox.c.contact_id)
    with house.database.read() as conn:
        return [(r.state, r.reason) for r in conn.execute(query.where(_contact.c.address_key == key).order_by(_outbox.c.seq))]


@pytest.mark.parametrize("at_once", [False, True])
def test_answers_that_still_wait_do_not_leave_after_tutup(night: Night, at_once: bool) -> None:
    words = [night.house.incoming(REPORTER, said) for said in (CRY, "tutup")]
    for batch in [words] if at_once else [[one] for one in words]:
        night.house.take(*batch)
    *before, last = states(night.house)
    assert before
    assert set(before) == {(outbox.HELD, outbox.CLOSED)}
    assert last == (outbox.DUE, "")


@pytest.mark.parametrize(("word", "reason"), [("TUTUP", "closed"), ("STOP", "stopped")])
@pytest.mark.parametrize("phone", ["unknown", "mine"])
def test_who_closed_the_chat_is_told_only_when_they_come_back(night: Night, word: str, reason: str, phone: str) -> None:
    night.cry()
    night.house.say(REPORTER, word)
    with night.house.database.write() as conn:
        conn.execute(update(_contact).where(_contact.c.case_id.is_not(None)).values(phone=phone, push="yes"))
    before = len(night.house.heard(REPORTER))
    night.wait(61)
    assert len(night.house.heard(REPORTER)) == before
    assert [p.reason for _, name, p in night.pages() if name == "pelapor"] == [reason]
    assert night.rang()[4] == 60.0
    night.wait(16)
    assert 5 in night.rang()


def test_whoever_picks_up_the_phone_reads_nothing_of_it_before_they_want_to_go_on(night: Night) -> None:
    night.cry()
    night.house.say(REPORTER, "tutup")
    night.wait(61)
    assert not any(UNANSWERED in said.text for said in night.house.say(REPORTER, "halo"))
    assert any(UNANSWERED in said.text for said in night.house.answer(REPORTER, "Lanjut"))


def test_tutup_while_an_officer_answers_in_the_chat_empties_it_too(database: Database, seal: Seal, clock: Clock) -> None:
    house = House(database, seal, clock, officers.DESKS)
    house.answer("55", *DANGEROUS, channel="telegram")
    ((case_id, _),) = house.cases()
    who = officers.officer(house)
    officers.take(house, who, case_id)
    officers.speak(house, who, case_id, "Saya di sini.")
    house.say("55", "tutup", channel="telegram")
    with database.read() as conn:
        assert len(conn.execute(select(_wipe)).all()) == 1
    *before, last = states(house, "55", "telegram")
    assert set(before) == {(outbox.HELD, outbox.CLOSED)}
    assert last == (outbox.DUE, "")


def test_a_notice_that_cannot_be_made_holds_up_no_call_to_officers(night: Night) -> None:
    night.cry()
    with night.house.database.write() as conn:
        conn.execute(update(_contact).where(_contact.c.case_id.is_not(None)).values(session_sealed=b"\x00broken"))
    night.wait(80)
    assert [p.reason for _, name, p in night.pages() if name == "pelapor"] == ["unknown"]
    assert 5 in night.rang()
    assert dict(night.house.cases())[night.alarm().case_id or 0].emergency is Emergency.AKTIF
    assert night.clock() - night.alarm().started_at >= timedelta(minutes=80)
