"""A message as Telegram shows it: its text in pieces, its choices as buttons under the last one."""

from __future__ import annotations

from bot.split import pieces
from hotline.messages import CHANNELS, TELEGRAM, Option, Outgoing, numbered

Rows = tuple[tuple[Option, ...], ...]
_CHANNEL = CHANNELS[TELEGRAM]
_THREE_A_ROW, _TWO_A_ROW = 10, 16
"""Characters that a label may have to share a row on a narrow phone."""


def rendered(message: Outgoing) -> tuple[list[str], Rows]:
    """The texts to send in order, and the rows of buttons under the last; choices whose token is too long for one become numbered lines."""
    if any(not 0 < len(o.token.encode()) <= _CHANNEL.token_bytes for o in message.options):
        return pieces(numbered(message), _CHANNEL.text_limit), ()
    return pieces(message.text, _CHANNEL.text_limit), _rows(message.options)


def _rows(options: tuple[Option, ...]) -> Rows:
    longest = max((len(o.label) for o in options), default=0)
    width = 3 if longest <= _THREE_A_ROW else 2 if longest <= _TWO_A_ROW else 1
    buttons = tuple(Option(o.token, _label(o.label)) for o in options)
    return tuple(buttons[i : i + width] for i in range(0, len(buttons), width))


def _label(label: str) -> str:
    return label if len(label) <= _CHANNEL.label_limit else label[: _CHANNEL.label_limit - 1] + "…"
