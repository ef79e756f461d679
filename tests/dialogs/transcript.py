"""Conversations as files that a lawyer can read, and that the product must repeat word for word.

# title, then what the file shows
> words            the person types (for a choice in brackets: taps it, or types its number where there are no buttons)
> (foto) words     also (suara) (stiker) (lokasi), and (sunting) words: an earlier message was changed
@ 8 jam            time passes
@ petugas: words   an operator has answered; `@ status DITANGANI` moves the case; `@ kasus lama` told before, on an own phone
@ survei           the case is closed and its reporter was not asked about the service yet
@ obrolan: words    an operator writes in the chat; `ambil alih` takes it over from the tree, `lepas` gives it back
@ pohon lain       the dialogs are replaced by another version
< text             the hotline answers
* note             what the hotline does beside answering
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from hotline.engine.book import Book
from hotline.engine.effects import Alarm, Effect, Fetch, Finished, Language, PutAway, SafeContact, Said, Send, Stopped, TakenUp
from hotline.messages import Outgoing, numbered, numbers
from tests.dialogs.host import Host

FOLDER = Path(__file__).parent.parent / "transcripts"
BUTTONS, NUMBERED = "buttons", "numbered"
_SPECIAL = re.compile(r"^\((foto|suara|stiker|lokasi|sunting)\)\s*(.*)$")


def scripts() -> list[Path]:
    """All transcripts, by the file with buttons."""
    return sorted((FOLDER / BUTTONS).glob("*.txt"))


def inputs(text: str) -> list[str]:
    """What a file gives: its comments, what the person does and what happens meanwhile."""
    return [line for line in text.splitlines() if line[:1] in "#>@" and line]


def play(book: Book, other: Book, lines: list[str], *, buttons: bool) -> str:
    """The whole conversation as text."""
    host = Host(book)
    out: list[str] = []
    for line in lines:
        if line.startswith("#"):
            out.append(line)
        elif line.startswith("@"):
            out.append(line)
            host.effects = []
            _happen(host, line[1:].strip(), other)
            out += [shown for effect in host.effects for shown in _show(effect, buttons=buttons)]
        else:
            out.append(_act(host, line[1:].strip(), buttons=buttons))
            out += [shown for effect in host.effects for shown in _show(effect, buttons=buttons)]
    return "\n".join(out) + "\n"


def _happen(host: Host, what: str, other: Book) -> None:
    if what.startswith("petugas:"):
        host.words = what.partition(":")[2].strip()
    elif what.startswith("obrolan:"):
        host.officer(what.partition(":")[2].strip())
    elif what.startswith("status "):
        host.status = what.split()[1]
    elif what == "survei":
        host.survey = "yes"
    elif what == "kasus lama":
        host.has_case, host.phone = True, "mine"
    elif what == "pohon lain":
        host.book = other
    else:
        number, unit = what.split()
        host.wait(**{{"jam": "hours", "hari": "days", "menit": "minutes"}[unit]: int(number)})


def _act(host: Host, what: str, *, buttons: bool) -> str:
    special = _SPECIAL.match(what)
    if special is not None:
        kind, caption = special.groups()
        {
            "foto": lambda: host.photo(caption),
            "suara": lambda: host.photo(caption, "audio/ogg"),
            "stiker": host.sticker,
            "sunting": lambda: host.edit(caption),
            "lokasi": host.place,
        }[kind]()
    elif what.startswith("["):
        label = what[1:-1]
        message = next(m for m in _shown(host) if any(o.label == label for o in m.options))
        number, option = next((n, o) for n, o in zip(numbers(message.options), message.options, strict=True) if o.label == label)
        if not buttons:
            written = label if number is None else str(number)
            host.write(written)
            return f"> {written}"
        host.tap_token(option.token)
    else:
        host.write(what)
    return f"> {what}"


def _shown(host: Host) -> Iterator[Outgoing]:
    return (e.message for e in reversed(host.all) if isinstance(e, Send))


def _show(effect: Effect, *, buttons: bool) -> list[str]:
    match effect:
        case Send(message):
            text = message.text if buttons else numbered(message)
            shown = ["< " + text.replace("\n", "\n  ")]
            return [*shown, "  " + " ".join(f"[{o.label}]" for o in message.options)] if buttons and message.options else shown
        case Alarm(source, words):
            return [f"* ALARM: {source}" + (f" ({', '.join(words)})" if words else "")]
        case Said(text):
            return [f"* kept: {text}"]
        case SafeContact(phone, push, hours):
            return [f"* phone: {phone}; may we write first: {push}{' ' + hours if hours else ''}"]
        case Finished(dialog, cancelled):
            return [f"* {dialog}: {'given up, words kept' if cancelled else 'told to the end'}"]
        case Stopped(stopped):
            return [f"* writing first is {'stopped' if stopped else 'allowed again'}"]
        case Language(code):
            return [f"* language: {code}"]
        case Fetch(name):
            return [f"* {name}"]
        case PutAway():
            return ["* what was told waits for its owner; whoever writes next is met as somebody new"]
        case TakenUp():
            return ["* its owner is back"]
        case _:
            return []
