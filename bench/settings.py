"""What the load, the servers and the checks must agree on."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = Path(os.environ.get("TEDUH_BENCH_DIR", ROOT / "var" / "bench"))
"""Databases, corpora, the bench's own environment and logs; may be deleted at any time."""
RESULTS = ROOT / "bench" / "results"
LOGS = WORK / "logs"

REGION = "kendal"
PUBLIC_URL = "https://teduh.example.org"
PATH = f"/webhooks/whatsapp/{REGION}"
ACCOUNT = "AC" + "0" * 32
AUTH_TOKEN = "0123456789abcdef0123456789abcdef"
OUR_ADDRESS = "whatsapp:+15550000000"
TELEGRAM_TOKEN = "1234567890:AAAA-bench-token-aaaaaaaaaaaaaaaaaaa"
TELEGRAM_SECRET = "bench-secret-0123456789"
SECRET_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

LANES = 64
CONTACTS = 10_000

_CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE = _CORES[0]
LOAD_CORE = _CORES[-1]


def public_webhook() -> str:
    """The address the provider signs."""
    return PUBLIC_URL + PATH


def say(text: str = "") -> None:
    """One line to the person who started the bench."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class PartMissing(Exception):
    """The bench needs a program that is not here."""


def need(program: str, package: str) -> str:
    """The path of a program; raises PartMissing with the Debian package that has it."""
    found = shutil.which(program)
    if found is None:
        raise PartMissing(f"The bench needs {program}: apt-get install {package}")
    return found
