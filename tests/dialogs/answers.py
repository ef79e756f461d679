"""What the questions make of words: without a conversation, as the engine tries it, one way after the other."""

from __future__ import annotations

from hotline.engine.book import Book
from hotline.engine.fold import fold


def meant(book: Book, dialog: str, key: str, text: str) -> str | None:
    """The choice these words are taken for; None: asked again."""
    match, folded = book.programs[dialog].questions[key].match, fold(text)
    return match.exact(folded) or match.close(folded) or match.hinted(folded)


def meant_everywhere(book: Book, dialog: str, key: str, text: str) -> set[str | None]:
    """The same of every question of that name, whichever way through the dialog it stands on."""
    folded = fold(text)
    matches = [op.question.match for op in book.programs[dialog].ops if op.question is not None and op.key == key]
    return {match.exact(folded) or match.close(folded) or match.hinted(folded) for match in matches}
