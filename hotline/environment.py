"""Reading environment variables: each parser gives a checked value or says what is wrong and the cure, never quoting the value."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from hotline.i18n import N_
from hotline.push import PushKey, unwrapped
from hotline.seal import KEY_BYTES

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one variable. The texts are Indonesian, marked for the catalogues; the value is never part of them."""

    variable: str
    wrong: str
    cure: str


SECRETS = ("TEDUH_SECRET_KEY", "TEDUH_DATABASE_URL", "TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "TWILIO_AUTH_TOKEN", "TEDUH_PUSH_KEY")
"""Each may instead come from a file: NAME_FILE names it."""

_ON, _OFF = ("1", "true", "yes", "ya", "on"), ("0", "false", "no", "tidak", "off")

_DATABASE = N_("Tulis sqlite:///berkas atau postgresql://pengguna:sandi@tuan/nama.")
_OPTION = N_("berisi pilihan yang tidak dikenal basis datanya.")
_NO_OPTION = N_("Hapus atau perbaiki bagian sesudah tanda tanya.")


class Wrong(Exception):
    """A value is not acceptable: (what is wrong, the cure)."""


class Reader:
    """Reads variables and collects what is wrong instead of stopping at the first."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self.problems: list[Problem] = []

    def raw(self, name: str) -> str:
        """The text of a variable, or of the file that NAME_FILE names; empty when not set."""
        value = self._env.get(name, "").strip()
        file = self._env.get(name + "_FILE", "").strip() if name in SECRETS else ""
        if file and value:
            self.fault(name + "_FILE", N_("dan variabel tanpa _FILE terisi bersamaan."), N_("Kosongkan salah satu."))
        elif file:
            try:
                return Path(file).expanduser().read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError, RuntimeError):  # the last: ~nobody, who has no home
                self.fault(name + "_FILE", N_("berkas tidak dapat dibaca."), N_("Periksa nama berkas dan izin bacanya."))
        return value

    def fault(self, name: str, wrong: str, cure: str) -> None:
        """Note a problem and go on."""
        self.problems.append(Problem(name, wrong, cure))

    def __call__(self, name: str, parse: Callable[[str], T], default: T) -> T:
        """The checked value; `default` when it is not set, and also when it is wrong (the problem is noted)."""
        value = self.raw(name)
        if not value:
            return default
        try:
            return parse(value)
        except Wrong as error:
            self.fault(name, *error.args)
            return default


def folder(value: str) -> Path:
    """A folder that is there or may be made, perhaps under somebody's home."""
    cure = N_("Tulis alamat lengkap, misalnya /var/lib/teduh.")
    try:
        found = Path(value).expanduser()
    except RuntimeError:
        raise Wrong(N_("menunjuk folder milik pengguna yang tidak dikenal."), cure) from None
    there = next((path for path in (found, *found.absolute().parents) if path.exists()), found)
    if not there.is_dir():
        raise Wrong(N_("menunjuk berkas, bukan folder."), cure)
    return found


def regions(value: str) -> tuple[str, ...]:
    """Profile slugs, separated by commas."""
    slugs = tuple(dict.fromkeys(s.strip().lower() for s in value.split(",") if s.strip()))
    if not slugs or not all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", s) for s in slugs):
        raise Wrong(N_("bukan nama profil wilayah."), N_("Tulis misalnya kendal, atau beberapa dipisah koma: kendal,luwu-timur."))
    return slugs


def secret_keys(value: str) -> tuple[bytes, ...]:
    """32 bytes each, base64 (also the URL-safe form, with or without padding), separated by commas."""
    keys = []
    for part in value.split(","):
        part = part.strip().translate(str.maketrans("-_", "+/"))
        try:
            keys.append(base64.b64decode(part + "=" * (-len(part) % 4), validate=True))
        except ValueError:
            keys.append(b"")
    if any(len(key) != KEY_BYTES for key in keys):
        raise Wrong(N_("bukan kunci base64 sepanjang 32 bita."), N_("Buat dengan: openssl rand -base64 32 (yang baru paling depan)."))
    if len(set(keys)) != len(keys):
        raise Wrong(N_("berisi kunci yang sama dua kali."), N_("Tulis setiap kunci sekali saja, yang terbaru paling depan."))
    return tuple(keys)


def database(value: str) -> str:
    """An SQLAlchemy address; every spelling of PostgreSQL means the psycopg driver, and a file may lie under somebody's home."""
    scheme, colon, rest = value.partition("://")
    if colon and scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        return _postgresql(f"postgresql+psycopg://{rest}")
    if colon and scheme == "sqlite" and rest.startswith("/"):
        return _sqlite(f"sqlite:///{folder(rest[1:])}" if rest.startswith("/~") else value)
    raise Wrong(N_("bukan alamat basis data yang dikenal."), _DATABASE)


def _sqlite(value: str) -> str:
    url = make_url(value)
    if url.database in (None, "", ":memory:"):
        raise Wrong(N_("tidak menunjuk berkas; di memori semuanya hilang saat program berhenti."), _DATABASE)
    if url.query:
        raise Wrong(_OPTION, _NO_OPTION)
    return value


def _postgresql(value: str) -> str:
    from psycopg import ProgrammingError  # Only who has PostgreSQL needs its driver in memory.
    from psycopg.conninfo import make_conninfo

    try:
        url = make_url(value)
        _, options = url.get_dialect()().create_connect_args(url)
        make_conninfo(**options)
    except ProgrammingError:
        raise Wrong(_OPTION, _NO_OPTION) from None
    except (ValueError, ArgumentError):
        raise Wrong(N_("bukan alamat basis data yang dikenal."), _DATABASE) from None
    return value


def url(value: str) -> str:
    """An http(s) address without credentials or query, without a slash at the end."""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment or parts.username or re.search(r"\s", value):
        raise Wrong(N_("bukan alamat web."), N_("Tulis alamat tanpa tanda tanya atau sandi, misalnya https://teduh.kendalkab.go.id."))
    return value.rstrip("/")


def switch(value: str) -> bool:
    """1 or 0, and the words people write for them."""
    if value.lower() not in _ON + _OFF:
        raise Wrong(N_("bukan ya atau tidak."), N_("Tulis 1 atau 0."))
    return value.lower() in _ON


def port(value: str) -> int:
    """A TCP port."""
    if not value.isascii() or not value.isdigit() or len(value) > 5 or not 1 <= int(value) <= 65535:
        raise Wrong(N_("bukan nomor porta."), N_("Tulis bilangan 1 sampai 65535."))
    return int(value)


def rate(value: str) -> float:
    """Messages a second."""
    try:
        rate = float(value)
    except ValueError:
        rate = 0.0
    if not 0 < rate <= 10_000:
        raise Wrong(N_("bukan jumlah pesan per detik."), N_("Tulis bilangan lebih dari 0, misalnya 10."))
    return rate


def proxies(value: str) -> str:
    """IP addresses and networks, separated by commas. Never everybody: whoever is believed can name any address as their own."""
    parts = [part.strip() for part in value.split(",") if part.strip()]
    try:
        networks = [ip_network(part) for part in parts]
    except ValueError:
        networks = []
    if not networks or any(network.prefixlen == 0 for network in networks):
        raise Wrong(
            N_("bukan alamat perantara."), N_("Tulis alamat IP proksi Anda, misalnya 127.0.0.1 atau 10.0.0.0/24; jangan semua alamat.")
        )
    return ",".join(parts)


def language(value: str) -> str:
    """A language that the command line speaks."""
    if value not in ("id", "en"):
        raise Wrong(N_("bukan bahasa yang dikenal."), N_("Tulis id atau en."))
    return value


def log(value: str) -> str:
    """json or console."""
    if value not in ("json", "console"):
        raise Wrong(N_("bukan bentuk log yang dikenal."), N_("Tulis json atau console."))
    return value


def like(pattern: str, wrong: str, cure: str) -> Callable[[str], str]:
    """A parser that takes exactly what matches `pattern`."""

    def parse(value: str) -> str:
        if not re.fullmatch(pattern, value, re.ASCII):
            raise Wrong(wrong, cure)
        return value

    return parse


telegram_token = like(r"\d+:[\w-]+", N_("bukan token bot Telegram."), N_("Salin token dari @BotFather, bentuknya 123456789:AAE..."))
telegram_secret = like(r"[\w-]{1,256}", N_("berisi tanda yang tidak diterima Telegram."), N_("Pakai 1 sampai 256 huruf, angka, _ atau -."))
telegram_username = like(
    r"[A-Za-z][A-Za-z0-9_]{3,31}", N_("bukan nama bot Telegram."), N_("Tulis nama bot tanpa @, misalnya teduh_kendal_bot.")
)
account_sid = like(r"AC[0-9a-fA-F]{32}", N_("bukan Account SID Twilio."), N_("Salin dari konsol Twilio: AC dan 32 angka heksadesimal."))
clamd = like(
    r"/[^\s]+|(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):\d{1,5}",
    N_("bukan alamat pemindai virus."),
    N_("Tulis host:porta, misalnya 127.0.0.1:3310, atau jalur soket clamd."),
)


def senders(value: str) -> tuple[tuple[str, str], ...]:
    """Our numbers by region: `kendal=whatsapp:+62..., luwu-timur=whatsapp:+62...`, or one number alone, which is the first region's."""
    found = [part.strip().rpartition("=") for part in value.split(",") if part.strip()]
    pairs = tuple((region.strip(), sender(number.strip())) for region, _, number in found)
    if len(pairs) > 1 and ("" in dict(pairs) or len({n for _, n in pairs}) < len(pairs) or len(dict(pairs)) < len(pairs)):
        wrong = N_("menyebut nomor atau wilayah dua kali, atau nomor tanpa wilayah.")
        raise Wrong(wrong, N_("Tulis wilayah=whatsapp:+62..., dipisah koma."))
    return pairs


content_sid = like(
    r"HX[0-9a-fA-F]{32}", N_("bukan Content SID Twilio."), N_("Salin dari Content Template Builder: HX dan 32 angka heksadesimal.")
)


def push_key(value: str) -> bytes:
    """A P-256 private key of 32 bytes, base64: what `teduh channels push` prints."""
    try:
        secret = unwrapped(value)
        PushKey(secret)
    except ValueError:
        raise Wrong(N_("bukan kunci notifikasi peramban."), N_("Buat dengan: teduh channels push.")) from None
    return secret


def content_choices(value: str) -> tuple[tuple[int, str], ...]:
    """Content SIDs by number of choices: 1=HX... 2=HX..., as `teduh channels content` prints them."""
    found = [re.fullmatch(r"(10|[1-9])=(HX[0-9a-fA-F]{32})", word, re.ASCII) for word in value.replace(",", " ").split()]
    if not all(found):
        raise Wrong(N_("tidak terbaca sebagai jumlah=HX..."), N_("Jalankan teduh channels content dan salin baris yang ditampilkan."))
    return tuple((int(one[1]), one[2]) for one in found if one)


sender = like(
    r"whatsapp:\+\d{6,15}", N_("bukan pengirim WhatsApp."), N_("Tulis whatsapp: lalu nomor internasional, misalnya whatsapp:+62...")
)
