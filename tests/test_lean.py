"""What a server leaves out of its memory, and that whoever needs it still gets it."""

from __future__ import annotations

import subprocess
import sys

from bot.lean import LeftOut


def test_servers_load_no_painter_of_tracebacks() -> None:
    code = "from bot.lean import load_structlog; load_structlog(); import bot.app, sys; print('rich' in sys.modules); import rich"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_server_that_sends_on_whatsapp_loads_no_requests() -> None:
    code = (
        "import sys; from bot.whatsapp import TwilioSender; print('requests' in sys.modules, 'urllib3' in sys.modules);"
        "import requests, twilio.rest; print(requests.get.__module__)\n"
        "try: twilio.rest.Client('AC', 'token')\n"
        "except RuntimeError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["False False", "requests.api", LeftOut.__doc__]
