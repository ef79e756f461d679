"""What a server leaves out of its memory, and that whoever needs it still gets it."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from bot.lean import LeftOut, take_large_pages
from tests.support.source import ROOT

LARGE_PAGES = Path("/sys/kernel/mm/transparent_hugepage/enabled")
LINUX = tuple(int(part) for part in platform.release().split(".")[:2] if part.isdigit())


def printed(code: str, **environment: str) -> str:
    """What a Python of its own prints."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=True).stdout


def test_servers_load_no_painter_of_tracebacks() -> None:
    code = "from bot.lean import load_structlog; load_structlog(); import bot.app, sys; print('rich' in sys.modules); import rich"
    assert printed(code).strip() == "False"


def test_a_server_on_sqlite_loads_nothing_of_postgresql(tmp_path: Path) -> None:
    code = (
        "import sys, bot.app; from bot.processes import beside, later, schedule, watch; from hotline.store.database import Database;"
        f"database = Database('sqlite:///{tmp_path}/teduh.db'); database.write().__enter__();"
        "print([name for name in sys.modules if 'postgresql' in name or 'psycopg' in name])"
    )
    assert printed(code).strip() == "[]"


def test_a_server_that_sends_on_whatsapp_loads_no_requests() -> None:
    code = (
        "import sys; from bot.whatsapp import TwilioSender; print('requests' in sys.modules, 'urllib3' in sys.modules);"
        "import requests, twilio.rest; print(requests.get.__module__)\n"
        "try: twilio.rest.Client('AC', 'token')\n"
        "except RuntimeError as error: print(error)"
    )
    assert printed(code).splitlines() == ["False False", "requests.api", LeftOut.__doc__]


def test_what_loading_used_is_given_back() -> None:
    code = (
        "import gc, re; from bot.lean import give_back, share_heap; share_heap()\n"
        "resident = lambda: int(re.search(r'VmRSS:\\s+(\\d+)', open('/proc/self/status').read())[1])\n"
        "used = [bytes(4000) for _ in range(10_000)]; kept = used[::1000]; del used; gc.collect()\n"
        "before = resident(); give_back(); print(before - resident())"
    )
    given_back = int(printed(code))
    assert platform.libc_ver()[0] != "glibc" or given_back > 30_000


def test_a_server_takes_large_pages_unless_they_are_switched_off() -> None:
    if not LARGE_PAGES.exists():
        assert take_large_pages() == 0
        return
    code = (
        "import bot.app, re; from bot.lean import take_large_pages; kept = [str(n) for n in range(100_000)];"
        "taken = take_large_pages(); assert kept == [str(n) for n in range(100_000)];"
        "print(taken, 1024 * int(re.search(r'AnonHugePages: +([0-9]+)', open('/proc/self/smaps_rollup').read())[1]))"
    )
    taken, huge = map(int, printed(code).split())
    assert taken <= huge
    assert LINUX < (6, 1) or (taken > 8 << 20) != ("[never]" in LARGE_PAGES.read_text())


@pytest.mark.parametrize("wanted", ["from requests import Nothing", "import requests; requests.exceptions.Timeout"])
def test_a_twilio_that_wants_more_is_given_the_whole(wanted: str, tmp_path: Path) -> None:
    package = tmp_path / "twilio"
    (package / "http").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "http" / "__init__.py").write_text("from requests import Response\n")
    (package / "rest.py").write_text(f"import sys, twilio.http\nif not hasattr(sys.modules['requests'], '__version__'):\n    {wanted}\n")
    code = "from bot.lean import load_twilio; load_twilio(); import twilio.rest, twilio.http; print(twilio.http.Response.__module__)"
    assert printed(code, PYTHONPATH=os.pathsep.join([str(tmp_path), str(ROOT)])).strip() == "requests.models"
