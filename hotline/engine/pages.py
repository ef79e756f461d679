"""A long list of places, a page at a time: what is shown, what a number on it means, and how it is turned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline.engine.dialog import LIST_ITEMS
from hotline.engine.fold import fold
from hotline.engine.tokens import token
from hotline.messages import Option

if TYPE_CHECKING:
    from hotline.engine.draft import Draft
    from hotline.engine.places import Spot
    from hotline.engine.program import Question

_TURN = ">"
_ONWARD = frozenset(
    (
        "lainnya",
        "lain",
        "yang lain",
        "lagi",
        "berikut",
        "berikutnya",
        "selanjutnya",
        "next",
        "more",
        "other",
        "liyane",
        "liyané",
        "sanesipun",
    )
)


def options(turn: Draft, question: Question, every: tuple[Option, ...]) -> tuple[Option, ...]:
    """The options of the page that is open: no more than a WhatsApp list takes, the last of them leading on or out."""
    codes = shown(turn, question)
    by_code = dict(zip(question.codes, every, strict=True))
    page = tuple(by_code[code] for code in codes)
    if not _turns(turn, question):
        return page
    onward = Option(token(turn.serial, question.key, _onward(turn, question)), turn.book.phrase("more_places", turn.language))
    upto = len(page) - len(question.ways_out)
    return (*page[:upto], onward, *page[upto:])


def shown(turn: Draft, question: Question) -> tuple[str, ...]:
    """The codes offered now: of a name that fits several places those, of a short list all, else one page and the ways out."""
    if named := _named(turn, question):
        return (*named[1], *question.ways_out)
    if not _turns(turn, question):
        return question.codes
    return (*_pages(question)[_page(turn, question)], *question.ways_out)


def turned(turn: Draft, question: Question, code: str) -> bool:
    """Whether the tapped code leads to another page; then that page is the open one."""
    if question.places is None or not code.startswith(_TURN) or not code[1:].isdecimal() or len(code) > 4:
        return False
    turn.shown = f"{question.key}{code}"
    return True


def typed(turn: Draft, question: Question, folded: str) -> str | None:
    """The code, a place's or of a turned page, that typed words mean on what is shown."""
    codes = list(shown(turn, question))
    if _turns(turn, question):
        onward = _onward(turn, question)
        codes.insert(len(codes) - len(question.ways_out), onward)
        if folded in _ONWARD or folded == fold(turn.book.phrase("more_places", turn.language)):
            return onward
    return question.match.named(folded) or question.match.numbered(folded, codes)


def choose_between(turn: Draft, question: Question, spots: tuple[Spot, ...]) -> None:
    """Offer the places that a name fits; the part that was named is remembered until one is chosen."""
    codes = tuple(dict.fromkeys(spot.code for spot in spots))[: LIST_ITEMS - 1]
    parts = {spot.part for spot in spots}
    turn.shown = f"{question.key}={parts.pop() if len(parts) == 1 else ''}={'|'.join(codes)}"


def part_of(turn: Draft, question: Question, code: str) -> str:
    """The part that was named before it was clear which place was meant."""
    named = _named(turn, question)
    part = named[0] if named else ""
    return part if question.places is not None and part in question.places.parts.get(code, ()) else ""


def _turns(turn: Draft, question: Question) -> bool:
    return len(question.codes) > LIST_ITEMS and _named(turn, question) is None


def _page(turn: Draft, question: Question) -> int:
    """From 0."""
    key, sign, page = turn.shown.partition(_TURN)
    return int(page) % len(_pages(question)) if sign and key == question.key else 0


def _onward(turn: Draft, question: Question) -> str:
    """The code of the next page; after the last comes the first again."""
    return f"{_TURN}{(_page(turn, question) + 1) % len(_pages(question))}"


def _pages(question: Question) -> list[tuple[str, ...]]:
    return _cut(question.place_codes, LIST_ITEMS - 1 - len(question.ways_out))


def _named(turn: Draft, question: Question) -> tuple[str, tuple[str, ...]] | None:
    key, sign, rest = turn.shown.partition("=")
    part, _, codes = rest.partition("=")
    known = tuple(code for code in codes.split("|") if code in question.choices)
    return (part, known) if sign and key == question.key and known else None


def _cut(codes: tuple[str, ...], most: int) -> list[tuple[str, ...]]:
    """Pages of about the same length, so that the last is not one name by itself."""
    count = -(-len(codes) // most)
    size, longer = divmod(len(codes), count)
    out, at = [], 0
    for page in range(count):
        upto = at + size + (page < longer)
        out.append(codes[at:upto])
        at = upto
    return out
