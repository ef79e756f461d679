"""JSON as it is stored: short, and with the letters people wrote."""

from __future__ import annotations

import json
from collections.abc import Callable

# One encoder for all: `json.dumps` with arguments of its own makes a new one at each call, half of its time.
dumps: Callable[[object], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
loads = json.loads
