"""Clearing a false alarm: two people for what rings, and the month's list names its words."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.case import REPORTER, Event, EventKind, Level
from hotline.casework import levels
from hotline.office.second_look import ACTION, SecondLook, second_look
from hotline.staff import Role
from hotline.store import cases
from tests.panel.site import Site, desks

KENDAL = desks()["kendal"]
WORDS = "pingsan,susunan kata + kunci + malam"


def heard(site: Site, case_id: int) -> None:
    """The reporter's words had a danger word."""
    body = {"key": "kata", "value": WORDS, "label": WORDS, "question": "Kata yang ditemukan"}
    site.do(lambda c: cases.append(c, site.seal, case_id, [Event(kind=EventKind.ANSWERED, at=site.clock(), author=REPORTER, body=body)]))


def looked(site: Site, region: str, begin: datetime, end: datetime, by: int) -> SecondLook:
    with site.database.write() as conn:
        return second_look(conn, site.seal, region, begin, end, by=by, now=site.clock())


def test_a_cleared_false_alarm_and_a_missed_emergency_are_in_the_months_list(site: Site) -> None:
    budi, tono = site.operator("budi", Role.SUPERVISOR), site.operator("tono", Role.SUPERVISOR)
    false, _ = site.case(level=Level.DARURAT)
    missed, _ = site.case(level=Level.SEDANG)
    seal, now = site.seal, site.clock()
    heard(site, false)
    site.do(lambda c: levels.lower(c, seal, budi, false, version=4, level=Level.RENDAH, reason="soal film", now=now, false_alarm=True))
    assert site.state(false).level is Level.DARURAT, "one person alone clears nothing that rings"
    site.do(lambda c: levels.approve(c, seal, tono, false, version=5, now=now))
    site.do(lambda c: levels.raise_level(c, seal, KENDAL, budi, missed, level=Level.DARURAT, text="anak menelepon", now=now))

    span = now - timedelta(days=1), now + timedelta(days=1)
    found = looked(site, "kendal", *span, budi.id)
    assert [one.words for one in found.cleared] == [("pingsan", "susunan kata + kunci + malam")]
    assert [one.before for one in found.missed] == [Level.SEDANG]
    elsewhere = looked(site, "luwu-timur", *span, budi.id)
    assert (elsewhere.cleared, elsewhere.missed) == ((), ())
    before = looked(site, "kendal", span[0] - timedelta(days=40), span[0], budi.id)
    assert (before.cleared, before.missed) == ((), ())


def test_looking_is_written_to_the_audit(site: Site) -> None:
    budi = site.operator("budi", Role.SUPERVISOR)
    now = site.clock()
    looked(site, "kendal", now - timedelta(days=9), now, budi.id)
    assert site.actions() == [ACTION]


def test_the_panel_takes_the_mark_and_shows_it(site: Site) -> None:
    budi = site.operator("budi", Role.SUPERVISOR)
    case_id, code = site.case(level=Level.DARURAT)
    browser = site.signed_in(budi)
    fields = {"versi": "3", "tingkat": "1", "alasan": "soal film", "palsu": "ya"}
    assert browser.post(f"/kasus/{code}/turunkan", fields).status_code in (200, 303)
    assert "alarm palsu" in browser.get(f"/kasus/{code}").text
    assert [e for e in site.kinds(case_id) if e is EventKind.PROPOSED]
