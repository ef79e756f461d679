"""Levels: anybody raises at once; DARURAT and TINGGI are lowered by two people, with a reason."""

from __future__ import annotations

import pytest

from hotline import workflow
from hotline.case import Emergency, EventKind, Level
from hotline.casework import acting, levels
from hotline.staff import NotAllowed, Role
from hotline.store.alarm import alarm_board
from tests.panel.site import Site, desks

KENDAL = desks()["kendal"]


def test_lowering_an_emergency_takes_two_people_and_ends_it(site: Site) -> None:
    sari, budi, tono = site.operator("sari"), site.operator("budi", Role.SUPERVISOR), site.operator("tono", Role.SUPERVISOR)
    case_id, _ = site.case(level=Level.DARURAT, rings=True)
    seal, now = site.seal, site.clock()
    site.do(lambda c: levels.lower(c, seal, budi, case_id, version=3, level=Level.SEDANG, reason="salah tekan, anak aman", now=now))
    assert site.state(case_id).level is Level.DARURAT
    with pytest.raises(NotAllowed):
        site.do(lambda c: levels.approve(c, seal, sari, case_id, version=4, now=now))
    with pytest.raises(workflow.SecondPersonNeeded):
        site.do(lambda c: levels.approve(c, seal, budi, case_id, version=4, now=now))
    site.do(lambda c: levels.approve(c, seal, tono, case_id, version=4, now=now))
    found = site.state(case_id)
    assert (found.level, found.emergency, found.reasons) == (Level.SEDANG, Emergency.SELESAI, ("salah tekan, anak aman",))
    assert site.actions(case_id) == ["level.propose", "level.approve"]
    assert EventKind.HANDLED not in site.kinds(case_id) and not found.acted, "Nobody acted: that it is over comes of the lowering."
    with site.database.read() as conn:
        [alarm] = alarm_board.of_case(conn, case_id)
    assert (alarm.state, alarm.end_reason, alarm.first_action_at) == ("ended", "lowered", None)
    with pytest.raises(acting.NothingToDo):
        site.do(lambda c: levels.approve(c, seal, tono, case_id, version=5, now=now))


def test_a_declined_or_overtaken_proposal_no_longer_waits(site: Site) -> None:
    sari, budi = site.operator("sari"), site.operator("budi", Role.SUPERVISOR)
    case_id, _ = site.case(level=Level.TINGGI)
    seal, now = site.seal, site.clock()
    site.do(lambda c: levels.lower(c, seal, sari, case_id, version=3, level=Level.RENDAH, reason="sudah aman", now=now))
    site.do(lambda c: levels.decline(c, seal, budi, case_id, version=4, reason="belum dikunjungi", now=now))
    with pytest.raises(acting.NothingToDo):
        site.do(lambda c: levels.approve(c, seal, budi, case_id, version=5, now=now))
    site.do(lambda c: levels.lower(c, seal, sari, case_id, version=5, level=Level.RENDAH, reason="sudah aman", now=now))
    site.do(lambda c: levels.raise_level(c, seal, KENDAL, sari, case_id, level=Level.DARURAT, text="", now=now))
    with pytest.raises(acting.NothingToDo):
        site.do(lambda c: levels.approve(c, seal, budi, case_id, version=7, now=now))
    assert site.state(case_id).level is Level.DARURAT


def test_sedang_is_lowered_by_one_person_with_a_reason(site: Site) -> None:
    who = site.operator()
    case_id, _ = site.case(level=Level.SEDANG)
    with pytest.raises(acting.TextMissing):
        site.do(lambda c: levels.lower(c, site.seal, who, case_id, version=3, level=Level.RENDAH, reason="  ", now=site.clock()))
    with pytest.raises(workflow.LoweringNotAllowed):
        site.do(lambda c: levels.lower(c, site.seal, who, case_id, version=3, level=Level.TINGGI, reason="x", now=site.clock()))
    site.do(lambda c: levels.lower(c, site.seal, who, case_id, version=3, level=Level.RENDAH, reason="salah paham", now=site.clock()))
    assert site.state(case_id).level is Level.RENDAH
