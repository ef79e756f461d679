"""`teduh check` names whoever would not be rung tonight, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.check import on_call
from bot.check.report import Group, State, render
from hotline.settings import load_settings
from hotline.store import accounts, officers
from hotline.store.alarm import roster
from hotline.store.database import Database
from hotline.times import now
from tests.support.rosters import reachable


def bad(url: str, tmp_path: Path) -> list[str]:
    settings = load_settings({"TEDUH_DATABASE_URL": url, "TEDUH_DATA_DIR": str(tmp_path), "TEDUH_REGION": "kendal"})
    found = on_call.examine(settings)
    assert all(f.cure and f.group is Group.ON_CALL for f in found if f.state is not State.OK)
    assert render(found, str)
    return [f.sentence(str) for f in found if f.failed]


def test_a_full_roster_with_phones_fails_in_nothing(database: Database, database_url: str, tmp_path: Path) -> None:
    reachable(database)
    assert bad(database_url, tmp_path) == []


def test_an_empty_service_is_told_of_every_rung(database: Database, database_url: str, tmp_path: Path) -> None:
    told = bad(database_url, tmp_path)
    assert [line.split(" dari ")[0] for line in told[:2]] == [f"kendal: tidak ada petugas piket {n}" for n in (1, 2)]
    assert [role for role in ("SUPERVISOR", "KEPALA_UNIT", "MANAJER") if any(f"peran {role}," in line for line in told)] == [
        "SUPERVISOR",
        "KEPALA_UNIT",
        "MANAJER",
    ]


def test_a_gap_within_seven_days_is_found_and_one_after_them_is_not(database: Database, database_url: str, tmp_path: Path) -> None:
    reachable(database, days=6)
    told = bad(database_url, tmp_path)
    assert len(told) == 2 and all("tidak ada petugas piket" in line for line in told)


def test_officers_without_a_phone_are_counted_not_named(database: Database, database_url: str, tmp_path: Path) -> None:
    reachable(database, phones=False)
    told = bad(database_url, tmp_path)
    assert told[0].startswith("kendal: 1 petugas piket 1 belum mendaftarkan HP")
    assert sum("tidak seorang pun dengan peran" in line for line in told) == 3
    assert not any(name in " ".join(told) for name in ("ani", "dewi"))


@pytest.mark.parametrize("how", ["disabled", "revoked", "duty removed"])
def test_who_drops_out_is_noticed(database: Database, database_url: str, tmp_path: Path, how: str) -> None:
    ids = reachable(database)
    with database.write() as conn:
        if how == "disabled":
            accounts.change(conn, "kendal", ids["ani"], disabled=True)
        elif how == "revoked":
            officers.revoke(conn, ids["ani"], "sim-telegram")
        else:
            (first, _) = roster.on_duty(conn, "kendal", now())
            roster.remove_duty(conn, "kendal", first.id)
    assert len(bad(database_url, tmp_path)) == 1


def test_a_database_that_is_not_there_or_old_is_told_of_elsewhere(tmp_path: Path) -> None:
    assert bad(f"sqlite:///{tmp_path}/none.db", tmp_path) == []
