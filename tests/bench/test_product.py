"""The bench starts the product as it is today: settings that the product refuses would be found only by whoever measures."""

from __future__ import annotations

from pathlib import Path
from urllib.request import urlopen

from bench.product import OnSqlite


def test_the_product_starts_as_a_subject(tmp_path: Path) -> None:
    [server], [port] = OnSqlite().product.launch(tmp_path, f"sqlite:///{tmp_path / 'teduh.db'}")
    with server, urlopen(f"http://127.0.0.1:{port}/health/live", timeout=10) as answer:
        assert answer.status == 200
