"""Tables of texts: tab-separated, UTF-8, a line of column names first. What cannot be read is named by its line."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.speech import speech

_ = speech()


class TableInvalid(Exception):
    """The table of texts cannot be read at all."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that could be read, and what to tell of the others."""

    rows: tuple[dict[str, str], ...]
    told: tuple[str, ...]
    """One sentence for each line that is not as it should be."""
    lost: int
    """How many lines could not be used at all."""


def read_table(path: Path, columns: Sequence[str]) -> Table:
    """A table with these columns among its own, in any order; raises TableInvalid.

    A last column takes what further tabs part off: text is not quoted. Bytes that are no UTF-8 are replaced, and the row is kept.
    """
    try:
        lines = path.read_bytes().removeprefix(codecs.BOM_UTF8).split(b"\n")
    except OSError as error:
        raise TableInvalid(_("{berkas}: berkas tidak dapat dibaca.").format(berkas=path)) from error
    names = lines[0].decode("utf-8", "replace").rstrip("\r").split("\t")
    if missing := [column for column in columns if column not in names]:
        raise TableInvalid(
            _("{berkas}, baris 1: kolom {kolom} tidak ada. Baris pertama berisi nama kolom, dipisah tab.").format(
                berkas=path, kolom=", ".join(missing)
            )
        )
    rows, told, lost = [], [], 0
    for number, line in enumerate(lines[1:], 2):
        row, wrong = _row(line.removesuffix(b"\r"), names, columns)
        if row is not None:
            rows.append(row)
        if wrong and not (number == len(lines) and not line):
            told.append(_("{berkas}, baris {baris}: {salah}").format(berkas=path, baris=number, salah=wrong))
            lost += row is None and bool(line.strip())
    return Table(tuple(rows), tuple(told), lost)


def _row(line: bytes, names: Sequence[str], columns: Sequence[str]) -> tuple[dict[str, str] | None, str]:
    if not line.strip():
        return None, _("kosong, dilewati.")
    text, wrong = line.decode("utf-8", "replace"), ""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        wrong = _("bukan UTF-8; huruf yang rusak diganti, barisnya tetap dinilai.")
    cells = text.split("\t", len(names) - 1)
    row = dict(zip(names, cells, strict=False))
    if any(column not in row for column in columns):
        return None, _("kolomnya kurang, baris ini tidak dapat dinilai.")
    return row, wrong


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """All or nothing: an earlier file stays until the new one is whole. A pipe or a device is written to, and a link stays a link."""
    lines = ["\t".join(columns), *("\t".join(_one_line(cell) for cell in row) for row in rows)]
    if os.path.lexists(path) and not path.is_file():
        _write(path, lines)
        return
    real = Path(os.path.realpath(path))
    part = real.with_name(f".{real.name}.{os.getpid()}")
    try:
        _write(part, lines)
        part.replace(real)
    finally:
        part.unlink(missing_ok=True)


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _one_line(cell: str) -> str:
    return " ".join(cell.split())
