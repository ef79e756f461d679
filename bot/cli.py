"""What every command needs: the settings, a voice, and the application the commands hang on. Heavy modules are imported by the commands."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import typer

from bot.speech import speech

if TYPE_CHECKING:
    from hotline.settings import Settings
    from hotline.store.database import Database

_ = speech()

app = typer.Typer(
    name="teduh",
    help=_("Teduh, layanan pengaduan lewat obrolan untuk kabupaten."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def settings() -> Settings:
    """The settings of the environment; raises SettingInvalid."""
    from hotline.settings import load_settings

    return load_settings(os.environ)


def start_logs(of: Settings) -> None:
    """From here on every record goes through the redaction, and new files are ours alone to read."""
    from bot.private import keep_private
    from hotline import logs

    keep_private()
    logs.configure(of)


class SchemaOutdated(Exception):
    """The database is not at this program's schema."""


def migrated(of: Settings) -> Database:
    """The database; raises SchemaOutdated, or SealError when the key (if there is one) does not open what is stored."""
    from hotline.seal import Seal
    from hotline.store.database import Database
    from hotline.store.readiness import require_key
    from hotline.store.schema import pending

    if not of.database_there:  # To look into it would make an empty one.
        raise SchemaOutdated(SchemaOutdated.__doc__)
    database = Database(of.database_url)
    try:
        if pending(database):
            raise SchemaOutdated(SchemaOutdated.__doc__)
        if of.secret_keys:
            require_key(database, Seal(of.secret_keys))
    except BaseException:
        database.close()
        raise
    return database
