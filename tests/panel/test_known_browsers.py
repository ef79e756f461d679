"""Strangers who try an operator's name keep nobody out of a browser that the operator has signed in with before."""

from __future__ import annotations

import pytest

from hotline.seal import Seal
from hotline.store import throttle
from hotline.store.database import Database
from tests.panel.site import PASSWORD, Browser, Site
from tests.panel.test_auth import enter
from tests.support.clock import Clock


def wrong(browser: Browser, name: str = "sari") -> int:
    return int(browser.post("/masuk", {"nama": name, "sandi": "salah sama sekali"}).status_code)


def left(browser: Browser) -> Browser:
    """The operator goes home; the browser stays."""
    browser.post("/keluar", {})
    return browser


def test_a_stranger_who_tries_the_name_keeps_no_operator_out_of_their_own_browser(site: Site) -> None:
    site.operator("sari")
    own = site.client()
    assert enter(own, "sari", PASSWORD) == 303
    left(own)
    assert [wrong(site.client()) for _ in range(8)] == [401] * 5 + [429] * 3
    assert enter(site.client(), "sari", PASSWORD) == 429
    assert enter(own, " SARI ", PASSWORD) == 303
    assert wrong(site.client()) == 429, "the operator's sign-in gives a stranger no new tries"


def test_a_name_with_signs_that_no_name_has_is_counted_as_the_name_that_is_found(site: Site) -> None:
    site.operator("sari")
    spelled = ["sari", "s\0ari", "sa\0ri", "sar\0i", "sari\0", "\0sari", "s\0a\0ri"]
    assert [wrong(site.client(), name) for name in spelled] == [401] * 5 + [429] * 2


def test_a_stranger_behind_the_same_address_keeps_no_operator_out_of_their_own_browser(site: Site) -> None:
    site.operator("sari")
    own = site.client()
    enter(own, "sari", PASSWORD)
    left(own)
    assert [wrong(site.client(), f"tamu{i}") for i in range(41)] == [401] * 40 + [429]
    assert enter(site.client(), "sari", PASSWORD) == 429
    assert enter(own, "sari", PASSWORD) == 303


def test_who_gathered_marks_while_they_knew_the_password_has_no_more_tries_than_an_address(
    database: Database, seal: Seal, clock: Clock
) -> None:
    with database.write() as conn:
        for number in range(throttle.FREE_TRIES_OF_ADDRESS):
            place = f"10.0.{number}.7", clock(), f"mark{number}"
            throttle.check(conn, seal, "sari", *place)
            throttle.failed(conn, seal, "sari", *place)
        with pytest.raises(throttle.TooManyTries):
            throttle.check(conn, seal, "sari", "10.0.99.7", clock(), "mark99")
        throttle.check(conn, seal, "tono", "10.0.99.7", clock(), "mark99")
        throttle.check(conn, seal, "sari", "10.0.99.7", clock())


def test_an_own_browser_is_slowed_like_every_other(site: Site) -> None:
    site.operator("sari")
    own = site.client()
    enter(own, "sari", PASSWORD)
    left(own)
    assert [wrong(own) for _ in range(7)] == [401] * 5 + [429] * 2
    assert wrong(site.client()) == 401


def test_a_mark_is_of_one_name_and_cannot_be_made_up(site: Site) -> None:
    site.operator("sari")
    site.operator("tono")
    own = site.client()
    enter(own, "sari", PASSWORD)
    left(own)
    for _ in range(5):
        wrong(site.client(), "tono")
        wrong(site.client(), "sari")
    assert enter(own, "tono", PASSWORD) == 429
    marks = [cookie for cookie in own.http.cookies.jar if cookie.name.startswith("teduh_kenal_")]
    assert len(marks) == 1
    assert "sari" not in marks[0].name + str(marks[0].value)
    mark, _, proof = str(marks[0].value).partition(".")
    for forged in (f"{mark}.", f"{mark}.{'0' * len(proof)}", f"x.{proof}", "."):
        stranger = site.client()
        stranger.http.cookies.set(marks[0].name, forged, path="/panel")
        assert wrong(stranger) == 429


def test_the_mark_is_for_the_panel_alone_and_no_script_reads_it(site: Site) -> None:
    site.operator("sari")
    given = site.client().post("/masuk", {"nama": "sari", "sandi": PASSWORD}).headers.get_list("set-cookie")
    (mark,) = [cookie for cookie in given if cookie.startswith("teduh_kenal_")]
    assert {"HttpOnly", "Path=/panel", "SameSite=strict"} <= {part.strip() for part in mark.split(";")}
