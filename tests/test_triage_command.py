"""`teduh triage`: every row that can be read is judged, every line that cannot is named, and nothing else is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.triage.curve import curve
from bot.triage.examples import Labelled, load_examples
from bot.triage.measure import Point, Share, sweep, worst
from bot.triage.table import TableInvalid, read_table, write_table
from bot.triage.training import Left
from hotline.triage.model import Thresholds

HEAD = b"id\ttext\n"


def run(*arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, what was said and what was complained of."""
    done = CliRunner().invoke(app, ["triage", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


def judge(folder: Path, content: bytes) -> tuple[int, list[list[str]], str]:
    """Exit code, the rows written, the complaints."""
    source, output = folder / "masuk.tsv", folder / "keluar.tsv"
    source.write_bytes(content)
    code, _, complaints = run("--input", source, "--output", output)
    rows = [line.split("\t") for line in output.read_text("utf-8").splitlines()] if output.exists() else []
    return code, rows, complaints


def test_every_row_gets_a_level_a_score_and_reasons(tmp_path: Path) -> None:
    code, rows, complaints = judge(tmp_path, HEAD + b"a\tadik saya dikurung, tolong\nb\tterima kasih bu\n")
    assert (code, complaints) == (0, "")
    assert rows[0] == ["id", "level", "score", "reasons"]
    assert rows[1][:2] == ["a", "DARURAT"] and "dikurung" in rows[1][3] and float(rows[1][2]) > 0.5
    assert rows[2][:2] == ["b", "BUKAN"] and rows[2][3] == "" and float(rows[2][2]) < 0.5


@pytest.mark.parametrize(
    ("content", "ids", "line", "code"),
    [
        (HEAD + b"a\thalo\n\nb\thalo\n", ["a", "b"], "baris 3", 0),
        (HEAD + b"a\thalo\n   \t  \nb\thalo\n", ["a", "b"], "baris 3", 0),
        (HEAD + b"a\thalo\nb\nc\thalo\n", ["a", "c"], "baris 3", 1),
        (HEAD + b"a\tdia bawa pa\xe9rang dan pisau\nb\thalo\n", ["a", "b"], "baris 2", 0),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line_and_nothing_else_is_lost(
    tmp_path: Path, content: bytes, ids: list[str], line: str, code: int
) -> None:
    got, rows, complaints = judge(tmp_path, content)
    assert got == code
    assert [row[0] for row in rows[1:]] == ids
    assert line in complaints


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (b"text\tid\nhalo\ta\n", ["a"]),
        (b"\xef\xbb\xbf" + HEAD + b"a\thalo\r\nb\thalo", ["a", "b"]),
        (b"id\tlabel\ttext\na\tTIDAK\thalo\tlagi\n", ["a"]),
        (HEAD + b"a\t\n", ["a"]),
        (HEAD, []),
    ],
    ids=["other order", "mark, carriage returns, no last newline", "a tab inside the text", "empty text", "no rows"],
)
def test_tables_may_look_different(tmp_path: Path, content: bytes, ids: list[str]) -> None:
    code, rows, _ = judge(tmp_path, content)
    assert (code, [row[0] for row in rows[1:]]) == (0, ids)


def test_a_tab_inside_the_text_loses_nothing(tmp_path: Path) -> None:
    _, rows, _ = judge(tmp_path, HEAD + b"a\thalo\tdia bawa parang\n")
    assert "parang" in rows[1][3]


@pytest.mark.parametrize("content", [b"", b"id\tpesan\na\thalo\n", b"\xff\xfe\x00i\x00d\n", b"id text\n"])
def test_a_table_without_the_columns_is_refused_and_an_earlier_result_stays(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "keluar.tsv").write_text("lama\n")
    code, rows, complaints = judge(tmp_path, content)
    assert code == 2 and rows == [["lama"]]
    assert "baris 1" in complaints and "Traceback" not in complaints


def test_a_file_that_is_not_there_or_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert run("--input", tmp_path / "tidak.tsv", "--output", tmp_path / "x.tsv")[0] == 2
    source = tmp_path / "a.tsv"
    source.write_bytes(HEAD + b"a\thalo\n")
    assert run("--input", source, "--output", tmp_path / "tidak" / "x.tsv")[0] == 2


@pytest.mark.parametrize("arguments", [(), ("--input", "a"), ("--evaluate", "--train"), ("--review", "2026-11", "--train")])
def test_one_thing_at_a_time(arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == 2


def test_a_region_adds_its_own_words(tmp_path: Path) -> None:
    source, output = tmp_path / "a.tsv", tmp_path / "b.tsv"
    source.write_bytes(HEAD + b"a\tadhiku digepuki bapak\n")
    assert run("--input", source, "--output", output, "--region", "kendal")[0] == 0
    assert "digepuki" in output.read_text("utf-8")


def test_labelled_tables_that_are_wrong_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableInvalid):
        load_examples(tmp_path)
    (tmp_path / "a.tsv").write_text("id\tlabel\tlevel\tkind\ttext\nA1\tMUNGKIN\tBUKAN\tlain\thalo\n")
    with pytest.raises(TableInvalid, match="A1"):
        load_examples(tmp_path)
    assert run("--evaluate", "--data", tmp_path)[0] == 2


def test_a_result_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    def broken() -> object:
        yield ("a", "b")
        raise RuntimeError

    path = tmp_path / "x.tsv"
    path.write_text("lama")
    with pytest.raises(RuntimeError):
        write_table(path, ("id", "level"), broken())  # type: ignore[arg-type]
    assert path.read_text() == "lama" and list(tmp_path.iterdir()) == [path]
    write_table(path, ("id",), [("a\tb\nc",)])
    assert read_table(path, ("id",)).rows == ({"id": "a b c"},)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A table of one row."""
    path = tmp_path / "masuk.tsv"
    path.write_bytes(HEAD + b"a\thalo\n")
    return path


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_and_the_file_it_leads_to_is_written(tmp_path: Path, source: Path, there: bool) -> None:
    link, file = tmp_path / "tautan.tsv", tmp_path / "keluar.tsv"
    link.symlink_to(file)
    if there:
        file.write_text("lama")
    assert run("--input", source, "--output", link)[0] == 0
    assert link.is_symlink() and file.read_text("utf-8").startswith("id\tlevel\tscore\treasons\na\t")
    assert len(list(tmp_path.iterdir())) == 3


def test_a_pipe_is_written_to(tmp_path: Path, source: Path) -> None:
    pipe = tmp_path / "pipa"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run("--input", source, "--output", pipe)[0] == 0
        assert os.read(reader, 4096).startswith(b"id\tlevel\t")
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_full_device_is_told(tmp_path: Path, source: Path) -> None:
    full = tmp_path / "penuh"
    full.symlink_to("/dev/full")  # If it were replaced, then in this folder.
    code, _, complaints = run("--input", source, "--output", full)
    assert (code, complaints) == (2, f"{full}: tidak dapat ditulis.\n")
    assert full.is_symlink() and Path("/dev/full").is_char_device()


def left(score: float, *, emergency: bool, writer: str = "B") -> Left:
    row = Labelled(f"{writer}1", emergency, "DARURAT" if emergency else "BUKAN", "lain", "x")
    return Left(row, score, lexicon=False, words=12)


def test_the_curve_shows_the_three_shares_where_the_threshold_stands() -> None:
    some = [left(0.3, emergency=True), left(-0.2, emergency=True), left(0.1, emergency=False), left(-0.5, emergency=False, writer="E")]
    points = sweep(some, Thresholds(0.0, 0.0))
    assert Point(0.0, 0.5, 1.0, 0.0) in points
    picture = curve(points)
    assert picture.startswith("<svg") and picture.count("<polyline") == 3 and "<script" not in picture
    assert "0.500" in picture and "1.000" in picture
    assert worst(some, Thresholds(0.0, 0.0), emergency=True) == [(-0.2, some[1].row)]
    assert str(Share(0, 0)) == "0.000 (0/0)"
