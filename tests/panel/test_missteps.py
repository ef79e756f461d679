"""A case moved to the wrong stage goes back by one button, for whoever moved it and for a short while."""

from __future__ import annotations

import pytest

from hotline.case import Event, EventKind, Track, fold, operator_author
from hotline.casework.missteps import way_back
from hotline.staff import Role
from hotline.store import cases
from hotline.workflow import next_stages
from tests.panel.site import Site, desks, visible_text
from tests.support.clock import Clock

BACK = "Kembalikan ke"


def moved(site: Site, case_id: int, code: str, who: str = "sari") -> str:
    """Move the case on and give the stage where it stood."""
    browser, before = site.signed_in(site.who(who)), site.state(case_id)
    stage = next_stages(desks()["kendal"].profile, before)[0].code
    assert browser.post(f"/kasus/{code}/pindah", {"versi": str(before.version), "tahap": stage}).status_code == 303
    assert site.state(case_id).stage == stage != before.stage
    return before.stage


def test_a_wrong_step_is_taken_back_and_both_stand_on_the_timeline(site: Site) -> None:
    sari = site.operator("sari")
    case_id, code = site.case()
    assert BACK not in site.signed_in(sari).get(f"/kasus/{code}").text, "nothing was moved yet"
    before = moved(site, case_id, code)
    browser = site.signed_in(sari)
    assert BACK in browser.get(f"/kasus/{code}").text
    assert browser.post(f"/kasus/{code}/kembalikan", {"versi": str(site.version(case_id))}).status_code == 303
    assert site.state(case_id).stage == before and "case.take_back" in site.actions(case_id)
    page = browser.get(f"/kasus/{code}").text
    assert BACK not in page, "taking back is not taken back: one moves on from here"
    assert "Bu Sari membatalkan langkah itu" in visible_text(page) and "Bu Sari memindahkan ke tahap" in visible_text(page)
    assert site.kinds(case_id)[-2:] == [EventKind.MOVED, EventKind.MOVED]


def test_a_step_of_somebody_else_or_of_long_ago_stays(site: Site) -> None:
    site.operator("sari")
    budi = site.operator("budi", Role.SUPERVISOR)
    case_id, code = site.case()
    moved(site, case_id, code)
    stage, version = site.state(case_id).stage, str(site.version(case_id))
    assert BACK not in site.signed_in(budi).get(f"/kasus/{code}").text
    refused = site.signed_in(budi).post(f"/kasus/{code}/kembalikan", {"versi": version})
    assert refused.status_code == 409 and "tidak bisa dibatalkan lagi" in refused.text
    site.clock.shift(minutes=16)
    late = site.signed_in(site.who("sari"))
    assert BACK not in late.get(f"/kasus/{code}").text
    assert late.post(f"/kasus/{code}/kembalikan", {"versi": version}).status_code == 409
    assert site.state(case_id).stage == stage


def test_whoever_takes_back_from_an_old_page_reads_what_changed_first(site: Site) -> None:
    sari = site.operator("sari")
    case_id, code = site.case()
    moved(site, case_id, code)
    old, browser = str(site.version(case_id)), site.signed_in(sari)
    browser.post(f"/kasus/{code}/catat", {"versi": old, "isi": "keluarga sudah ditelepon"})
    stage = site.state(case_id).stage
    conflict = browser.post(f"/kasus/{code}/kembalikan", {"versi": old})
    assert conflict.status_code == 409 and site.state(case_id).stage == stage
    assert browser.post(f"/kasus/{code}/kembalikan", {"versi": str(site.version(case_id))}).status_code == 303


@pytest.mark.parametrize("bad", [{}, {"versi": "-1"}, {"versi": "x"}])
def test_a_form_without_its_version_changes_nothing(site: Site, bad: dict[str, str]) -> None:
    sari = site.operator("sari")
    case_id, code = site.case()
    moved(site, case_id, code)
    stage = site.state(case_id).stage
    assert site.signed_in(sari).post(f"/kasus/{code}/kembalikan", bad).status_code == 400
    assert site.state(case_id).stage == stage


def test_a_closed_case_and_a_change_of_track_have_no_way_back(site: Site, clock: Clock) -> None:
    sari = site.operator("sari")
    case_id, _ = site.case()
    with site.database.read() as conn:
        told = cases.load_events(conn, site.seal, case_id)

    def after(**body: object) -> list[Event]:
        return [*told, Event(kind=EventKind.MOVED, at=clock(), author=operator_author(sari.id), body=body)]

    assert way_back(after(stage="TELAAH"), sari, clock()) == fold(told).stage
    assert way_back(after(stage="TELAAH", track=Track.LAYANAN.value), sari, clock()) is None
    closed = Event(kind=EventKind.CLOSED, at=clock(), author=operator_author(sari.id), body={"reason": "NON_KASUS"})
    assert way_back([*after(stage="TELAAH"), closed], sari, clock()) is None
