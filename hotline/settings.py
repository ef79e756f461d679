"""Settings: a frozen value read once from the environment; every problem is told at once, and no secret is ever shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hotline import environment
from hotline.environment import SECRETS, Problem, Reader
from hotline.i18n import N_
from hotline.messages import CHANNELS, TELEGRAM, WHATSAPP

__all__ = ["SECRETS", "VARIABLES", "Problem", "SettingInvalid", "Settings", "load_settings", "require_secret_key"]


class SettingInvalid(Exception):
    """The settings are not usable: `problems` names each variable, what is wrong with it and the cure."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(self.text())

    def text(self, translate: Callable[[str], str] = str) -> str:
        """One line for each problem, in the language of `translate`."""
        return "\n".join(f"{p.variable}: {translate(p.wrong)} {translate(p.cure)}" for p in self.problems)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the environment says, checked. Empty text (or an empty tuple) means: not set."""

    regions: tuple[str, ...] = ("kendal",)
    database_url: str = field(repr=False)
    data_dir: Path
    secret_keys: tuple[bytes, ...] = field(default=(), repr=False)
    """32 bytes each, the newest first; values sealed with an older one still open."""
    public_url: str = "http://127.0.0.1:8000"
    """How the world reaches us, without a slash at the end; Twilio signs over it."""
    simulator: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    trusted_proxies: str = "127.0.0.1"
    """Whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses or networks, separated by commas."""
    push_key: bytes = field(default=b"", repr=False)
    """Our key to the push services of browsers; empty: browsers are not called."""
    clamd: str = ""
    """Where the malware scanner listens: host:port or the path of its socket; empty: files are kept unscanned."""
    log_format: str = ""
    """json, console, or empty: console on a terminal, else json."""
    telegram_token: str = field(default="", repr=False)
    telegram_api_base_url: str = "https://api.telegram.org"
    telegram_webhook_secret: str = field(default="", repr=False)
    """Set: Telegram calls our webhook with it. Empty: we poll."""
    telegram_username: str = ""
    """The bot's own name, without @: the panel's link for officers opens its chat."""
    telegram_rate: float = CHANNELS[TELEGRAM].per_second
    """Messages a second."""
    twilio_account_sid: str = ""
    twilio_auth_token: str = field(default="", repr=False)
    twilio_whatsapp_from: str = field(default="", repr=False)
    """whatsapp:+62..., our own sender; of several regions the first one's."""
    twilio_senders: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """(region, sender) where each region has a number of its own."""
    twilio_api_base_url: str = "https://api.twilio.com"
    twilio_content_sid: str = ""
    """The approved template for a push after the 24-hour window."""
    twilio_content_choices: tuple[tuple[int, str], ...] = ()
    """Content SIDs of buttons and lists by number of choices; without one choices are numbered lines."""
    twilio_alert_content_sid: str = ""
    """The approved template that rings an officer after the 24-hour window."""
    whatsapp_rate: float = CHANNELS[WHATSAPP].per_second
    """Messages a second."""

    @property
    def local_url(self) -> str:
        """Where a browser on this machine finds us."""
        return f"http://{_reachable(self.host)}:{self.port}"

    @property
    def database_there(self) -> bool:
        """False when the database is a file that nobody has made yet."""
        _, is_file, path = self.database_url.partition("sqlite:///")
        return not is_file or Path(path).is_file()

    @property
    def senders(self) -> dict[str, str]:
        """Our WhatsApp numbers by the region they belong to; a single number is the first region's."""
        return dict(self.twilio_senders) or ({self.regions[0]: self.twilio_whatsapp_from} if self.twilio_whatsapp_from else {})

    @property
    def telegram(self) -> bool:
        """Whether the Telegram channel is set up."""
        return bool(self.telegram_token)

    @property
    def whatsapp(self) -> bool:
        """Whether the WhatsApp channel is set up."""
        return bool(self.twilio_account_sid)


VARIABLES = (
    "TEDUH_REGION",
    "TEDUH_DATABASE_URL",
    "TEDUH_DATA_DIR",
    "TEDUH_SECRET_KEY",
    "TEDUH_PUBLIC_URL",
    "TEDUH_SIMULATOR",
    "TEDUH_HOST",
    "TEDUH_PORT",
    "TEDUH_TRUSTED_PROXIES",
    "TEDUH_PUSH_KEY",
    "TEDUH_CLAMD",
    "TEDUH_LOG",
    "TEDUH_LANGUAGE",
    "TEDUH_RATE_TELEGRAM",
    "TEDUH_RATE_WHATSAPP",
    "TELEGRAM_BOT_TOKEN",
    "TELEGRAM_BOT_USERNAME",
    "TELEGRAM_API_BASE_URL",
    "TELEGRAM_WEBHOOK_SECRET",
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
    "TWILIO_WHATSAPP_FROM",
    "TWILIO_API_BASE_URL",
    "TWILIO_CONTENT_SID",
    "TWILIO_CONTENT_CHOICES",
    "TWILIO_ALERT_CONTENT_SID",
)
"""Every variable read; TEDUH_LANGUAGE is only looked at here, and followed by the command line."""

