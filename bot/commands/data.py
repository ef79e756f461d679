"""The commands that look at dialogs and profiles, and those that make accounts."""

from __future__ import annotations

import contextlib

import typer

from bot import cli
from bot.commands.areas import areas
from bot.speech import speech

_ = speech()


def add_data_commands(app: typer.Typer) -> None:
    """Hang them on the application."""
    dialogs = typer.Typer(help=_("Melihat dan memeriksa dialog."), no_args_is_help=True)
    dialogs.command("lint", help=_("Memeriksa dialog setiap wilayah."))(lint_dialogs)
    dialogs.command("draw", help=_("Menggambar dialog."))(draw_dialogs)
    regions = typer.Typer(help=_("Melihat dan memeriksa profil wilayah."), no_args_is_help=True)
    regions.command("lint", help=_("Memeriksa semua profil wilayah."))(lint_regions)
    regions.command("areas", help=_("Mengambil daftar kecamatan dan desa dari paket idn-area-data."))(areas)
    regions.command("show", help=_("Menunjukkan isi satu profil."))(show_region)
    operator = typer.Typer(help=_("Mengurus akun petugas."), no_args_is_help=True)
    operator.command("add", help=_("Membuat akun petugas dengan sandi sekali pakai."))(add_operator)
    operator.command("reset", help=_("Memberi petugas sandi sekali pakai yang baru."))(reset_operator)
    for name, commands in (("dialogs", dialogs), ("regions", regions), ("operator", operator)):
        app.add_typer(commands, name=name)


def lint_dialogs() -> None:
    """Builds every region's dialogs (wrong ones refuse) and tells what a messenger would show less well."""
    import dialogs
    from dialogs.reading import hardest, spoken
    from hotline.engine.lint import lint
    from hotline.regions import load_profile, profiles

    for slug in profiles():
        profile = load_profile(slug)
        book = dialogs.book(profile)
        steps = sum(1 for dialog in book.dialogs.values() for _step in dialog.steps())
        typer.echo(
            _("{wilayah}: {dialog} dialog, {langkah} langkah, bahasa {bahasa}.").format(
                wilayah=slug, dialog=len(book.dialogs), langkah=steps, bahasa=", ".join(book.languages)
            )
        )
        for note in lint(book):
            typer.echo("  " + note)
        for language in book.languages:
            typer.echo(_("  Kalimat tersulit ({bahasa}), di atas 1 terlalu sulit:").format(bahasa=language))
            for one in hardest(spoken(book, language)):
                typer.echo(f"    {one.grade:.2f}  {one.where}: {one.sentence}")


def draw_dialogs(
    name: str = typer.Argument("", help=_("Nama dialog; tanpa nama: semuanya.")),
    region: str = typer.Option("", help=_("Profil wilayah; bawaannya yang pertama di TEDUH_REGION.")),
    mermaid: bool = typer.Option(False, "--mermaid", help=_("Sebagai diagram Mermaid, bukan garis besar.")),
    svg: bool = typer.Option(False, "--svg", help=_("Sebagai gambar SVG dari satu dialog.")),
) -> None:
    """An outline in plain lines, a Mermaid flowchart, or one dialog's picture."""
    import dialogs
    from bot.commands.draw import flowchart, outline
    from hotline.engine.draw import draw
    from hotline.regions import load_profile

    known = {d.name: d for d in dialogs.dialogs(load_profile(region or cli.settings().regions[0]))}
    if name and name not in known:
        raise typer.BadParameter(_("Dialog itu tidak ada. Yang ada: {dialog}.").format(dialog=", ".join(known)))
    if svg:
        typer.echo(draw(known[name or "welcome"]))
        return
    chosen = [known[name]] if name else list(known.values())
    typer.echo(flowchart(chosen) if mermaid else "\n\n".join(outline(dialog) for dialog in chosen))


def lint_regions() -> None:
    """Every problem of every profile, with file, line and cure."""
    from hotline.regions import lint, profiles

    problems = lint()
    for problem in problems:
        typer.echo(problem.text(_), err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo(_("Semua profil benar: {profil}.").format(profil=", ".join(profiles())))


def show_region(slug: str = typer.Argument(help=_("Nama profil, misalnya kendal."))) -> None:
    """One profile in plain lines."""
    from hotline.regions import show

    typer.echo(show(slug))


def add_operator(
    name: str = typer.Argument(help=_("Nama masuk.")),
    role: str = typer.Option("OPERATOR", help=_("Peran, misalnya OPERATOR atau SUPERVISOR.")),
    region: str = typer.Option("", help=_("Profil wilayah; bawaannya yang pertama di TEDUH_REGION.")),
    display: str = typer.Option("", "--display-name", help=_("Nama yang dilihat rekan di panel.")),
) -> None:
    """A new account, its names as the panel's own form demands them."""
    from hotline.office.accounts import shown_name, sign_in_name
    from hotline.regions import load_profile
    from hotline.store.operators import add_operator as add
    from hotline.times import now

    known, shown = sign_in_name(name), shown_name(display or name)
    settings = cli.settings()
    slug = load_profile(region or settings.regions[0]).slug
    with contextlib.closing(cli.migrated(settings)) as database, database.write() as conn:
        password = add(conn, region=slug, name=known, display_name=shown, role=role, now=now())
    _tell_password(known, password)


def reset_operator(name: str = typer.Argument(help=_("Nama masuk."))) -> None:
    """A new one-time password; running sessions end."""
    from hotline.store.operators import reset_password
    from hotline.times import now

    with contextlib.closing(cli.migrated(cli.settings())) as database, database.write() as conn:
        password = reset_password(conn, name, now())
    _tell_password(name, password)


def _tell_password(name: str, password: str) -> None:
    typer.echo(_("Petugas: {nama}").format(nama=name))
    typer.echo(_("Sandi sekali pakai: {sandi}").format(sandi=password))
    typer.echo(_("Sampaikan langsung kepada orangnya. Sandi ini diganti saat masuk pertama kali."))
