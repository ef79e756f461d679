"""The monthly list: cleared false alarms and missed emergencies of one region and month, each look audited."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotline.case import Event, EventKind, Level, operator_author
from hotline.staff import Role
from hotline.store import cases
from tests.panel.site import Site, answer, visible_text


def cleared(site: Site, region: str = "kendal") -> str:
    """A case whose danger word was a false alarm."""
    heard = answer(site.clock, "kata", "pisau", "pisau")
    case_id, code = site.case(level=Level.DARURAT, more=[heard], region=region)
    body = {"level": 2, "reason": "salah tangkap", "false_alarm": True, "approved_by": 2}
    with site.database.write() as conn:
        cases.append(conn, site.seal, case_id, [Event(kind=EventKind.LOWERED, at=site.clock(), author=operator_author(1), body=body)])
    return code


def test_what_was_cleared_and_what_was_missed_stand_in_their_month(site: Site) -> None:
    bos = site.operator("bos", Role.SUPERVISOR)
    browser, code, far = site.signed_in(bos), cleared(site), cleared(site, "luwu-timur")
    _, missed = site.case(level=Level.SEDANG)
    browser.post(f"/kasus/{missed}/naikkan", {"tingkat": "5", "keterangan": "terdengar dari suaranya"})
    page = browser.get("/tinjauan")
    shown = page.text[page.text.index("<main") :]
    assert code in shown and "pisau" in shown and missed in shown and far not in shown
    assert "SEDANG" in visible_text(shown)
    month = site.clock() - timedelta(days=40)
    assert code not in browser.get(f"/tinjauan?bulan={month:%Y-%m}").text
    assert site.actions().count("triage.review") == 2


@pytest.mark.parametrize("month", ["", "2026-13", "kemarin", "2026-11-01", "20٢٦-11", "' OR 1=1", "1999-01"])
def test_a_month_that_is_none_shows_this_one(month: str, small: Site) -> None:
    code = cleared(small)
    browser = small.signed_in(small.operator("bos", Role.SUPERVISOR))
    page = browser.get(f"/tinjauan?bulan={month}")
    assert page.status_code == 200 and code in page.text


def test_without_anything_it_says_so(small: Site) -> None:
    page = small.signed_in(small.operator("bos", Role.MANAJER)).get("/tinjauan").text
    assert page.count("Tidak ada bulan ini.") == 2


def test_it_is_for_those_who_lead(small: Site) -> None:
    browser = small.signed_in(small.operator("sari"))
    assert browser.get("/tinjauan").status_code == 403
    assert "/tinjauan" not in browser.get("/").text
