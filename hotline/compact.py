"""JSON as it is stored: short, and with the letters people wrote."""

from __future__ import annotations

from typing import Any

import orjson


def dumps(value: object) -> str:
    """The text of it. Raises TypeError for what JSON does not know, and for half a surrogate pair (`hotline.messages.storable`)."""
    return orjson.dumps(value).decode()


def loads(text: str) -> Any:
    """What the text says. Raises ValueError."""
    return orjson.loads(text)
