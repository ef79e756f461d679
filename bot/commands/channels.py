"""`teduh channels`: what has to be made once at a provider."""

from __future__ import annotations

import asyncio

import typer

from bot import cli
from bot.speech import speech

_ = speech()


def add_channel_commands(app: typer.Typer) -> None:
    """Hang them on the application."""
    channels = typer.Typer(help=_("Menyiapkan saluran di pihak penyedia."), no_args_is_help=True)
    # A command of its own, so that more can stand beside it.
    channels.callback()(_nothing)
    channels.command("content", help=_("Membuat templat tombol dan daftar WhatsApp di Twilio, lalu menampilkan pengaturannya."))(content)
    channels.command("push", help=_("Membuat kunci notifikasi peramban (Web Push) dan menampilkan pengaturannya."))(push_key)
    app.add_typer(channels, name="channels")


def _nothing() -> None:
    """Before each of them: nothing."""


def push_key() -> None:
    """Prints a new key for the environment; nothing is stored."""
    from hotline.push import PushKey

    secret, key = PushKey.made()
    typer.echo(_("Tambahkan pada pengaturan web dan worker, simpan salinannya, lalu mulai ulang."))
    typer.echo(_("Kunci baru berarti setiap peramban petugas harus dinyalakan lagi."))
    typer.echo(f"TEDUH_PUSH_KEY={secret}")
    typer.echo(_("Bagian umumnya (bukan rahasia): {kunci}").format(kunci=key.public))


def content() -> None:
    """Makes what is missing and prints the line for the environment; may be run again at any time."""
    settings = cli.settings()
    if not settings.whatsapp:
        typer.echo(_("WhatsApp belum disiapkan: isi TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN dan TWILIO_WHATSAPP_FROM."), err=True)
        raise typer.Exit(2)
    from bot.whatsapp import templates

    try:
        made = asyncio.run(templates.make(settings))
    except templates.ContentRefused as refused:
        typer.echo(_("Templat belum dapat dibuat: {sebab}").format(sebab=refused), err=True)
        raise typer.Exit(1) from None
    typer.echo(_("Templat tombol dan daftar siap. Tambahkan pada pengaturan, lalu mulai ulang worker:"))
    typer.echo("TWILIO_CONTENT_CHOICES=" + ",".join(f"{count}={sid}" for count, sid in sorted(made.items())))
