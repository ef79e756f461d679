"""The line of each key, in every way TOML lets it be written."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.regions.lines import Place, lines_of
from hotline.regions.load import FOLDER

TRICKY = '''# a comment = [x]
a = 1
b.c = "x # [y]"
"q.r" = 'z'
[t]
k = [1, # comment, ]
  {x = 1, y = [2,
  3]},
  "]",
]
m = """
[no]
x = "\\"" \\
"""
l = \'\'\'
[[neither]]\'\'\'
d = 2026-11-22T10:00:00Z
e = {}
f = []
[[u.v]]
n = 1
[u.v.w]
z = { p.q = 1 }
[[u.v]]
n = 2
[[u.v.l]]
x = 1
  [[u.v.l]]
  x = 2'''


def test_every_way_to_write_a_key() -> None:
    expected: dict[Place, int] = {
        ("a",): 2,
        ("b", "c"): 3,
        ("q.r",): 4,
        ("t",): 5,
        ("t", "k"): 6,
        ("t", "k", 0): 6,
        ("t", "k", 1, "x"): 7,
        ("t", "k", 1, "y", 1): 8,
        ("t", "k", 2): 9,
        ("t", "m"): 11,
        ("t", "l"): 15,
        ("t", "d"): 17,
        ("t", "e"): 18,
        ("t", "f"): 19,
        ("u", "v", 0): 20,
        ("u", "v", 0, "n"): 21,
        ("u", "v", 0, "w", "z", "p", "q"): 23,
        ("u", "v", 1): 24,
        ("u", "v", 1, "l", 0, "x"): 27,
        ("u", "v", 1, "l", 1, "x"): 29,
    }
    lines = lines_of(TRICKY)
    assert {place: lines[place] for place in expected} == expected


def _places(value: object, place: Place = ()) -> list[Place]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place] * bool(place) + [found for key, more in inner for found in _places(more, (*place, key))]


@pytest.mark.parametrize("text", [TRICKY, *(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.toml")))])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_key_has_its_line_and_stands_in_it(text: str, newline: str) -> None:
    text = text.replace("\n", newline)
    lines, written = lines_of(text), text.splitlines()
    places = _places(tomllib.loads(text))
    assert set(places) == set(lines)
    for place in places:
        if isinstance(place[-1], str):
            assert place[-1] in written[lines[place] - 1]


_keys = st.text("abcXYZ_-.#[] =\"'", min_size=1, max_size=6)
_values = st.recursive(
    st.one_of(st.integers(-9, 9), st.booleans(), st.text("ab#[]{}=,'\"\\ \n\té", max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_keys, inner, max_size=3)),
    max_leaves=8,
)


def _written(value: object, indent: str) -> str:
    """Any value as TOML, arrays on several lines."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_string(k)} = {_written(v, indent)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + "".join(f"\n{indent} {_written(v, indent + ' ')}, # ]" for v in value) + "\n]"
    return _string(value) if isinstance(value, str) else str(value).lower()


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


@given(st.dictionaries(_keys, _values, max_size=4))
def test_any_file_is_walked_to_its_end(data: dict[str, object]) -> None:
    def flat(value: object) -> object:
        """Inline tables stand on one line, so arrays inside them do too."""
        return {k: flat(v) for k, v in value.items() if not isinstance(v, list)} if isinstance(value, dict) else value

    kept = {key: flat(value) for key, value in data.items()}
    text = "".join(f"{_string(key)} = {_written(value, '')}\n" for key, value in kept.items())
    read = tomllib.loads(text)
    tops = {place: line for place, line in lines_of(text).items() if len(place) == 1}
    assert set(tops) == {(key,) for key in read}
    assert all(text.splitlines()[line - 1].startswith(_string(str(place[0]))) for place, line in tops.items())
