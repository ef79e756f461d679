"""Logs: one line for each event, JSON or readable, ours and the libraries' through the same redaction."""

from __future__ import annotations

import base64
import logging
import re
import sys
import threading
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, TextIO

import structlog
from sqlalchemy import make_url
from structlog.typing import EventDict, Processor

from hotline.redaction import Redaction, told
from hotline.settings import Settings

_QUIET = ("httpx", "httpcore", "aiohttp", "sqlalchemy", "telegram", "twilio", "apscheduler", "asyncio", "uvicorn.access", "alembic")
_PLAIN = ("uvicorn", "alembic", "apscheduler")
"""Libraries whose sentences are known to carry nothing that a person wrote."""
_WARNING = re.compile(r"(?P<where>[^\n]*?:\d+): (?P<category>\w+): ")


class _Handler(logging.StreamHandler[TextIO]):
    """Writes to a stream; a record that cannot be written is dropped instead of being printed raw, as logging does by default."""

    def handleError(self, record: logging.LogRecord) -> None:
        return


def configure(settings: Settings, stream: TextIO | None = None) -> None:
    """Send every log record of this process to `stream` (default: standard error). May be called again."""
    out = stream or sys.stderr
    readable = settings.log_format == "console" or (not settings.log_format and out.isatty())
    json: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    form = structlog.dev.ConsoleRenderer(colors=out.isatty()) if readable else json
    clean = _Clean(Redaction(secrets_of(settings)))
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
    common: list[Processor] = [structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            *common,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = _Handler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_foreign, *common],
            use_get_message=False,
            pass_foreign_args=True,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _error, clean, stamp, form],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    threading.excepthook = _thread_failed


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """Every secret text among the settings, in the forms in which it may turn up."""
    keys = [base64.b64encode(key).decode().rstrip("=") for key in settings.secret_keys]
    password = make_url(settings.database_url).password or ""
    telegram = (settings.telegram_token, settings.telegram_webhook_secret)
    return tuple(t for t in (*keys, password, *telegram, settings.twilio_auth_token, *settings.senders.values()) if t)


def _foreign(_: Any, __: str, event: EventDict) -> EventDict:
    """A library's record, without the values filled into its template, which may be anything."""
    record: logging.LogRecord = event["_record"]
    values = event.pop("positional_args", ())
    event.pop("stack_info", None)
    event["where"] = f"{record.filename}:{record.lineno}"
    if not isinstance(record.msg, str):
        event["event"] = type(record.msg).__name__
    elif record.name == "py.warnings":
        found = _WARNING.match(_filled(record.msg, values))
        event["event"] = found["category"] if found else "Warning"
        event["where"] = "/".join(Path(found["where"]).parts[-2:]) if found else ""
    elif record.name.split(".")[0] in _PLAIN:
        event["event"] = _filled(record.msg, values).split("\n", 1)[0]
    elif record.name == "asyncio":
        event["event"] = re.split(r"[\n(<]", record.msg, maxsplit=1)[0].strip()  # what follows is a repr with its arguments
    else:
        event["event"] = record.msg.split("\n", 1)[0] if values else "library message withheld"
    return event


def _filled(template: str, values: Any) -> str:
    try:
        return template % values if values else template
    except (TypeError, ValueError, KeyError):
        return template


def _error(_: Any, __: str, event: EventDict) -> EventDict:
    """In place of a traceback: the error's types and places."""
    cause = event.pop("exc_info", None)
    if cause is True:
        cause = sys.exc_info()
    if isinstance(cause, tuple):
        cause = cause[1]
    if isinstance(cause, BaseException):
        event.update({k: v for k, v in told(cause).items() if k not in event or k == "at"})
    return event


class _Clean:
    """The redaction as a step of the log's chain; the level is ours and stays."""

    def __init__(self, redact: Redaction) -> None:
        self._redact = redact

    def __call__(self, _: Any, __: str, event: MutableMapping[str, Any]) -> EventDict:
        return {self._redact.text(str(key)): value if key == "level" else self._redact(value) for key, value in event.items()}


def _thread_failed(args: threading.ExceptHookArgs) -> None:
    structlog.get_logger(__name__).error("thread failed", exc_info=args.exc_value)
