"""Lines of a conversation as the page draws them, and what the page sends as the message of a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.simulator.phone import Phone
from bot.telegram import keyboard as keyboards
from bot.whatsapp import content
from hotline.messages import CHANNELS, Incoming, Kind, Media, Place
from hotline.store.outbox import PUSH
from hotline.store.transcript import Heard, Line, Told

_MESSAGE_ID = re.compile(r"[A-Za-z0-9-]{4,40}")
_LONGEST = 100_000
_SQUARE = Place(latitude=-6.9211, longitude=110.2036)
"""A town square, for the location button."""
_PHOTO = Media(reference="simulator:photo", content_type="image/jpeg", size=48_000)


class EntryInvalid(Exception):
    """A message needs an `id` of 4 to 40 letters, digits or dashes, a known `kind`, and the text or token that its kind asks for."""


def incoming(phone: Phone, data: object, now: datetime) -> Incoming:
    """What the page posted, `{id, kind, text | token}`, as the message of the phone's owner; raises EntryInvalid."""
    if not isinstance(data, Mapping):
        raise EntryInvalid(EntryInvalid.__doc__)
    message_id, kind = data.get("id"), data.get("kind", "text")
    said = data.get("token" if kind == Kind.CHOICE else "text", "")
    if not isinstance(message_id, str) or not _MESSAGE_ID.fullmatch(message_id) or kind not in list(Kind):
        raise EntryInvalid(EntryInvalid.__doc__)
    if not isinstance(said, str) or len(said) > _LONGEST or (kind in (Kind.TEXT, Kind.CHOICE) and not said.strip()):
        raise EntryInvalid(EntryInvalid.__doc__)
    return Incoming(
        region=phone.region,
        channel=phone.channel,
        sender=phone.sender,
        message_id=f"{phone.id}/{message_id}",
        received_at=now,
        kind=Kind(kind),
        text=said if kind == Kind.TEXT else "",
        choice=said if kind == Kind.CHOICE else "",
        media=(_PHOTO,) if kind == Kind.MEDIA else (),
        place=_SQUARE if kind == Kind.PLACE else None,
    )


def entries(phone: Phone, lines: Sequence[Line], labels: dict[str, str]) -> list[dict[str, Any]]:
    """The lines as JSON values. `labels` remembers what each button's token said, from one call to the next."""
    found: list[dict[str, Any]] = []
    for line in lines:
        if isinstance(line, Told):
            labels.update({o.token: o.label for o in line.message.options})
            found += _told(phone, line)
        else:
            found.append(_heard(phone, line, labels))
    return found


def _told(phone: Phone, line: Told) -> list[dict[str, Any]]:
    """One entry for each message that the real messenger would get; `rows` of buttons, `[token, label]`, under the last."""
    rows: list[list[list[str]]] = []
    if CHANNELS[phone.channel].buttons:
        texts, buttons = keyboards.rendered(line.message)
        rows = [[[o.token, o.label] for o in row] for row in buttons]
    else:
        texts = [fields["body"] for fields in content.inside(line.message, {})]
    # The row's id as text: it is larger than JavaScript's numbers hold exactly.
    shown = {"phone": phone.id, "mine": False, "kind": Kind.TEXT.value, "at": line.at // 1000, "push": line.purpose == PUSH}
    return [shown | {"id": f"out-{line.id}-{i}", "text": text, "rows": rows if i == len(texts) else []} for i, text in enumerate(texts, 1)]


def _heard(phone: Phone, line: Heard, labels: Mapping[str, str]) -> dict[str, Any]:
    token = str(line.body.get("choice", ""))
    return {
        "id": line.message_id.removeprefix(phone.id + "/"),
        "phone": phone.id,
        "mine": True,
        "kind": str(line.body.get("kind", Kind.TEXT)),
        "at": line.at // 1000,
        "text": labels.get(token, "") if token else line.body.get("text", ""),
        "token": token,
    }
