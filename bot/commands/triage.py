"""`teduh triage`: judge a table of texts, learn the weights anew, measure them, or list what people should look at."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.speech import speech

_ = speech()

_INPUT = typer.Option(None, "--input", help=_("Tabel berkolom id dan text, dipisah tab, UTF-8."))
_OUTPUT = typer.Option(None, "--output", help=_("Tabel hasil: id, level, score, reasons."))
_EVALUATE = typer.Option(False, "--evaluate", help=_("Mengukur pada penulis yang belum pernah dilihat."))
_TRAIN = typer.Option(False, "--train", help=_("Belajar bobot dari pesan berlabel dan menyimpannya."))
_REVIEW = typer.Option("", "--review", help=_("Daftar alarm palsu dan yang terlewat dari satu bulan, misalnya 2026-11."))
_DATA = typer.Option(None, "--data", help=_("Folder pesan berlabel; bawaannya tests/triage/data."))
_PICTURE = typer.Option(None, "--picture", help=_("Berkas SVG untuk kurva ambang (dengan --evaluate)."))
_REGION = typer.Option("", "--region", help=_("Profil wilayah; bawaannya yang pertama di TEDUH_REGION."))
_OPERATOR = typer.Option("", "--operator", help=_("Nama masuk petugas yang melihat daftar (dengan --review); tercatat di jejak audit."))


def add_triage_command(app: typer.Typer) -> None:
    """Hang it on the application."""
    app.command(help=_("Menilai teks: gawat atau tidak, dan mengapa."))(triage)


def triage(
    source: Path | None = _INPUT,
    output: Path | None = _OUTPUT,
    evaluate: bool = _EVALUATE,
    train: bool = _TRAIN,
    review: str = _REVIEW,
    data: Path | None = _DATA,
    picture: Path | None = _PICTURE,
    region: str = _REGION,
    operator: str = _OPERATOR,
) -> None:
    """One of four things; what was asked wrongly is told with exit code 2."""
    if (source is None) != (output is None) or sum((source is not None, evaluate, train, bool(review))) != 1:
        raise typer.BadParameter(_("Pilih satu: --input dengan --output, --evaluate, --train, atau --review BULAN."))
    if source is not None and output is not None:
        _judge(source, output, region)
    elif review:
        from bot.triage.review import review as listed

        listed(review, region, operator)
    else:
        try:
            from bot.triage.lesson import measure, teach
        except ModuleNotFoundError as error:
            typer.echo(
                _("Belajar dan mengukur memakai numpy; menilai tidak. Pasang dengan `make lint` atau `pip install numpy`."), err=True
            )
            raise typer.Exit(2) from error
        teach(data) if train else measure(data, picture)


def _judge(source: Path, output: Path, region: str) -> None:
    """Every row that can be read is judged; what cannot is told by its line, and the exit code is 1."""
    from bot.triage.judge import COLUMNS, judged
    from bot.triage.table import TableInvalid, read_table, write_table

    try:
        table = read_table(source, ("id", "text"))
        write_table(output, COLUMNS, (judged(row, region) for row in table.rows))
    except (TableInvalid, OSError) as error:
        text = str(error) if isinstance(error, TableInvalid) else _("{berkas}: tidak dapat ditulis.").format(berkas=output)
        typer.echo(text, err=True)
        raise typer.Exit(2) from error
    for sentence in table.told:
        typer.echo(sentence, err=True)
    typer.echo(_("{dinilai} baris dinilai, {lewat} tidak dapat dinilai.").format(dinilai=len(table.rows), lewat=table.lost))
    if table.lost:
        raise typer.Exit(1)
