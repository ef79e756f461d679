"""The bench starts the product as it is today: settings that the product refuses would be found only by whoever measures."""

from __future__ import annotations

from pathlib import Path
from urllib.request import urlopen

import pytest

from bench import processes, subjects
from bench.product import OnSqlite
from bench.subjects import Holdings


def test_the_product_starts_as_a_subject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "LOGS", tmp_path)
    monkeypatch.setattr(subjects, "WORK", tmp_path)
    subject = OnSqlite()
    subject.reset()
    running = subject.start()
    try:
        with urlopen(f"http://127.0.0.1:{running.ports[0]}/health/live", timeout=10) as answer:
            assert answer.status == 200
        assert subject.holdings() == Holdings(0, 0, 0)
    finally:
        running.stop()
