"""Reaching the reporter: the address for a reason that is kept, and messages that did not arrive."""

from __future__ import annotations

import pytest

from hotline.casework import acting, disclose
from hotline.messages import Outgoing
from hotline.staff import NotAllowed, Role
from hotline.store import audit, letters, outbox
from tests.panel.site import ADDRESS, Site


@pytest.mark.requirement("BLO-17")
def test_the_address_is_shown_for_a_reason_that_is_kept(site: Site) -> None:
    who = site.operator()
    case_id, _ = site.case(contact=site.contact())
    for reason in ("", "   ", "perlu"):
        with pytest.raises(acting.TextMissing):
            site.do(lambda c, r=reason: disclose.reveal(c, site.seal, who, case_id, reason=r, now=site.clock()))
    assert site.actions() == []
    with site.database.write() as conn:
        shown = disclose.reveal(conn, site.seal, who, case_id, reason="nyawa terancam, harus ditelepon", now=site.clock())
    assert (shown.channel, shown.address) == ("whatsapp", ADDRESS)
    with site.database.read() as conn:
        [entry] = audit.of_case(conn, site.seal, case_id)
    assert (entry.action, entry.operator_id, entry.detail) == ("identity.reveal", who.id, {"reason": "nyawa terancam, harus ditelepon"})


def test_a_dead_letter_is_sent_again_through_the_gate(site: Site) -> None:
    who, piket, stranger = site.operator(), site.operator("piket", Role.PIKET), site.operator("andi", region="luwu-timur")
    contact = site.contact()
    case_id, code = site.case(contact=contact)
    with site.database.write() as conn:
        letter = outbox.put(conn, site.seal, contact, Outgoing(text="rahasia"), purpose=outbox.PUSH, case_id=case_id, now=site.clock())
        done = outbox.Outcome(
            id=letter,
            at=site.clock(),
            took=site.clock() - site.clock(),
            outcome="blocked",
            state=outbox.DEAD,
            detail="403",
            reason="blocked",
        )
        outbox.settle(conn, [done])
    with site.database.write() as conn:
        [found] = letters.dead(conn, who)
        assert (found.code, found.reason, found.detail, letters.count_dead(conn, who)) == (code, "blocked", "403", 1)
        assert (letters.dead(conn, stranger), letters.count_dead(conn, stranger), letters.count_dead(conn, piket)) == ([], 0, 0)
        with pytest.raises(letters.LetterNotFound):
            letters.revive(conn, stranger, letter, site.clock())
        letters.revive(conn, who, letter, site.clock())
        assert (letters.dead(conn, who), letters.pushes(conn, case_id)[0].state) == ([], outbox.DUE)
        with pytest.raises(letters.LetterNotFound):
            letters.revive(conn, who, letter, site.clock())


def test_a_dead_letter_of_a_talk_that_became_no_case_is_its_regions_alone(site: Site) -> None:
    who, piket, stranger = site.operator(), site.operator("piket", Role.PIKET), site.operator("andi", region="luwu-timur")
    contact = site.contact()
    with site.database.write() as conn:
        letter = outbox.put(conn, site.seal, contact, Outgoing(text="110"), purpose=outbox.REPLY, case_id=None, now=site.clock())
        at = site.clock()
        outbox.settle(conn, [outbox.Outcome(id=letter, at=at, outcome="blocked", state=outbox.DEAD, reason="blocked")])
    with site.database.write() as conn:
        assert ([found.id for found in letters.dead(conn, who)], letters.count_dead(conn, who)) == ([letter], 1)
        assert (letters.dead(conn, stranger), letters.count_dead(conn, stranger)) == ([], 0)
        for act in (lambda: letters.dead(conn, piket), lambda: letters.revive(conn, piket, letter, site.clock())):
            with pytest.raises(NotAllowed):
                act()
        letters.revive(conn, who, letter, site.clock())
        assert letters.count_dead(conn, who) == 0
