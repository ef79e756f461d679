"""The settings as production wants them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.check.report import Finding, Group
from bot.own_key import NAME
from hotline.i18n import N_
from hotline.settings import SECRETS, VARIABLES, Settings

_HERE = Group.SETTINGS
_KNOWN = {*VARIABLES, *(name + "_FILE" for name in SECRETS)}
_PREFIXES = ("TEDUH_", "TELEGRAM_", "TWILIO_")


def examine(settings: Settings) -> list[Finding]:
    """Key, public address, simulator."""
    return [_key(settings), _address(settings), _simulator(settings)]


def unknown(env: Mapping[str, str]) -> list[Finding]:
    """Variables that nobody reads, and what was probably meant."""
    found = []
    for name in sorted(n for n in env if n.startswith(_PREFIXES) and n not in _KNOWN):
        near = difflib.get_close_matches(name, _KNOWN, n=1)
        text = N_("{nama} tidak dikenal dan tidak dibaca.")
        cure = N_("Mungkin maksudnya {maksud}.") if near else N_("Hapus, atau periksa ejaannya.")
        found.append(Finding.needed(_HERE, text, cure, nama=name, maksud=near[0] if near else ""))
    return found


def _key(settings: Settings) -> Finding:
    if settings.secret_keys:
        return Finding.good(_HERE, N_("Kunci rahasia terisi ({jumlah})."), jumlah=str(len(settings.secret_keys)))
    if (settings.data_dir / NAME).exists():
        text = N_("TEDUH_SECRET_KEY belum diisi; hanya ada kunci percobaan buatan teduh run.")
        cure = N_("Isi TEDUH_SECRET_KEY atau TEDUH_SECRET_KEY_FILE, dan simpan salinannya terpisah dari cadangan data.")
        return Finding.bad(_HERE, text, cure)
    return Finding.bad(_HERE, N_("TEDUH_SECRET_KEY belum diisi."), N_("Buat dengan: openssl rand -base64 32, lalu simpan salinannya."))


def _address(settings: Settings) -> Finding:
    address = urlsplit(settings.public_url)
    local = address.hostname in ("127.0.0.1", "localhost", "::1")
    if address.scheme == "https" and not local:
        return Finding.good(_HERE, N_("Alamat publik memakai https."))
    text = N_("Alamat publik {alamat} tidak dapat dipakai Telegram atau Twilio.")
    return Finding.bad(_HERE, text, N_("Isi TEDUH_PUBLIC_URL dengan alamat https."), alamat=settings.public_url)


def _simulator(settings: Settings) -> Finding:
    if not settings.simulator:
        return Finding.good(_HERE, N_("Simulator mati."))
    return Finding.bad(_HERE, N_("Simulator menyala: siapa saja dapat mengisi antrean."), N_("Hapus TEDUH_SIMULATOR, atau isi 0."))
