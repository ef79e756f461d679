"""Pages: one template environment for each language, the filters that templates use, and what every page needs to know."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from gettext import NullTranslations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from hotline.case import Level
from hotline.i18n import SOURCE, NoSuchLanguage, translations
from hotline.triage import detail, explain
from hotline.triage.answers import UNREACHED
from panel import words
from panel.context import Asked, panel_of
from panel.frame.codes import qr
from panel.frame.counts import numbers

HERE = Path(__file__).parents[1]
STATIC = HERE / "static"
LANGUAGE_COOKIE = "teduh_bahasa"
_ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


class Pages:
    """Renders templates in the operator's language."""

    def __init__(self) -> None:
        digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:10] for path in STATIC.iterdir() if path.is_file()}
        self._environments = {code: _environment(code, digests) for code in words.LANGUAGES}

    def html(self, language: str, template: str, **values: object) -> str:
        """The page as text."""
        environment = self._environments.get(language) or self._environments[SOURCE]
        return environment.get_template(template).render(**values)

    def text(self, language: str, source: str) -> str:
        """One text."""
        environment = self._environments.get(language) or self._environments[SOURCE]
        return str(environment.call_filter("t", source))


def _environment(language: str, digests: Mapping[str, str]) -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    try:
        found = translations(language)
    except NoSuchLanguage:
        found = NullTranslations()
    made.install_gettext_translations(found, newstyle=True)  # type: ignore[attr-defined]
    made.globals |= {"words": words, "language": language, "Level": Level, "digests": digests, "qr": qr}
    made.filters |= {
        "code": spaced,
        "moment": _moment(language),
        "moment_of": _moment_of(language),
        "clock": _clock,
        "tenths": _tenths(language),
        "weekday": _weekday(language),
        "month": _month(language),
        "zone": _zone,
        "iso": datetime.isoformat,
        # The empty text is a catalogue's own header.
        "t": lambda text: found.gettext(text) if text else "",
        "explained": Reason.of,
    }
    return made


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a level: its text to translate, the danger word it is about, and whether it is a question not asked yet."""

    text: str
    word: str
    is_open: bool

    @classmethod
    def of(cls, reason: str) -> Reason:
        """From a code such as R3=serumah."""
        return cls(explain(reason), detail(reason), reason.endswith(f"={UNREACHED}"))


def spaced(code: str) -> str:
    """482177359 as 482 177 359."""
    return " ".join(code[i : i + 3] for i in range(0, len(code), 3))


def _moment(language: str) -> Callable[[datetime, ZoneInfo], str]:
    def moment(at: datetime, zone: ZoneInfo) -> str:
        return format_datetime(at.astimezone(zone), "d MMM yyyy HH.mm" if language == SOURCE else "d MMM yyyy HH:mm", locale=language)

    return moment


def _moment_of(language: str) -> Callable[..., str]:
    """Of a moment that an event's body keeps as ISO text: day and hour, or the day alone."""
    moment = _moment(language)

    def moment_of(written: str, zone: ZoneInfo, *, day: bool = False) -> str:
        at = datetime.fromisoformat(written)
        return format_date(at.astimezone(zone), "d MMM yyyy", locale=language) if day else moment(at, zone)

    return moment_of


def _weekday(language: str) -> Callable[[date], str]:
    return lambda day: format_date(day, "EEE d MMM", locale=language)


def _month(language: str) -> Callable[[datetime], str]:
    return lambda at: format_date(at, "MMMM yyyy", locale=language)


def _tenths(language: str) -> Callable[[float], str]:
    """One digit behind the comma, or the point where English is read."""
    return lambda value: f"{value:.1f}" if language == "en" else f"{value:.1f}".replace(".", ",")


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%H.%M}"


def _zone(zone: ZoneInfo) -> str:
    return _ZONES.get(zone.key, zone.key)


def parts(length: timedelta) -> tuple[int, str]:
    """A length of time in its largest whole unit: (12, "m"), (3, "h"), (2, "d")."""
    seconds = abs(int(length.total_seconds()))
    if seconds < _HOUR:
        return seconds // _MINUTE, "m"
    return (seconds // _HOUR, "h") if seconds < 2 * _DAY else (seconds // _DAY, "d")


def language_of(request: Request) -> str:
    """The operator's language; before signing in that of the cookie."""
    ask: Asked | None = getattr(request.state, "asked", None)
    wanted = ask.who.language if ask else request.query_params.get("bahasa") or request.cookies.get(LANGUAGE_COOKIE, SOURCE)
    return wanted if wanted in words.LANGUAGES else SOURCE


def _address(request: Request) -> str:
    """Of the page that is shown, to come back to; none for the answer to a form."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "") if request.method == "GET" else ""


def page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page with all that its frame shows: who is signed in, how many emergencies wait, how many messages failed."""
    panel, language = panel_of(request), language_of(request)
    ask: Asked | None = getattr(request.state, "asked", None)
    frame: dict[str, Any] = {"root": request.scope.get("root_path", ""), "who": None, "csrf": "", "counts": None}
    frame |= {"dead": 0, "late": 0, "parts": parts}
    if ask is not None:
        frame |= {
            "who": ask.who,
            "csrf": ask.session.csrf,
            "now": ask.now,
            "zone": panel.zone(ask.who),
            "profile": panel.desk(ask.who).profile,
            "kinds": panel.kinds(ask.who),
            "must_change": ask.session.must_change,
            "address": _address(request),
        }
        if not (ask.session.must_change or values.get("bare")):
            frame |= numbers(ask)
    return HTMLResponse(panel.pages.html(language, template, **(frame | values)), status_code=status)
