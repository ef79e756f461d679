"""A message as Telegram shows it: its text in pieces, its choices as buttons under the last one."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.split import pieces
from hotline.messages import CHANNELS, TELEGRAM, Option, Outgoing, numbered

_CHANNEL = CHANNELS[TELEGRAM]
_THREE_A_ROW, _TWO_A_ROW = 10, 16
"""Characters that a label may have to share a row on a narrow phone."""


def rendered(message: Outgoing) -> tuple[list[str], InlineKeyboardMarkup | None]:
    """The texts to send in order, and the keyboard of the last. Choices whose token is too long for a button become numbered lines."""
    if any(not 0 < len(o.token.encode()) <= _CHANNEL.token_bytes for o in message.options):
        return pieces(numbered(message), _CHANNEL.text_limit), None
    return pieces(message.text, _CHANNEL.text_limit), _keyboard(message.options)


def _keyboard(options: tuple[Option, ...]) -> InlineKeyboardMarkup | None:
    if not options:
        return None
    longest = max(len(o.label) for o in options)
    width = 3 if longest <= _THREE_A_ROW else 2 if longest <= _TWO_A_ROW else 1
    buttons = [InlineKeyboardButton(_label(o.label), callback_data=o.token) for o in options]
    return InlineKeyboardMarkup([buttons[i : i + width] for i in range(0, len(buttons), width)])


def _label(label: str) -> str:
    return label if len(label) <= _CHANNEL.label_limit else label[: _CHANNEL.label_limit - 1] + "…"
