"""The secret key that a first start makes for itself, so that one command is enough on a laptop. Production brings its own."""

from __future__ import annotations

import base64
import contextlib
import os
import secrets
from dataclasses import replace
from pathlib import Path

from hotline.environment import Wrong, secret_keys
from hotline.i18n import N_
from hotline.seal import KEY_BYTES
from hotline.settings import Problem, SettingInvalid, Settings

NAME = "secret.key"


def with_own_key(settings: Settings) -> Settings:
    """The settings with the key of the data directory where the environment brings none, made there if need be (readable by us only)."""
    if settings.secret_keys:
        return settings
    path = settings.data_dir / NAME
    if not path.exists():
        _make(path)
    return replace(settings, secret_keys=_read(path))


def with_kept_key(settings: Settings) -> Settings:
    """The same, but a key is never made."""
    return with_own_key(settings) if (settings.data_dir / NAME).exists() else settings


def _read(path: Path) -> tuple[bytes, ...]:
    try:
        return secret_keys(path.read_text(encoding="ascii").strip())
    except (Wrong, UnicodeDecodeError):
        problem = Problem(NAME, N_("di TEDUH_DATA_DIR rusak."), N_("Pulihkan dari cadangan; tanpa kunci itu data tidak dapat dibuka."))
        raise SettingInvalid((problem,)) from None


def _make(path: Path) -> None:
    """Written aside and linked into place: there is never half a key, and of two starts at once one wins."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except PermissionError:
        raise
    except OSError:
        problem = Problem("TEDUH_DATA_DIR", N_("tidak dapat dibuat."), N_("Tulis alamat lengkap, misalnya /var/lib/teduh."))
        raise SettingInvalid((problem,)) from None
    aside = path.with_name(f".{NAME}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(aside, path)
    finally:
        aside.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