_TWILIO = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_WHATSAPP_FROM")


def load_settings(env: Mapping[str, str]) -> Settings:
    """The settings in `env` (usually os.environ); raises SettingInvalid with every problem found. A missing secret key is no problem here,
    see `require_secret_key`."""
    read = Reader(env)
    data_dir = read("TEDUH_DATA_DIR", environment.folder, Path("var")).absolute()
    host, port = read("TEDUH_HOST", str, "127.0.0.1"), read("TEDUH_PORT", environment.port, 8000)
    senders: tuple[tuple[str, str], ...] = read("TWILIO_WHATSAPP_FROM", environment.senders, ())
    settings = Settings(
        regions=read("TEDUH_REGION", environment.regions, ("kendal",)),
        database_url=read("TEDUH_DATABASE_URL", environment.database, f"sqlite:///{data_dir / 'teduh.db'}"),
        data_dir=data_dir,
        secret_keys=read("TEDUH_SECRET_KEY", environment.secret_keys, ()),
        public_url=read("TEDUH_PUBLIC_URL", environment.url, f"http://{_reachable(host)}:{port}"),
        simulator=read("TEDUH_SIMULATOR", environment.switch, False),
        host=host,
        port=port,
        trusted_proxies=read("TEDUH_TRUSTED_PROXIES", environment.proxies, Settings.trusted_proxies),
        push_key=read("TEDUH_PUSH_KEY", environment.push_key, b""),
        clamd=read("TEDUH_CLAMD", environment.clamd, ""),
        log_format=read("TEDUH_LOG", environment.log, ""),
        telegram_token=read("TELEGRAM_BOT_TOKEN", environment.telegram_token, ""),
        telegram_api_base_url=read("TELEGRAM_API_BASE_URL", environment.url, Settings.telegram_api_base_url),
        telegram_webhook_secret=read("TELEGRAM_WEBHOOK_SECRET", environment.telegram_secret, ""),
        telegram_username=read("TELEGRAM_BOT_USERNAME", environment.telegram_username, ""),
        telegram_rate=read("TEDUH_RATE_TELEGRAM", environment.rate, Settings.telegram_rate),
        twilio_account_sid=read("TWILIO_ACCOUNT_SID", environment.account_sid, ""),
        twilio_auth_token=read("TWILIO_AUTH_TOKEN", str, ""),
        twilio_whatsapp_from=senders[0][1] if senders else "",
        twilio_senders=tuple((region, number) for region, number in senders if region),
        twilio_api_base_url=read("TWILIO_API_BASE_URL", environment.url, Settings.twilio_api_base_url),
        twilio_content_sid=read("TWILIO_CONTENT_SID", environment.content_sid, ""),
        twilio_content_choices=read("TWILIO_CONTENT_CHOICES", environment.content_choices, ()),
        twilio_alert_content_sid=read("TWILIO_ALERT_CONTENT_SID", environment.content_sid, ""),
        whatsapp_rate=read("TEDUH_RATE_WHATSAPP", environment.rate, Settings.whatsapp_rate),
    )
    _check(read, settings)
    if read.problems:
        raise SettingInvalid(tuple(dict.fromkeys(read.problems)))
    return settings


def _reachable(host: str) -> str:
    """Where this machine's own browser finds a server that listens on `host`."""
    if host in ("0.0.0.0", "::", ""):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _check(read: Reader, settings: Settings) -> None:
    """What is no part of the settings, or concerns several of them."""
    read("TEDUH_LANGUAGE", environment.language, "")
    _check_twilio_is_whole(read)
    _check_numbers(read, settings)


def _check_numbers(read: Reader, settings: Settings) -> None:
    if not dict(settings.twilio_senders).keys() <= set(settings.regions):
        wrong = N_("menyebut wilayah yang tidak ada di TEDUH_REGION.")
        read.fault("TWILIO_WHATSAPP_FROM", wrong, N_("Pakai nama wilayah yang sama di keduanya."))


def _check_twilio_is_whole(read: Reader) -> None:
    given = [name for name in _TWILIO if read.raw(name)]
    for name in _TWILIO:
        if given and name not in given:
            read.fault(
                name,
                N_("kosong, padahal bagian Twilio yang lain terisi."),
                N_("Isi ketiganya: akun, token dan pengirim, atau kosongkan semua."),
            )


def require_secret_key(settings: Settings) -> Settings:
    """The same settings; raises SettingInvalid when no secret key is set. There is no default: whoever loses it cannot read the data."""
    if not settings.secret_keys:
        raise SettingInvalid(
            (
                Problem(
                    "TEDUH_SECRET_KEY",
                    N_("belum diisi; tanpa kunci, data tidak dapat disegel."),
                    N_("Buat dengan: openssl rand -base64 32, lalu simpan salinannya di tempat aman."),
                ),
            )
        )
    return settings
