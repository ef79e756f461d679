"""What holds between the dialogs of one book: each leads somewhere, and asks only about answers that somebody can give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hotline.engine.dialog import Dialog, DialogInvalid
from hotline.engine.nodes import ASKED_BEFORE, Ask, Branch, Call, Condition, Either, Every, Goto, Is, Not, Only, Say, Stay, Summary, Told
from hotline.engine.text import Text, UnknownField


def check_together(dialogs: Mapping[str, Dialog]) -> None:
    """Refuse dialogs that lead nowhere or ask about answers nobody can give."""
    codes: dict[str, set[str]] = {}
    fetches: set[str] = set()
    for dialog in dialogs.values():
        for choice_key, code in _settled(dialog):
            codes.setdefault(choice_key, set()).add(code)
        fetches |= {node.name for node in dialog.steps() if isinstance(node, Call)}
        for summary in (node for node in dialog.steps() if isinstance(node, Summary)):
            codes.setdefault(summary.key, set()).add("ok")
    codes.setdefault(ASKED_BEFORE, set()).update(codes)
    codes.setdefault("kata_bahaya", set()).update(("ya", "tidak", "belum_dijawab"))
    for dialog in dialogs.values():
        for node in dialog.steps():
            if isinstance(node, Goto) and node.dialog not in dialogs:
                raise DialogInvalid(f"Dialog {dialog.name}: goes to {node.dialog}, which does not exist.")
            if isinstance(node, Goto) and not {ask.key for ask in dialogs[node.dialog].questions()}.issuperset(node.anew):
                raise DialogInvalid(f"Dialog {dialog.name}: has {node.dialog} ask anew what it never asks.")
            for key, wanted in _conditions(node):
                _check_condition(dialog.name, key, wanted, codes, fetches)


def _settled(dialog: Dialog) -> Iterator[tuple[str, str]]:
    for ask in dialog.questions():
        yield ask.key, ""
        for choice in ask.choices:
            yield ask.key, choice.code
            yield from choice.also + choice.fills + choice.unchosen


def _check_condition(name: str, key: str, wanted: Iterable[str], codes: Mapping[str, set[str]], fetches: set[str]) -> None:
    fetch, dot, _ = key.partition(".")
    if dot:
        if fetch not in fetches:
            raise DialogInvalid(f"Dialog {name}: reads {key}, which no dialog fetches.")
        return
    if key not in codes:
        raise DialogInvalid(f"Dialog {name}: depends on {key}, which no dialog asks.")
    for code in wanted:
        if code not in codes[key]:
            raise DialogInvalid(f"Dialog {name}: depends on {key}={code}, which nobody can choose.")


def _conditions(node: object) -> Iterator[tuple[str, Iterable[str]]]:
    if isinstance(node, Only):
        yield from _read(node.condition)
    elif isinstance(node, Branch):
        yield node.key, node.ways
    elif isinstance(node, Call):
        yield from ((key, ()) for key in node.arguments.values())


def _read(condition: Condition) -> Iterator[tuple[str, Iterable[str]]]:
    match condition:
        case Is(key, codes):
            yield key, codes
        case Told(key):
            yield key, ()
        case Not(inner):
            yield from _read(inner)
        case Every(inner) | Either(inner):
            for each in inner:
                yield from _read(each)
        case _:
            return


def check_fields(dialogs: Mapping[str, Dialog], facts: Mapping[str, str]) -> None:
    """Refuse texts with a field that neither the region's facts nor the conversation can fill."""
    fetches = {node.name for dialog in dialogs.values() for node in dialog.steps() if isinstance(node, Call)}
    keys = {ask.key for dialog in dialogs.values() for ask in dialog.questions()}
    for dialog in dialogs.values():
        for text in _texts(dialog):
            for name in Text(text, facts).fields:
                if name.partition(".")[0] not in fetches | keys:
                    raise UnknownField(f"Dialog {dialog.name}: no fact of the region and no answer fills {{{name}}}.")


def _texts(dialog: Dialog) -> Iterator[str]:
    for node in dialog.steps():
        match node:
            case Say(text) | Summary(text):
                yield text
            case Ask(text=text, choices=choices) | Stay(text=text, choices=choices):
                yield text
                yield from (choice.label for choice in choices)
                if isinstance(node, Stay):
                    yield from node.replies
