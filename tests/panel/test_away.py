"""The panel while its database is away, or there and silent: said at once and in words, and over as soon as it is back."""

from __future__ import annotations

from dataclasses import replace

from hotline.seal import Seal
from hotline.store.database import Database
from tests.panel.site import Site
from tests.support.clock import Clock


def test_a_database_that_is_away_is_said_and_nothing_else(small: Site) -> None:
    away = Database("postgresql+psycopg://tidak:ada@127.0.0.1:1/teduh?connect_timeout=1")
    browser = Site(away, small.seal, small.clock).client()
    browser.http.cookies.set("teduh_sesi", "apa saja", path="/panel")
    answer_ = browser.get("/")
    away.close()
    assert answer_.status_code == 503
    assert "Basis data tidak menjawab" in answer_.text and "127.0.0.1" not in answer_.text


def test_a_database_that_is_there_and_does_not_answer_leaves_no_page_white(postgresql_database: Database, seal: Seal, clock: Clock) -> None:
    site = Site(postgresql_database, seal, clock)
    site.panel.state.panel = replace(site.panel.state.panel, patience=0.3)
    browser = site.signed_in(site.operator())
    with postgresql_database.write() as holder:
        holder.exec_driver_sql("LOCK TABLE sign_in")
        answer_ = browser.get("/")
        assert (answer_.status_code, "Basis data tidak menjawab" in answer_.text) == (503, True)
    assert browser.get("/").status_code == 200
