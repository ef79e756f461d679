"""Learning the weights anew, and telling how well they hear, at the operator's terminal."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import typer

from bot.speech import speech
from bot.triage.curve import curve
from bot.triage.examples import FOLDER, UNSEEN, Labelled, load_examples
from bot.triage.measure import Line, Share, lines, sweep, worst
from bot.triage.table import TableInvalid
from bot.triage.training import DAILY, HARD, RECALL, Left, Prepared, choose, left_out, prepare, second_hearer, taught, train
from hotline.triage import hear, network
from hotline.triage.model import EMERGENCY, FILE, Thresholds

_ = speech()


def teach(folder: Path | None) -> None:
    """Measures with each writer left out, chooses the thresholds there, learns from all and stores the weights."""
    every, left = _measured(folder)
    thresholds = choose(left)
    net = second_hearer(taught(every)).network()
    learned = {FILE: train(every, thresholds), network.FILE: network.packed(net)}
    _tell(left, thresholds)
    for name, data in learned.items():
        place = Path(str(files("hotline.triage").joinpath(name)))
        part = place.with_suffix(".part")
        part.write_bytes(data)
        part.replace(place)
        typer.echo(_("Bobot disimpan: {berkas}, {bita} bita.").format(berkas=place.name, bita=len(data)))


def measure(folder: Path | None, picture: Path | None) -> None:
    """The same measurement without storing anything; with `picture` the threshold curve too."""
    every, left = _measured(folder)
    thresholds = choose(left)
    _tell(left, thresholds)
    _tell_unseen([one.row for one in every if one.row.writer in UNSEEN])
    for emergency, title in ((True, _("Terlewat paling jauh:")), (False, _("Alarm palsu paling keras:"))):
        typer.echo("\n" + title)
        for far, row in worst(left, thresholds, emergency=emergency):
            typer.echo(f"  {far:+.2f}  {row.id}  {row.kind}: {row.text[:120]}")
    if picture is not None:
        picture.write_text(curve(sweep(left, thresholds)), encoding="utf-8")


def _measured(folder: Path | None) -> tuple[list[Prepared], list[Left]]:
    try:
        every = prepare(load_examples(folder or FOLDER))
    except TableInvalid as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    typer.echo(_("{banyak} pesan. Setiap penulis dinilai oleh model yang tidak mengenalnya:").format(banyak=len(every)))
    return every, left_out(every, lambda name: typer.echo(f"  {name}", err=True))


def _tell(left: Sequence[Left], thresholds: Thresholds) -> None:
    typer.echo(
        _("Sasaran: darurat terdengar {dengar}, alarm palsu pesan sulit {sulit}, sehari-hari {biasa}.").format(
            dengar=RECALL, sulit=HARD, biasa=DAILY
        )
    )
    typer.echo(
        _("Ambang: {pendek} untuk pesan pendek, {panjang} untuk yang lain.").format(
            pendek=f"{thresholds.short:.2f}", panjang=f"{thresholds.long:.2f}"
        )
    )
    heads = (_("kelompok"), _("terdengar"), _("ditanya"), _("alarm palsu"), _("palsu + kata"))
    typer.echo("".join(f"{head:<22}" for head in heads))
    for line in lines(left, thresholds):
        typer.echo("".join(f"{cell!s:<22}" for cell in _cells(line)))


def _cells(line: Line) -> tuple[str, ...]:
    shares = (line.heard, line.asked, line.false, line.bothered)
    return (line.name, *(str(share) if share.whole else "-" for share in shares))


def _tell_unseen(rows: Sequence[Labelled]) -> None:
    """The writers that nothing was learned from and no threshold was chosen on, by the weights in use."""
    for writer in sorted({row.writer for row in rows}):
        heard = [(row, hear(row.text)) for row in rows if row.writer == writer]
        cries, calm = [found for row, found in heard if row.emergency], [found for row, found in heard if not row.emergency]
        typer.echo(
            _(
                "Tidak pernah dipakai belajar ({penulis}), bobot yang terpasang: terdengar {dengar}, alarm palsu {palsu}, ditanya {tanya}."
            ).format(
                penulis=writer,
                dengar=Share(sum(found.level == EMERGENCY for found in cries), len(cries)),
                palsu=Share(sum(found.level == EMERGENCY for found in calm), len(calm)),
                tanya=Share(sum(found.asks for found in calm), len(calm)),
            )
        )
