"""The commands that start something: run, web, worker, scheduler, migrate, check, chat."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import typer

from bot import cli
from bot.speech import speech

if TYPE_CHECKING:
    from bot.app import Listens
    from hotline.settings import Settings
    from hotline.store.database import Database

_ = speech()


def add_run_commands(app: typer.Typer) -> None:
    """Hang them on the application."""
    app.command(help=_("Menjalankan semuanya sekaligus, dengan simulator, untuk mencoba dan mengembangkan."))(run)
    app.command(help=_("Menerima pesan dan menyajikan panel."))(web)
    app.command(help=_("Mengirim pesan keluar dan menjalankan tenggat."))(worker)
    app.command(help=_("Menjalankan tenggat saja."))(scheduler)
    app.command(help=_("Membawa basis data ke bentuk terbaru."))(migrate)
    app.command(help=_("Memeriksa apa yang kurang untuk dipakai sungguhan."))(check)
    app.command(help=_("Bercakap-cakap di terminal."))(chat)


def run() -> None:
    """Everything on one machine; makes key, database and first operator when they are not there."""
    from bot.own_key import with_own_key
    from hotline.settings import load_settings

    env = {name: value for name, value in os.environ.items() if value.strip()}
    settings = with_own_key(load_settings({"TEDUH_SIMULATOR": "1", **env}))
    _begin(settings, listens=True)
    _migrate(settings)
    cli.migrated(settings).close()
    _serve(settings, web=True, worker=True, scheduler=True, listens=lambda database: _greet(settings, database))


def web() -> None:
    """The doors and the panel; any number of these."""
    _serve_part(web=True)


def worker() -> None:
    """Delivery, and the clock in whichever worker leads; any number of these."""
    _serve_part(worker=True, scheduler=True)


def scheduler() -> None:
    """The clock alone."""
    _serve_part(scheduler=True)


def migrate() -> None:
    """To the newest schema."""
    settings = cli.settings()
    cli.start_logs(settings)
    _migrate(settings)
    typer.echo(_("Basis data mutakhir."))


def check() -> None:
    """Everything that would fail in production, at once."""
    from bot.check import examine
    from bot.check.report import render

    found = asyncio.run(examine(os.environ))
    typer.echo(render(found, _))
    raise typer.Exit(1 if any(finding.failed for finding in found) else 0)


def chat(
    region: str = typer.Option("", help=_("Profil wilayah; bawaannya yang pertama di TEDUH_REGION.")),
    temporary: bool = typer.Option(False, "--temporary", help=_("Pakai basis data sementara yang hilang setelah selesai.")),
) -> None:
    """The same conversation as in the messengers."""
    from bot.commands.terminal import talk

    talk(cli.settings(), region=region, temporary=temporary, translate=_)


def _serve_part(*, web: bool = False, worker: bool = False, scheduler: bool = False) -> None:
    from hotline.settings import require_secret_key

    settings = require_secret_key(cli.settings())
    _begin(settings, listens=web)
    cli.migrated(settings).close()
    _serve(settings, web=web, worker=worker, scheduler=scheduler)


def _begin(settings: Settings, *, listens: bool) -> None:
    from bot.lean import load_structlog, share_heap
    from bot.web.door import check_free

    share_heap()
    load_structlog()
    cli.start_logs(settings)
    # The server gives SIGTERM on to whoever had it before; dying of it there would skip what must still be written down.
    signal.signal(signal.SIGTERM, _leave)
    if listens:
        check_free(settings.host, settings.port)


def _migrate(settings: Settings) -> None:
    from hotline.store.database import Database
    from hotline.store.schema import pending

    with contextlib.closing(Database(settings.database_url)) as database:
        if pending(database):
            from hotline.store.migrate import migrate

            migrate(database, _progress)


def _progress(done: int, steps: int) -> None:
    if not done:
        typer.echo(_("Basis data dibawa ke bentuk terbaru. Yang besar perlu beberapa menit; jangan dihentikan."))
    typer.echo(f"  {done}/{steps}")


def _serve(settings: Settings, *, web: bool, worker: bool, scheduler: bool, listens: Listens = lambda _: None) -> None:
    from bot.app import serve

    try:
        asyncio.run(serve(settings, web=web, worker=worker, scheduler=scheduler, listens=listens))
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _greet(settings: Settings, database: Database) -> None:
    from bot.app import first_operator

    first = first_operator(database, settings.regions[0])
    lines = ["", _("Teduh berjalan. Hentikan dengan Ctrl-C."), ""]
    rows = [(_("Panel"), f"{settings.local_url}/panel/")]
    if settings.simulator:
        rows.append((_("Simulator"), f"{settings.local_url}/simulator"))
    if first is not None:
        rows += [(_("Petugas pertama"), first.name), (_("Sandi sekali pakai"), first.password)]
    width = max(len(name) for name, value in rows)
    typer.echo("\n".join([*lines, *(f"  {name:<{width}}   {value}" for name, value in rows), ""]))
