"""What operators are writing, sealed, so that a closed tab loses nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from hotline.seal import Seal
from hotline.store.tables.office import Draft
from hotline.times import to_us

_draft = Draft.__table__  # type: ignore[attr-defined]
REPLY, NOTE = "reply", "note"
_ACTS = ("move", "raise", "lower", "act", "reveal", "release", "take", "close", "reopen", "record", "service")
FORMS = frozenset((REPLY, NOTE, *_ACTS))


def _row(operator_id: int, case_id: int, form: str) -> str:
    return f"{operator_id}/{case_id}/{form}"


def save(conn: Connection, seal: Seal, operator_id: int, case_id: int, form: str, text: str, now: datetime) -> None:
    """Keep the text; an empty one is forgotten."""
    mine = (_draft.c.operator_id == operator_id, _draft.c.case_id == case_id, _draft.c.form == form)
    if not text.strip():
        conn.execute(delete(_draft).where(*mine))
        return
    values = {"body_sealed": seal(text, "draft", _row(operator_id, case_id, form), "body"), "at": to_us(now)}
    if not conn.execute(update(_draft).where(*mine).values(values)).rowcount:
        conn.execute(insert(_draft), values | {"operator_id": operator_id, "case_id": case_id, "form": form})


def sent(conn: Connection, operator_id: int, case_id: int, forms: Iterable[str]) -> None:
    """These are no drafts any more: what they held is kept in the case."""
    conn.execute(delete(_draft).where(_draft.c.operator_id == operator_id, _draft.c.case_id == case_id, _draft.c.form.in_(forms)))


def being_written(conn: Connection, case_id: int, since: datetime, besides: int) -> dict[int, str]:
    """operator id -> form: who else wrote at an answer or a note of this case since then. What they write stays theirs."""
    words = _draft.c.form.in_((REPLY, NOTE))
    query = select(_draft.c.operator_id, _draft.c.form).where(_draft.c.case_id == case_id, words, _draft.c.at > to_us(since))
    return {row.operator_id: row.form for row in conn.execute(query.where(_draft.c.operator_id != besides).order_by(_draft.c.at))}


def load(conn: Connection, seal: Seal, operator_id: int, case_id: int) -> dict[str, str]:
    """form -> text of this operator's drafts in a case."""
    rows = conn.execute(select(_draft).where(_draft.c.operator_id == operator_id, _draft.c.case_id == case_id))
    return {row.form: seal.open(row.body_sealed, "draft", _row(operator_id, case_id, row.form), "body") for row in rows}
