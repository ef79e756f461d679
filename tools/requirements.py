"""Which tests show which rows of the five regulations: `make requirements`. Collects the tests' marks without running a test."""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "requirements.tsv"


@dataclass(frozen=True)
class Row:
    """One requirement. `force`: W duty, T task, D definition, B optional."""

    id: str
    regulation: str
    pasal: str
    kind: str
    requirement: str
    check: str
    force: str


def rows(table: Path = TABLE) -> list[Row]:
    """All rows, in the order of the regulations."""
    with table.open(newline="") as file:
        return [Row(**line) for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


class _Collector:
    """A pytest plugin that keeps what was collected."""

    def __init__(self) -> None:
        self.marked: dict[str, set[str]] = defaultdict(set)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Called once, with every test."""
        for id_, test in marks(session.items):
            self.marked[id_].add(test)


def marks(items: Iterable[pytest.Item]) -> Iterable[tuple[str, str]]:
    """Pairs of a requirement's id and a test (file::function, without its parameters)."""
    for item in items:
        for mark in item.iter_markers("requirement"):
            yield from ((str(id_), item.nodeid.split("[")[0]) for id_ in mark.args)


def report(table: list[Row], marked: dict[str, set[str]]) -> str:
    """The rows with their tests, the rows without, and the sums by regulation."""
    shown = [row for row in table if row.id in marked]
    open_ = [row for row in table if row.id not in marked]
    lines = ["# Shown by tests", ""]
    for row in shown:
        lines += [_line(row), *(f"    {test}" for test in sorted(marked[row.id]))]
    lines += ["", "# Not shown by any test", "", *map(_line, open_), ""]
    for regulation in dict.fromkeys(row.regulation for row in table):
        of = [row for row in table if row.regulation == regulation]
        lines.append(f"{regulation}: {sum(row.id in marked for row in of)} of {len(of)} rows are shown by tests")
    return "\n".join([*lines, f"Together: {len(shown)} of {len(table)}"])


def _line(row: Row) -> str:
    return f"{row.id} [{row.force}] Pasal {row.pasal}: {row.requirement}"


def main() -> int:
    """Print the report; 1 when tests cannot be collected or a mark names no row."""
    collector = _Collector()
    code = pytest.main(
        ["--collect-only", "-p", "no:terminal", "-o", "addopts=--import-mode=importlib", str(ROOT / "tests")], plugins=[collector]
    )
    table = rows()
    print(report(table, collector.marked))  # noqa: T201
    unknown = sorted(set(collector.marked) - {row.id for row in table})
    if unknown:
        print("No such rows:", *unknown, file=sys.stderr)  # noqa: T201
    return 1 if unknown or code else 0


if __name__ == "__main__":
    sys.exit(main())
