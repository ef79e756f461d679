"""What was told, read back in short, and the question which of it to correct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline.engine.match import Labels
from hotline.engine.program import Op, Question
from hotline.engine.tokens import token
from hotline.messages import Option

if TYPE_CHECKING:
    from hotline.engine.draft import Draft

OK, CORRECT, BACK = "ok", "ubah", "kembali"
_VALUE, _ALL = 90, 1000
_SAYS = {
    OK: "ya|betul|benar|ya benar|ya betul|ya sudah|sudah|sudah betul|bener|cocok|setuju|sip|inggih|nggih|leres|nggih leres|wis bener"
    "|right|correct",
    CORRECT: "tidak|bukan|belum|belum benar|tidak benar|salah|ada yang salah|keliru|ora|mboten|ganti|no|wrong"
    "|incorrect|betulin|betulkan|benerin|benarkan|benerke|perbaiki|fix",
}
"""How people say yes and no to what is read back."""


def told(passed: list[Op]) -> list[Question]:
    """The story's questions that were answered, in the order of the tree."""
    return [op.question for op in passed if op.question is not None and not op.question.private]


def summary(turn: Draft, passed: list[Op], op: Op) -> tuple[str, tuple[Option, ...]]:
    """The text and the two choices: it is right, or something is to be corrected."""
    lines, size = [], 0
    for question in told(passed):
        line = f"- {title(turn, question)}: {short(question.label(turn.answers[question.key], turn.language), _VALUE)}"
        size += len(line)
        if size < _ALL:
            lines.append(line)
    text = op.texts[turn.language].fill(turn.value) + "\n" + "\n".join(lines)
    return text, tuple(Option(token(turn.serial, op.key, code), turn.book.phrase(code, turn.language)) for code in (OK, CORRECT))


def correction(turn: Draft, passed: list[Op]) -> tuple[str, tuple[Option, ...]]:
    """Which answer is to be corrected."""
    options = [Option(token(turn.serial, CORRECT, q.key), title(turn, q)) for q in told(passed)]
    options.append(Option(token(turn.serial, CORRECT, BACK), turn.book.phrase("back_to_summary", turn.language)))
    return turn.book.phrase("which", turn.language), tuple(options)


def summary_labels(turn: Draft) -> Labels:
    """How the answer to a summary may be typed."""
    labels = [[turn.book.phrase(code, language) for code in (OK, CORRECT)] for language in turn.book.languages]
    return Labels((OK, CORRECT), labels, None, _SAYS)


def correction_labels(turn: Draft, passed: list[Op]) -> Labels:
    """How the answer to “which one?” may be typed."""
    questions = told(passed)
    labels = [
        [*(q.titles[language].fill(turn.value) for q in questions), turn.book.phrase("back_to_summary", language)]
        for language in turn.book.languages
    ]
    return Labels([*(q.key for q in questions), BACK], labels, None)


def title(turn: Draft, question: Question) -> str:
    """The question in few words."""
    return short(question.titles[turn.language].fill(turn.value), 60)


def short(text: str, most: int) -> str:
    """At most so many characters, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
