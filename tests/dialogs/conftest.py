"""The book of the tests' own region, and `--update` to rewrite the transcripts from what the product says now."""

from __future__ import annotations

import pytest

from dialogs import book as build
from hotline.engine.book import Book
from tests.dialogs.region import Region


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the transcripts")


@pytest.fixture(scope="session")
def book() -> Book:
    """All dialogs of the small region, in every language."""
    return build(Region())
