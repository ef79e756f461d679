"""The written messages: whole columns, known labels, nothing twice, no number that could be a person's."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "data"
FILES = {"everyday": "E", "hard": "H", "danger": "F", "writer_g": "G", "pairs": "T"}
STRANGERS = {f"writer_{name.lower()}": name for name in (*"AIJKLOPQRSUVWXYZ", "AA", "BB", "CC", "DD", "FF", "GG", "HH")}
"""Written by others, each alone: two of them may say the same."""
ALL = FILES | STRANGERS
LEAST = {
    "everyday": 1300, "hard": 350, "danger": 450, "writer_g": 240, "pairs": 400, "writer_j": 1700, "writer_k": 1600, "writer_l": 1900,
    "writer_p": 2200, "writer_q": 1800, "writer_r": 2200, "writer_s": 2200, "writer_u": 2200, "writer_v": 1800, "writer_w": 500,
    "writer_x": 2000, "writer_y": 2400, "writer_a": 2200, "writer_z": 2200, "writer_i": 2200, "writer_o": 2200, "writer_aa": 1000,
    "writer_bb": 2000, "writer_cc": 2200, "writer_dd": 2200, "writer_ff": 2200, "writer_gg": 2200, "writer_hh": 2200,
}  # fmt: skip
LEVELS = {"DARURAT", "TINGGI", "SEDANG", "RENDAH", "BUKAN"}
KINDS = {
    "anak_hilang",
    "bantuan",
    "bunuh_diri",
    "eksploitasi",
    "fisik",
    "informasi",
    "kdrt",
    "lain",
    "medis",
    "pekerja_anak",
    "penelantaran",
    "perdagangan",
    "perundungan",
    "psikis",
    "seksual",
    "sosial",
    "status",
}


def rows(name: str) -> list[list[str]]:
    """Every line under the heading, parted at its tabs."""
    head, *lines = (FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()
    assert head.split("\t") == ["id", "label", "level", "kind", "text"]
    return [line.split("\t") for line in lines]


def said(text: str) -> str:
    return " ".join(text.split()).casefold()


@pytest.mark.parametrize("name", ALL)
def test_every_line_is_whole(name: str) -> None:
    for row in rows(name):
        assert len(row) == 5, row
        number, label, level, kind, text = row
        assert re.fullmatch(ALL[name] + r"\d{4}", number), row
        assert label in {"DARURAT", "TIDAK"} and level in LEVELS and kind in KINDS, row
        assert (label == "DARURAT") == (level == "DARURAT"), row
        assert text.strip() == text and text, row


@pytest.mark.parametrize("name", ALL)
def test_there_is_enough_of_it(name: str) -> None:
    assert len(rows(name)) >= LEAST[name]


def test_each_file_holds_what_it_says() -> None:
    labels = {name: Counter(row[1] for row in rows(name)) for name in FILES}
    assert set(labels["everyday"]) == set(labels["hard"]) == {"TIDAK"}
    assert set(labels["danger"]) == {"DARURAT"}
    assert labels["writer_g"] == {"DARURAT": 120, "TIDAK": 120}


def test_no_number_and_no_sentence_stands_twice() -> None:
    every = [row for name in FILES for row in rows(name)]
    assert len({row[0] for row in every}) == len(every)
    assert [text for text, times in Counter(said(row[4]) for row in every).items() if times > 1] == []


@pytest.mark.parametrize("name", STRANGERS)
def test_no_writer_says_a_thing_twice(name: str) -> None:
    assert [text for text, times in Counter(said(row[4]) for row in rows(name)).items() if times > 1] == []


@pytest.mark.parametrize("name", ALL)
def test_no_line_holds_a_number_address_or_account(name: str) -> None:
    for row in rows(name):
        assert not re.search(r"\d{6}|\d[\d .-]{7,}\d|@\w|https?:|www\.", row[4]), row


def test_the_readme_counts_right() -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")
    for name in ALL:
        counted = Counter(row[1] for row in rows(name))
        cells = [f"{number:,}" for number in (counted.total(), counted["DARURAT"], counted["TIDAK"])]
        assert f"`{name}.tsv` ({ALL[name]}) | {' | '.join(cells)} |" in readme, (name, cells)
