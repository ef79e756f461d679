"""Twilio's forms are read as the standard library reads them, whatever stands in them."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from webhooks import form

PIECES = st.sampled_from(
    ["a", "Body", "=", "&", "+", "%", "%2B", "%26", "%3d", "%F0%9F%98%80", "%ff", "%u", "é", "😀", " ", ";", "\u200f", "\x00"]
)


@given(st.lists(PIECES, max_size=30).map("".join))
@example("")
@example("&&=&a==b&c")
@example("a=%F0%9F%98%80é%F0%9F")
def test_as_the_standard_library_does(written: str) -> None:
    assert form.fields(written.encode(), 1000) == parse_qsl(written, keep_blank_values=True)


@given(st.lists(st.tuples(st.text(min_size=1), st.text())))
def test_what_was_sent_comes_back(sent: list[tuple[str, str]]) -> None:
    assert form.fields(urlencode(sent).encode(), 1000) == sent


def test_bad_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="utf-8"):
        form.fields(b"Body=\xff", 10)


def test_no_more_fields_than_asked_for() -> None:
    assert len(form.fields(b"a=1&" * 2 + b"a=1", 3)) == 3
    with pytest.raises(form.TooManyFields):
        form.fields(b"a=1&" * 3 + b"a=1", 3)
