"""Our reading of an update against python-telegram-bot's: two parsers, one meaning."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Message, Update

from hotline.messages import Incoming, Kind, Media, Place
from tests.channels.telegram_calls import PERSON, message, tap
from tests.channels.telegram_payloads import SAID, UNSAID
from webhooks.update import _FILES, _NOT_SAID, read, storable

# The library warns of a type that it will change one day whenever it reads a certain note of the messenger.
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def _media(said: Message) -> tuple[Media, ...]:
    if said.photo:
        return (Media(reference=storable(said.photo[-1].file_id), content_type="image/jpeg", size=said.photo[-1].file_size),)
    for name, usual in _FILES.items():
        if file := getattr(said, name):
            kind = storable(getattr(file, "mime_type", None) or usual)
            return (Media(reference=storable(file.file_id), content_type=kind, size=file.file_size),)
    return ()


def by_the_library(raw: dict[str, Any]) -> Incoming | None:
    """The same meaning, taken from the library's own objects."""
    update = Update.de_json(copy.deepcopy(raw), None)
    chat, query, said = update.effective_chat, update.callback_query, update.message or update.edited_message
    if chat is None or chat.type != "private":
        return None
    frame: dict[str, Any] = {
        "region": "kendal",
        "channel": "telegram",
        "sender": str(chat.id),
        "message_id": f"kendal/{update.update_id}",
        "received_at": NOW,
    }
    if query is not None:
        if query.data is None or query.message is None:
            return None
        markup = getattr(query.message, "reply_markup", None)
        labels = [b.text for row in (markup.inline_keyboard if markup else ()) for b in row if b.callback_data == query.data]
        return Incoming(
            **frame,
            kind=Kind.CHOICE,
            choice=storable(query.data),
            text=storable("".join(labels[:1])),
            tapped_message=str(query.message.message_id),
        )
    if said is None:
        return None
    frame |= {"chat_message": str(said.message_id), "edited": update.edited_message is not None}
    words, media = storable(said.text or said.caption or ""), _media(said)
    if update.edited_message and media and not said.text and not said.location:
        return Incoming(**frame, kind=Kind.MEDIA, text=words, media=media)
    if update.edited_message and not words:
        return None
    if said.text or update.edited_message:
        return Incoming(**frame, text=words)
    if said.location:
        place = Place(latitude=said.location.latitude, longitude=said.location.longitude)
        return Incoming(**frame, kind=Kind.PLACE, text=words, place=place)
    if media := _media(said):
        return Incoming(**frame, kind=Kind.MEDIA, text=words, media=media)
    return None if _NOT_SAID & raw["message"].keys() else Incoming(**frame, kind=Kind.OTHER, text=words)


@pytest.mark.parametrize(("label", "update", "_expected"), SAID + UNSAID, ids=[row[0] for row in SAID + UNSAID])
def test_both_read_the_table_alike(label: str, update: dict[str, Any], _expected: object) -> None:
    assert read(update, "kendal", NOW).incoming == by_the_library(update)


numbers = st.integers(1, 2**52)
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)
kinds_of_chat = st.sampled_from(["private", "private", "group", "channel"])
chats = st.fixed_dictionaries({"id": numbers, "type": kinds_of_chat}, optional={"title": texts})
files = st.fixed_dictionaries(
    {"file_id": texts, "file_unique_id": texts} | {name: st.just(1) for name in ("duration", "width", "height", "length")},
    optional={"mime_type": texts, "file_size": numbers},
)
contents = st.fixed_dictionaries(
    {},
    optional={
        "text": texts,
        "caption": texts,
        "document": files,
        "voice": files,
        "video": files,
        "audio": files,
        "animation": files,
        # The Bot API's PhotoSize has no type.
        "photo": st.lists(files.map(lambda file: {k: v for k, v in file.items() if k != "mime_type"}), min_size=1, max_size=3),
        "location": st.fixed_dictionaries({"latitude": st.floats(-90, 90), "longitude": st.floats(-180, 180)}),
    },
)


@given(numbers, st.sampled_from(["message", "edited_message", "channel_post"]), chats, contents)
def test_both_read_any_message_alike(update_id: int, kind: str, chat: dict[str, Any], content: dict[str, Any]) -> None:
    update = message(update_id, kind, **{"chat": chat, "from": PERSON} | content)
    assert read(update, "kendal", NOW).incoming == by_the_library(update)


@given(numbers, st.text(st.characters(codec="utf-8"), min_size=1, max_size=64), chats, st.booleans())
def test_both_read_any_tap_alike(update_id: int, token: str, chat: dict[str, Any], known: bool) -> None:
    update = tap(update_id, "bahaya:tidak" if known else token)
    update["callback_query"]["message"]["chat"] = chat
    assert read(update, "kendal", NOW).incoming == by_the_library(update)
