"""Every mark names a row of the regulations, and the report tells shown from open rows."""

from __future__ import annotations

import pytest

from tools.requirements import TABLE, Row, marks, report, rows

REGULATIONS = {"BLO": 40, "KAU": 47, "ASA": 44, "KEN": 58, "LUT": 50}


def test_the_table_holds_every_row_of_the_five_regulations() -> None:
    ids = [row.id for row in rows()]
    assert {prefix: sum(id_.startswith(prefix) for id_ in ids) for prefix in REGULATIONS} == REGULATIONS
    assert len(set(ids)) == 239
    assert all(row.pasal and row.requirement and row.force for row in rows())


def test_every_mark_names_a_row(request: pytest.FixtureRequest) -> None:
    known = {row.id for row in rows()}
    assert {id_: test for id_, test in marks(request.session.items) if id_ not in known} == {}


def test_the_report_tells_shown_rows_from_open_ones() -> None:
    table = [
        Row("LUT-22", "Luwu Timur", "8b, 10", "emergency", "kondisi darurat", "", "T"),
        Row("LUT-48", "Luwu Timur", "22", "channel", "129", "", "T"),
    ]
    text = report(table, {"LUT-48": {"tests/test_a.py::test_b"}})
    shown, still_open = text.split("# Not shown by any test")
    assert "LUT-48 [T] Pasal 22: 129\n    tests/test_a.py::test_b" in shown
    assert "LUT-22 [T]" in still_open
    assert "1 of 2 rows" in still_open


def test_the_table_is_one_line_a_row() -> None:
    lines = TABLE.read_text().splitlines()
    assert {line.count("\t") for line in lines} == {6}
