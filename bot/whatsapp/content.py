"""What one message becomes at Twilio: the fields of Messages.create, for the open window and for after it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from bot.split import length, pieces
from hotline.deliver import Failure, NotSent
from hotline.messages import CHANNELS, WHATSAPP, Outgoing, numbered

_LIMIT = CHANNELS[WHATSAPP].text_limit
MOST_BUTTONS, MOST_ITEMS = 3, 10
_BODY, _BUTTON_LABEL, _ITEM_LABEL, _TOKEN = 1024, 20, 24, 200
"""Twilio's twilio/quick-reply (three buttons need no approval inside the window) and twilio/list-picker (ten items, in the window only)."""
_CODE = re.compile(r"\b\d{3} \d{3} \d{3}\b")
_NO_CODE = "Anda"
"""Reads as "for your code" in the template's words; a variable must not be empty (63013)."""
_UNKNOWN = "-"

Fields = Mapping[str, str]


def inside(message: Outgoing, choices: Mapping[int, str]) -> list[Fields]:
    """Buttons or a list where a content template for that many choices is configured and all of it fits, else `as_text`.

    Such a template takes the text as variable 1 and label and token of each choice as 2 and 3, 4 and 5 and so on (`templates`).
    """
    sid = choices.get(len(message.options), "")
    if sid and _fits(message):
        values = [message.text, *(part for o in message.options for part in (o.label, o.token))]
        return [_template(sid, {str(i): v for i, v in enumerate(values, 1)})]
    return as_text(message)


def as_text(message: Outgoing) -> list[Fields]:
    """Free text in pieces, choices as numbered lines."""
    return [{"body": piece} for piece in pieces(numbered(message), _LIMIT)]


def _fits(message: Outgoing) -> bool:
    """Nothing is ever cut: labels must be whole and tell each other apart, which WhatsApp demands."""
    options = message.options
    longest = _BUTTON_LABEL if len(options) <= MOST_BUTTONS else _ITEM_LABEL
    whole = all(0 < length(o.label) <= longest and 0 < len(o.token) <= _TOKEN for o in options)
    apart = len({o.label for o in options}) == len({o.token for o in options}) == len(options)
    return whole and apart and 0 < len(options) <= MOST_ITEMS and 0 < length(message.text) <= _BODY


def outside(message: Outgoing, template: str, alert_template: str = "") -> list[Fields]:
    """After the window only the approved template may go: a push without a topic whose variable 1 is the case code, whatever the text was.

    So nothing that a person or an operator wrote reaches a phone by this way. An alert takes its own template, with code, level and
    kecamatan as 1, 2 and 3, and never the other: its words would not wake anybody. Raises NotSent(WINDOW_CLOSED) without the template.
    """
    sid = alert_template if message.alert else template
    if not sid:
        raise NotSent(Failure.WINDOW_CLOSED)
    if message.alert:
        return [_template(sid, {str(i): value.strip() or _UNKNOWN for i, value in enumerate(message.alert, 1)})]
    code = _CODE.search(message.text)
    return [_template(sid, {"1": code.group() if code else _NO_CODE})]


def _template(sid: str, variables: Mapping[str, str]) -> Fields:
    return {"content_sid": sid, "content_variables": json.dumps(variables, ensure_ascii=False)}
