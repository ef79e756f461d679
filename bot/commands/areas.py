"""`teduh regions areas`: takes kecamatan and desa of any kabupaten from the package idn-area-data into the folder that profiles read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.speech import speech

if TYPE_CHECKING:
    from hotline.regions.intake import Taken

_ = speech()
_SHOWN = 20


_WANTED = typer.Argument(help=_("Kode atau nama kabupaten, misalnya 33.24; tanpa itu: semuanya."))
_SOURCE = typer.Option("--from", help=_("Paket idn-area-data: berkas .tgz dari npm pack, atau folder hasil bukanya."))
_TO = typer.Option("--to", help=_("Folder tujuan; bawaannya folder yang dibaca profil wilayah."))


def areas(
    source: Annotated[Path, _SOURCE],
    wanted: Annotated[list[str] | None, _WANTED] = None,
    to: Annotated[Path | None, _TO] = None,
) -> None:
    """One file for each kabupaten and the list of all their names. The data is under the ODbL; the folder's README says so."""
    from hotline.regions.intake import AreasUnreadable, Package, take_in
    from hotline.regions.load import FOLDER

    folder = to or FOLDER / "areas"
    try:
        taken = list(written(take_in(Package(source), wanted or []), folder))
    except AreasUnreadable as error:
        why, cure = (_(text).format(**error.values) for text in (error.wrong, error.cure))
        typer.echo(_("Daftar wilayah belum dapat diambil: {sebab}; {jalan}.").format(sebab=why, jalan=cure), err=True)
        raise typer.Exit(2) from None
    for one in taken[:_SHOWN]:
        line = _("{berkas}: {nama}, {kecamatan} kecamatan, {desa} desa dan kelurahan.")
        typer.echo(line.format(berkas=one.file, nama=one.name, kecamatan=one.districts, desa=one.villages))
    total = _("{jumlah} kabupaten dan kota ditulis ke {folder}. Sumber: idn-area-data (ODbL 1.0).")
    typer.echo(total.format(jumlah=len(taken), folder=folder))


def written(files: Iterable[Taken], folder: Path) -> Iterator[Taken]:
    """Put each file in its place, all of it or nothing; gives those of kabupaten. Raises AreasUnreadable when the folder refuses."""
    from hotline.regions.intake import refused

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in files:
            draft = folder / f"{one.file}.new"
            draft.write_text(one.text, encoding="utf-8", newline="")
            draft.replace(folder / one.file)
            if one.name:
                yield one
    except OSError:
        raise refused(folder) from None
